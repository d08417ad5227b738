"""Very many units by columns: the same states, reasons, grades and scores as the exact arithmetic, in every digit."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from pandas import DataFrame

import engine
from engine.evaluation.columns.chunks import CHUNK
from engine.insight.many import prepare
from engine.language.policy_file import read_policy
from tests.columns.compare import by_columns, differences, search
from tests.evaluation.schemes import F, policy_of
from tests.reference import drawing
from tests.reference.compare import policy_of as drawn_policy

ROOT = Path(__file__).resolve().parents[2]
POLICIES = sorted(path for path in (ROOT / "policies").rglob("*.yaml") if not path.name.endswith(".test.yaml"))
SCHEME = """
总分：满分100分，倒扣分
  - 等级：优(100-95)；良(95-80)；差(80-0)
  准时交付率[otd]：目标98%；每低1个百分点扣0.5分
  投诉次数：每发生一次扣1分
"""
HALVES = """
- 四舍五入保留1位小数，按全数值定级，缺数按其余权重归一，等级边界含下限
总分：加权平均
  - 等级：优(100-90)；良(90-60)；差(60-0)
  甲 30%：得分
  乙 40%：得分
  丙 30%：得分
"""


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_shipped_policy(path: Path) -> None:
    """Units aimed at the policy's bounds: on them, a ten-millionth and the last binary digit beside them."""
    policy = read_policy(path).policy
    assert policy is not None
    assert search(policy, seed=1, count=120)[0] == []


@pytest.mark.parametrize("seed", range(0, 60, 10))
def test_drawn_policies(seed: int) -> None:
    """Policies with every way of combining, every trigger and effect."""
    found = [search(drawn_policy(drawing.draw(Random(one))), one, 12)[0] for one in range(seed, seed + 10)]  # noqa: S311 - seeded
    assert found == [[]] * 10


def test_a_frame_without_fractions() -> None:
    """96.3 % is 1.7 points below 98: one step, 0.5 points; with 3 complaints 96.5. 25 complaints leave 75."""
    frame = DataFrame({"otd": [96.3, 98, None], "投诉次数": [3, 25, 0]}, index=["甲", "乙", "丙"])
    found = engine.evaluate(policy_of(SCHEME), frame, exact=False, indicators=True)
    assert list(found.columns) == ["state", "score", "grade"]
    assert list(found.loc["甲"]) == ["value", Decimal("96.5"), "优"]
    assert list(found.loc["乙"]) == ["value", Decimal(75), "差"]
    assert list(found.loc["丙"]) == ["missing", None, None]


def test_a_frame_of_texts_and_numbers() -> None:
    """What is written as in a data file is read so, also where it is missing or does not apply."""
    frame = DataFrame({"otd": ["96.3%", 97, "缺数"], "投诉次数": [3, "不适用", 1]})
    found = engine.evaluate(policy_of(SCHEME), frame, exact=False)
    assert found["score"].to_list() == [Decimal("96.5"), Decimal("99.5"), None]


def test_a_value_that_cannot_be_is_refused_as_ever() -> None:
    """101 % and half a complaint, with the unit that has it."""
    for frame in (DataFrame({"otd": [97.0, 101.0]}), DataFrame({"投诉次数": [2, 1.5]})):
        with pytest.raises(engine.Refused) as refused:
            engine.evaluate(policy_of(SCHEME), frame, exact=False)
        assert [(found.code, found.place.file) for found in refused.value.diagnostics] == [("E920", "example.yaml[1]")]


def test_what_lies_on_an_edge_is_told_without_the_exact_arithmetic() -> None:
    """Scores of one decimal: 0.3 × 89.7 + 0.4 × 90.1 + 0.3 × 90 = 89.95, a tie of the rounding; all of 90 give 90, a bound
    of the bands; where 丙 is missing, (3 × 90.8 + 4 × 89.4)/7 = 90 as well.
    """
    units = [
        {"总分/甲": F("89.7"), "总分/乙": F("90.1"), "总分/丙": F(90)},
        {"总分/甲": F(90), "总分/乙": F(90), "总分/丙": F(90)},
        {"总分/甲": F("90.8"), "总分/乙": F("89.4")},
    ]
    ready = prepare(policy_of(HALVES))
    _, scored = by_columns(ready, units)
    assert not scored.exactly.any()
    assert scored.scores["总分"].units.tolist() == [900, 900, 900]
    assert differences(ready, units) == []


def test_a_number_with_more_decimals_than_the_others_is_looked_at_exactly() -> None:
    """Among scores of one decimal one of 2 decimals, and its unit on a tie: 0.3 × 90.15 + 0.7 × 89.4 = 89.625."""
    policy = policy_of(HALVES.replace("1位小数", "2位小数"))
    units = [{"总分/甲": F("80.5"), "总分/乙": F("80.5"), "总分/丙": F("80.5")}] * 20
    units += [{"总分/甲": F("90.15"), "总分/乙": F("89.4"), "总分/丙": F("89.4")}]
    ready = prepare(policy)
    _, scored = by_columns(ready, units)
    assert (scored.exactly.tolist(), scored.scores["总分"].units[-1]) == ([False] * 20 + [True], 8963)


def test_more_units_than_a_chunk() -> None:
    """Every chunk begins where the one before ended; a unit that is no plain number is found wherever it stands."""
    policy = policy_of(SCHEME)
    frame = DataFrame({"otd": [98.0] * (CHUNK + 5), "投诉次数": [n % 7 for n in range(CHUNK + 5)]})
    found = engine.evaluate(policy, frame, exact=False)["score"]
    assert found.to_list() == [Decimal(100 - n % 7) for n in range(CHUNK + 5)]


def test_a_tie_where_a_part_is_missing_is_told_in_every_chunk() -> None:
    """Without 丙 (3 × 90.8 + 4 × 89.4)/7 = 90, just good enough for 优, in the first row and in the last; 4 × 89.3 are not."""
    last = CHUNK + 5
    frame = DataFrame({"甲": [90.8] * (last + 1), "乙": [89.4, *[89.3] * (last - 1), 89.4]})
    found = engine.evaluate(policy_of(HALVES), frame.assign(丙=None), exact=False)
    assert found["grade"].to_list() == ["优", *["良"] * (last - 1), "优"]
    assert found.attrs["exactly"] == 0


def test_units_with_denominators_of_their_own_are_looked_at_once_more() -> None:
    """30 scores of 89.95, of which 1 to 30 are there: 89.95 whatever is missing: a tie in every unit."""
    names = [f"第{number}项" for number in range(30)]
    policy = policy_of(
        "- 四舍五入保留1位小数，缺数按其余权重归一\n总分：等权平均\n" + "".join(f"  {one}：得分\n" for one in names)
    )
    units = CHUNK + 5
    there = {one: [89.95 if unit % 30 <= number else None for unit in range(units)] for number, one in enumerate(names)}
    found = engine.evaluate(policy, DataFrame(there), exact=False)
    assert set(found["score"]) == {Decimal(90)}
    assert found.attrs["exactly"] == 0


def test_a_heading_without_any_value_leaves_the_others_certain() -> None:
    """甲 and 乙 of 30 and 40 % go to their heading, which has none of them; 丙 alone gives 89.95, a tie: 90.0."""
    policy = policy_of(
        HALVES.replace("  甲 30%：得分\n  乙 40%：得分\n", "  丁 70%：等权平均\n    甲：得分\n    乙：得分\n")
    )
    units = [{"总分/丙": F("89.95")}] * 3
    ready = prepare(policy)
    _, scored = by_columns(ready, units)
    assert not scored.exactly.any()
    assert scored.scores["总分"].units.tolist() == [900] * 3
    assert differences(ready, units) == []


def test_a_policy_that_does_not_round_is_worked_exactly() -> None:
    """Its scores have no last decimal: 200/3."""
    policy = policy_of("- 不修约，缺数报错\n总分：等权平均\n  甲：得分\n  乙：得分\n  丙：得分\n")
    found = engine.evaluate(policy, DataFrame({"甲": [0], "乙": [100], "丙": [100]}), exact=False)
    assert str(found["score"][0])[:12] == "66.666666666"


def test_numpy_is_loaded_for_columns_only() -> None:
    """`engine.evaluate` of units one by one needs none of it."""
    code = "import engine.insight.many, sys; print('engine.evaluation.columns' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_decimals_as_the_exact_arithmetic_tells_them() -> None:
    """100 is 100, not 1E+2, and 92.50 is 92.5."""
    found = engine.evaluate(policy_of(SCHEME), DataFrame({"otd": [98.0, 92.0], "投诉次数": [0, 2]}), exact=False)
    assert [str(score) for score in found["score"]] == ["100", "95"]


@pytest.mark.parametrize(
    "scheme",
    [
        "总分 = 甲 × 甲 × 甲 × 甲 - 乙 × 乙\n  甲：数值\n  乙：数值\n",
        "总分：等权平均\n  丙 = 甲 / 乙 / 乙\n    甲：数值\n    乙：数值\n",
    ],
)
def test_numbers_of_any_size(scheme: str) -> None:
    """What leaves the range of binary numbers, or of whole numbers of 64 bits, is worked exactly."""
    policy = policy_of("- 四舍五入保留1位小数，缺数按其余权重归一\n" + scheme)
    frame = DataFrame({"甲": [1e100, 3.0, 1e-300, 1e14, 0, None], "乙": [1e-300, 4.0, 1e200, 7.0, 0, 1.0]})
    exact, columns = engine.evaluate(policy, frame), engine.evaluate(policy, frame, exact=False)
    assert columns.map(str).to_dict() == exact[["state", "score", "grade"]].map(str).to_dict()


def test_whole_numbers_that_no_binary_number_tells() -> None:
    """2⁶⁰ as a binary number is the decimal it prints, 1152921504606847000; as a whole number it is itself."""
    policy = policy_of("总分：满分100分，倒扣分\n  产出：目标1152921504606847000件，每低1件扣1分\n")
    for values, score in (([2.0**60], 100), ([2**60], 76)):
        assert engine.evaluate(policy, DataFrame({"产出": values}), exact=False)["score"].to_list() == [Decimal(score)]


def test_a_measure_is_given_once() -> None:
    """Two columns of one measure are refused, by name and key or twice by name."""
    for names in (["准时交付率", "otd"], ["otd", "otd"]):
        for exact in (True, False):
            with pytest.raises(engine.Refused) as refused:
                engine.evaluate(policy_of(SCHEME), DataFrame([[97.0, 98.0]], columns=names), exact=exact)
            assert [found.code for found in refused.value.diagnostics] == ["E971"]


def test_a_frame_says_what_was_worked_exactly() -> None:
    """How many units, and for which lines all of them."""
    policy = policy_of("总分：等权平均\n  产出：数值，以各单位最低至最高折合0-100分\n", "units: {by: [店]}\n")
    found = engine.evaluate(policy, DataFrame({"产出": [10.0, 20.0, 15.0]}), exact=False)
    assert found.attrs == {"exactly": 3, "exactly for": ("总分/产出",)}


def test_exact_units_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Units that are all worked exactly, more than are kept at a time; the root of a cube is its side."""
    monkeypatch.setattr("engine.evaluation.columns.chunks.PIECE", 4)
    policy = policy_of("- 四舍五入保留1位小数，缺数报错\n总分：等权平均\n  甲 = 立方根(乙 × 乙 × 乙)\n    乙：数值\n")
    found = engine.evaluate(policy, DataFrame({"乙": [float(n) for n in range(10)]}), exact=False)
    assert found["score"].to_list() == [Decimal(n) for n in range(10)]
    assert found.attrs == {"exactly": 10, "exactly for": ("总分/甲",)}
