"""The printed tables of the telecom study: what they print comes out, and where they contradict themselves it is said."""

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from engine.language.policy_file import read_policy
from tests.cases.page import run
from tests.policies.by_hand import printed as by_hand

POLICIES = Path(__file__).resolve().parents[2] / "policies"
DATA = POLICIES / "data"
F = Fraction


@cache
def result(name: str) -> dict[str, Any]:
    """What `rubric run` prints for a policy and its data."""
    said = run(f"rubric run telecom_{name}.yaml --data data/telecom_{name} --format json", POLICIES)
    return json.loads(said[said.index('{\n  "schema"') :])


def scores(name: str, unit: str = "") -> dict[str, Fraction]:
    """The reported score of each indicator, by name."""
    one = next(each for each in result(name)["results"] if "".join(each["unit"].values()) == unit)
    return {node["name"]: F(node["score"]) for node in one["nodes"] if node["score"]}


def exact(name: str, unit: str = "") -> Fraction:
    """The score of the result before rounding."""
    return next(F(each["exact"]) for each in result(name)["results"] if "".join(each["unit"].values()) == unit)


def warnings(name: str) -> list[str]:
    """Every warning of the run: code, place and Chinese sentence."""
    return [f"{w['code']} {w['file']}:{w['line']}:{w['column']} {w['message']['zh']}" for w in result(name)["warnings"]]


NAMES = ["hall", "club", "gaps", "brands", "indicators", "dimensions", "fuzzy"]


@pytest.mark.parametrize("name", NAMES)
def test_each_policy_is_whole(name: str) -> None:
    """Nothing is wrong in it, every line rests on a table or a place of the text, every name has an English one."""
    found = read_policy(POLICIES / f"telecom_{name}.yaml")
    assert (found.diagnostics, found.policy is not None) == ((), True)
    assert found.policy is not None
    indicators = found.policy.schemes[0].indicators.values()
    assert [indicator.path for indicator in indicators if not indicator.clause] == []
    assert {indicator.name for indicator in indicators} - set(found.policy.header.names) == set()


# ---------------------------------------------------------------- checklists


def test_the_club() -> None:
    """Table 2-2: the parts give 89.5 of 100 and lost 10.5, as printed; nothing to remark."""
    paper = by_hand.checklist(DATA / "telecom_club" / "表2-2.csv", "09年底")
    assert (paper["full"], paper["given"], paper["lost"]) == (100, F("89.5"), F("10.5"))
    assert [paper[f"printed {key}"] for key in ("full", "given", "lost")] == [100, F("89.5"), F("10.5")]
    assert (scores("club")["总分"], warnings("club")) == (F("89.5"), [])


def test_the_hall() -> None:
    """Table 2-1: the parts give 89.6 and lost 10.5; printed are 89.5 and 10. Two full marks are exchanged."""
    paper = by_hand.checklist(DATA / "telecom_hall" / "表2-1.csv", "实得分")
    assert (paper["full"], paper["given"], paper["lost"]) == (100, F("89.6"), F("10.5"))
    assert [paper[f"printed {key}"] for key in ("full", "given", "lost")] == [100, F("89.5"), 10]
    assert scores("hall")["总分"] == F("89.6")
    assert warnings("hall") == [
        "W951 表2-1.csv:2:8 “总分”照印89.5，各项相加是89.6，相差-0.1",
        "W953 表2-1.csv:2:13 “总分”照印失分-10，满分100减得分89.6是10.4，各项照印的失分相加是10.5",
        "W952 表2-1.csv:11:10 “营业人员业务能力”照印的满分是14，方案里是12",
        "W952 表2-1.csv:12:6 “业务受理”照印的满分是12，方案里是14",
        "W953 表2-1.csv:12:14 “业务受理”照印失分-0.1，满分14减得分14是0",
    ]


def test_full_marks_as_printed(tmp_path: Path) -> None:
    """With the full marks as table 2-1 prints them, 业务受理 has 14.0 of 12: the data are refused, naming the cell."""
    text = (POLICIES / "telecom_hall.yaml").read_text(encoding="utf-8")
    as_printed = text.replace("营业人员业务能力 12分", "营业人员业务能力 14分").replace(
        "业务受理 14分", "业务受理 12分"
    )
    (tmp_path / "hall.yaml").write_text(as_printed, encoding="utf-8")
    (tmp_path / "data").symlink_to(DATA / "telecom_hall")
    said = run("rubric run hall.yaml --data data", tmp_path)
    assert said.startswith("表2-1.csv:12:9: E920 error: “业务受理”的值14不在0–12之内")
    assert "总分" not in said


# ---------------------------------------------------------------- gaps


def test_the_gaps_of_table_2_3() -> None:
    """Own less the competitor's, element by element, as printed."""
    paper = by_hand.gaps(DATA / "telecom_gaps" / "表2-3.csv")
    nodes = {node["name"]: node for node in result("gaps")["results"][0]["nodes"]}
    for name, (own, other, gap) in paper.items():
        (found,) = nodes[name]["gaps"]
        assert (F(nodes[name]["score"]), F(found["other"]["exact"]), F(found["difference"]["exact"])) == (
            own,
            other,
            gap,
        )
    printed = {row["要素"]: F(row["差距"]) for row in by_hand.rows(DATA / "telecom_gaps" / "表2-3.csv")}
    assert printed == {name: gap for name, (_, _, gap) in paper.items()}
    assert warnings("gaps") == []


def test_two_rows_of_one_name() -> None:
    """Table 2-3 calls both rows 内蒙古分公司: as printed it is refused."""
    said = run("rubric run telecom_gaps.yaml --data data/telecom_gaps/照印", POLICIES)
    assert said.startswith("表2-3.csv:1:11: E909 error: “内蒙古分公司”这一列有两个以上")


@pytest.mark.parametrize(
    ("brand", "own", "other", "gap"),
    [
        ("全球通/移动C网", "78.75", "70.15", "8.6"),
        ("动感地带/移动C网", "74.05", "70.15", "3.9"),
        ("神州行/移动G网", "80.3", "63.7", "16.6"),
        ("", "79.21", "65.89", "13.32"),
    ],
)
def test_the_brands_and_the_composite(brand: str, own: str, other: str, gap: str) -> None:
    """Table 2-5 as printed; the composite by the derived weights, on paper and by the policy."""
    assert scores("brands", brand) == {"内蒙古分公司": F(own), "内蒙古联通": F(other), "差距": F(gap)}
    paper = by_hand.brands(DATA / "telecom_brands" / "表2-5.csv")[brand]
    assert tuple(by_hand.reported(number) for number in paper) == (F(own), F(other), F(gap))
    assert exact("brands", brand) == paper[0]
    assert warnings("brands") == []


# ---------------------------------------------------------------- indicators, dimensions, the whole


def test_indicators_and_ranks() -> None:
    """Table 2-6 and the ranks of table 2-7: all printed ranks are right, three are not printed."""
    paper = by_hand.observed(DATA / "telecom_indicators" / "表2-6.csv")
    nodes = {node["name"]: node for node in result("indicators")["results"][0]["nodes"]}
    assert {name: F(nodes[name]["score"]) for name in paper} == paper
    ranks = by_hand.ranks(paper)
    assert {name: nodes[name]["rank"]["among_indicators"]["place"] for name in paper} == ranks
    printed = {row["三级指标"]: int(row["排名"]) for row in by_hand.rows(DATA / "telecom_indicators" / "表2-7.csv")}
    assert [(name, rank) for name, rank in printed.items() if ranks.get(name) != rank] == [
        ("内蒙古分公司与竞争对手资费差C32", 2)
    ]
    assert sorted(set(range(1, 20)) - set(printed.values())) == [11, 16]


def test_what_table_2_7_and_the_text_contradict() -> None:
    """66.12 beside 66.1, a name without 的, ranks that are missing, means that no weights give."""
    line = 1 + (POLICIES / "telecom_indicators.yaml").read_text(encoding="utf-8").split("\ncontrol:")[0].count("\n") + 1
    assert warnings("indicators") == [
        f"W951 telecom_indicators.yaml:{line}:18 “总体满意度”照印68.22，算得67.18，相差+1.04",
        f"W951 telecom_indicators.yaml:{line}:31 “企业形象”照印66.11，算得66.35，相差-0.24",
        (
            f"W951 telecom_indicators.yaml:{line}:44 “服务质量”照印63.04，它的各项在64.18和68.5之间，"
            "怎样加权都得不到；算得66.51"
        ),
        (
            f"W951 telecom_indicators.yaml:{line}:57 “服务公平”照印79.69，它的各项在64.5和69.93之间，"
            "怎样加权都得不到；算得67.31"
        ),
        f"W951 telecom_indicators.yaml:{line}:70 “客户价值”照印67.75，算得68.67，相差-0.92",
        (
            "W954 表2-7.csv:2:16 照印的排名缺3项：“内蒙古分公司与竞争对手的资费差C32”（第2名）、"
            "“客户热线的服务质量C27”（第11名）、“网络质量C22”（第16名）"
        ),
        "W955 表2-7.csv:3:1 没有名为“内蒙古分公司与竞争对手资费差C32”的指标，它照印的数没有核对",
        "W951 表2-7.csv:14:14 “产品和服务的可靠性C14”照印66.12，收集的数据里是66.1，相差+0.02",
    ]


def test_the_dimensions_as_means() -> None:
    """The four dimensions are the plain means of their variables, the whole their weighted mean."""
    paper = by_hand.observed(DATA / "telecom_indicators" / "表2-6.csv")
    dimensions = by_hand.dimensions_of(paper)
    got = scores("indicators")
    assert {name: got[name] for name in dimensions} == {n: by_hand.reported(s) for n, s in dimensions.items()}
    assert exact("indicators") == by_hand.weighted(dimensions)


@pytest.mark.parametrize(("business", "score"), [("总体", "68.22"), ("宽带", "67.61"), ("移动", "68.78")])
def test_the_whole_from_four_dimensions(business: str, score: str) -> None:
    """68.22, 67.61 and 68.78 as printed, on paper and by the policy; between satisfied and fairly satisfied."""
    paper = by_hand.businesses(DATA / "telecom_dimensions" / "四个构成指标.csv")[business]
    assert (by_hand.reported(paper), exact("dimensions", business)) == (F(score), paper)
    one = next(each for each in result("dimensions")["results"] if each["unit"] == {"业务": business})
    assert (F(one["score"]), one["grade"]) == (F(score), "满意与基本满意之间")
    assert warnings("dimensions") == []


def test_the_weights_are_derived() -> None:
    """Three printed scores and the sum 1 leave one set of weights; the policy has it with two decimals of a per cent."""
    printed = {"总体": F("68.22"), "宽带": F("67.61"), "移动": F("68.78")}
    solution = by_hand.solved(DATA / "telecom_dimensions" / "四个构成指标.csv", printed)
    assert [by_hand.reported(weight * 100) for weight in solution] == list(by_hand.WEIGHTS.values())
    assert sum(by_hand.WEIGHTS.values()) == 100


def test_the_weights_of_the_brands_are_derived() -> None:
    """70.15(1-c) + 63.7c = 65.89 and 78.75a + 74.05b + 80.3c = 79.21, a + b + c = 1; b is taken as 12 %, not 11.99 %."""
    c = (F("70.15") - F("65.89")) / (F("70.15") - F("63.7"))
    a = (F("79.21") - F("80.3") * c - F("74.05") * (1 - c)) / (F("78.75") - F("74.05"))
    assert [by_hand.reported(share * 100) for share in (a, 1 - a - c, c)] == [F("21.96"), F("11.99"), F("66.05")]
    own, other, _ = by_hand.brands(DATA / "telecom_brands" / "表2-5.csv")[""]
    assert (own, other) == (F("79.20962"), F("65.89042"))


def test_the_fuzzy_evaluation() -> None:
    """2,000 questionnaires whose means are table 2-6: the membership by weights, valued 100 to 20, is that mean."""
    means = by_hand.questionnaires(DATA / "telecom_fuzzy" / "客户满意度调查问卷.csv")
    assert means == by_hand.observed(DATA / "telecom_indicators" / "表2-6.csv")
    assert exact("fuzzy") == by_hand.weighted(by_hand.dimensions_of(means))
    assert scores("fuzzy")["总体满意度"] == F("67.18")
