"""Printed figures held against the result: what differs is said where it is printed, and no score changes."""

from pathlib import Path

from engine.diagnostics import in_order, message
from engine.evaluation.result import Result
from tests.evaluation.schemes import result_of

CHECKLIST = """
总分：满分100分，逐项得分
  环境 60分：实得分
  服务 40分：实得分
"""
MEAN = """
总分：等权平均
  环境：得分
  服务：得分
  价格：得分
"""
DATA = "data: {kpi: {kind: values, file: 表.csv}, table: {kind: control, file: 表.csv}}\n"


def said(result: Result) -> list[str]:
    """Code, case, place and Chinese sentence of every warning."""
    return [f"{d.code} {d.case} {d.place} {message(d, 'zh')}" for d in in_order(result.warnings)]


def run(folder: Path, sheet: str, scheme: str = CHECKLIST, head: str = DATA) -> list[str]:
    """The warnings of a run on one sheet."""
    return said(result_of(folder, scheme, {"表.csv": sheet}, head=head))


def test_a_table_that_is_right_is_not_spoken_of(tmp_path: Path) -> None:
    """50.4 + 39 = 89.4, lost 9.6 + 1 = 10.6; a loss may have a minus, 39.0 is 39, a dash and a blank are no figures."""
    sheet = "指标,值,满分,得分,失分\n总分,,100,89.4,-10.6\n环境,50.4,60,50.4,9.6\n服务,39,40,39.0,-1\n附注,,-,,\n"
    assert run(tmp_path, sheet) == []


def test_parts_that_do_not_add_up(tmp_path: Path) -> None:
    """Printed 89.5, the parts are 50.4 + 39 = 89.4; printed loss 10, full marks less the score 10.6."""
    sheet = "指标,值,得分,失分\n总分,,89.5,-10\n环境,50.4,50.4,9.6\n服务,39,39,1\n"
    assert run(tmp_path, sheet) == [
        "W951 sum 表.csv:2:5 “总分”照印89.5，各项相加是89.4，相差+0.1",
        "W953 parts 表.csv:2:10 “总分”照印失分-10，满分100减得分89.4是10.6，各项照印的失分相加是10.6",
    ]


def test_a_printed_loss_that_is_not_the_difference(tmp_path: Path) -> None:
    """40 less 39 is 1, printed 0.1; full marks 65 where the policy has 60."""
    sheet = "指标,值,满分,失分\n环境,50.4,65,9.6\n服务,39,40,-0.1\n"
    assert run(tmp_path, sheet) == [
        "W952  表.csv:2:9 “环境”照印的满分是65，方案里是60",
        "W953  表.csv:3:10 “服务”照印失分-0.1，满分40减得分39是1",
    ]


def test_what_a_line_takes_in_a_deduction(tmp_path: Path) -> None:
    """Three complaints at 2 points are 6, printed 5; the score 94 is right."""
    scheme = "总分：满分100分，倒扣分\n  投诉次数：每发生一次扣2分\n"
    sheet = "指标,值,得分,失分\n总分,,94,6\n投诉次数,3,,-5\n"
    assert run(tmp_path, sheet, scheme) == ["W953 taken 表.csv:3:9 “投诉次数”照印扣-5分，算得扣6分"]


def test_ranks(tmp_path: Path) -> None:
    """70, 90, 90: the equal ones share rank 1, the third is rank 3; total is not ranked among its parts."""
    sheet = "指标,值,名次\n环境,70,2\n服务,90,1\n价格,90,1\n"
    assert run(tmp_path, sheet, MEAN) == ["W954  表.csv:2:7 “环境”照印第2名，得分70在3项里是第3名"]


def test_a_ranking_that_leaves_some_out(tmp_path: Path) -> None:
    """服务 (80) is rank 2 and not printed."""
    sheet = "指标,值,名次\n环境,70,3\n服务,80,\n价格,90,1\n"
    assert run(tmp_path, sheet, MEAN) == ["W954 lacking 表.csv:2:7 照印的排名缺1项：“服务”（第2名）"]


def test_the_same_figure_in_another_table(tmp_path: Path) -> None:
    """The collected value is 66.1, the other table prints 66.12: the warning names both cells."""
    head = "data: {kpi: {kind: values, file: 一.csv}, table: {kind: control, file: 二.csv}}\n"
    files = {"一.csv": "指标,值\n环境,66.1\n服务,80\n价格,90\n", "二.csv": "指标,得分\n环境,66.12\n服务,80.00\n"}
    result = result_of(tmp_path, MEAN, files, head=head)
    assert said(result) == ["W951 given 二.csv:2:4 “环境”照印66.12，收集的数据里是66.1，相差+0.02"]
    assert [str(place) for place in result.warnings[0].related] == ["一.csv:2:4"]


def test_a_mean_outside_its_parts(tmp_path: Path) -> None:
    """70, 80 and 90 give 80; no weights give 95. Printed 80 with one decimal less than the policy's is right."""
    sheet = "指标,值\n环境,70\n服务,80\n价格,90\n"
    data = "data: {kpi: {kind: values, file: 表.csv}}\n"
    assert run(tmp_path, sheet, MEAN, data + "control: {总分: 80}\n") == []
    assert run(tmp_path, sheet, MEAN, data + "control: {总分: 95}\n") == [
        "W951 outside example.yaml:7:15 “总分”照印95，它的各项在70和90之间，怎样加权都得不到；算得80"
    ]


def test_fewer_decimals_than_reported(tmp_path: Path) -> None:
    """(70 + 80 + 91) / 3 = 80.33, reported 80.3; printed 80 it has lost a decimal, printed 80.2 it is wrong."""
    sheet = "指标,值\n环境,70\n服务,80\n价格,91\n"
    data = "data: {kpi: {kind: values, file: 表.csv}}\n"
    assert run(tmp_path, sheet, MEAN, data + "control: {总分: 80}\n") == [
        "W951 rounded example.yaml:7:15 “总分”照印80，只留了0位小数；算得80.3"
    ]
    assert run(tmp_path, sheet, MEAN, data + "control: {总分: 80.2}\n") == [
        "W951  example.yaml:7:15 “总分”照印80.2，算得80.3，相差-0.1"
    ]


def test_a_score_that_is_not_rounded(tmp_path: Path) -> None:
    """241/3 is 80.33 with two decimals and 80.3 with one: both are right; 80.34 is not."""
    sheet = "指标,值\n环境,70\n服务,80\n价格,91\n"
    data = "data: {kpi: {kind: values, file: 表.csv}}\n"
    scheme = f"- 不修约，缺数报错{MEAN}"
    for printed in ("80.33", "80.3"):
        assert run(tmp_path, sheet, scheme, f"{data}control: {{总分: {printed}}}\n") == []
    assert run(tmp_path, sheet, scheme, f"{data}control: {{总分: 80.34}}\n") == [
        "W951  example.yaml:7:15 “总分”照印80.34，算得80.333333，相差+0.006667"
    ]


PERIODS = {"2025-Q1": 70, "2025-Q2": 90}
UNITS = "units: {by: [店], whole: 合计, total: mean}\n"


def test_units_and_the_whole(tmp_path: Path) -> None:
    """Means of 70, 80, 90 and of 80, 90, 91: 80 and 87; the whole 83.5. The row 合计 speaks of the whole."""
    sheet = "指标,店,值,得分,名次\n" + "".join(
        f"{name},{shop},{value},,\n"
        for shop, values in {"东": (70, 80, 90), "西": (80, 90, 91)}.items()
        for name, value in zip(("环境", "服务", "价格"), values, strict=True)
    )
    right = "总分,东,,80,2\n总分,西,,87,1\n总分,合计,,83.5,\n"
    assert run(tmp_path, sheet + right, MEAN, UNITS + DATA) == []
    wrong = "总分,东,,80.5,1\n总分,西,,87,1\n总分,合计,,83,\n总分,南,,70,\n"
    assert run(tmp_path, sheet + wrong, MEAN, UNITS + DATA) == [
        "W951  表.csv:8:7 “总分（东）”照印80.5，算得80，相差+0.5",
        "W954  表.csv:8:12 “总分（东）”照印第1名，得分80在2项里是第2名",
        "W951  表.csv:10:8 “总分”照印83，算得83.5，相差-0.5",
        "W955 unit 表.csv:11:1 “总分”照印的数属于“南”，结果里没有“南”",
    ]


def test_the_policy_says_of_which_unit(tmp_path: Path) -> None:
    """`control:` as a list: a unit's score, and one of a unit that is not there."""
    sheet = "指标,店,值\n" + "".join(f"{name},{shop},80\n" for name in ("环境", "服务", "价格") for shop in "东西")
    data = "data: {kpi: {kind: values, file: 表.csv}}\n"
    control = "control:\n- {unit: {店: 东}, score: {总分: 81}}\n- {unit: {店: 北}, rank: {总分: 1}}\n"
    assert run(tmp_path, sheet, MEAN, UNITS + data + control) == [
        "W951 outside example.yaml:9:30 “总分（东）”照印81，它的各项在80和80之间，怎样加权都得不到；算得80",
        "W955 unit example.yaml:10:25 “总分”照印的数属于“北”，结果里没有“北”",
    ]


def test_a_figure_of_nothing(tmp_path: Path) -> None:
    """A name nobody has is said once, with the nearest one, however many figures stand beside it."""
    sheet = "指标,值,得分,名次\n环境,70,70,3\n服务,80,80,2\n价格,90,90,1\n服务态度,1,1,1\n"
    result = result_of(tmp_path, MEAN, {"表.csv": sheet}, head=DATA)
    assert said(result) == ["W955  表.csv:5:1 没有名为“服务态度”的指标，它照印的数没有核对"]
    assert result.warnings[0].hint == "服务"


def test_nothing_changes_the_score(tmp_path: Path) -> None:
    """With and without printed figures every number of the result is the same."""
    sheet = "指标,值,得分\n环境,50,11\n服务,39,22\n总分,,33\n"
    with_table = result_of(tmp_path, CHECKLIST, {"表.csv": sheet}, head=DATA)
    without = result_of(tmp_path, CHECKLIST, {"表.csv": sheet}, head="data: {kpi: {kind: values, file: 表.csv}}\n")
    assert len(with_table.warnings) == 3
    assert with_table.assessments == without.assessments


def test_figures_of_other_periods_are_left_alone(tmp_path: Path) -> None:
    """Printed for the year 2025 and its first half; only the half is assessed."""
    sheet = "指标,值,期间,得分\n" + "".join(f"{name},80,2025-H1,\n" for name in ("环境", "服务", "价格"))
    sheet += "总分,,2025-H1,80\n总分,,2025,99\n"
    result = result_of(tmp_path, MEAN, {"表.csv": sheet}, head=DATA, period="2025-H1")
    assert said(result) == []
    monthly = sheet + "总分,,2025-03,77\n"
    assert said(result_of(tmp_path, MEAN, {"表.csv": monthly}, head=DATA, period="2025-H1")) == []


def test_the_policy_prints_its_own_period(tmp_path: Path) -> None:
    """`control:` speaks of the period the policy assesses; asked for another one, nothing is compared."""
    sheet = "指标,值,期间\n" + "".join(f"{n},{v},{p}\n" for n in ("环境", "服务", "价格") for p, v in PERIODS.items())
    head = "period: {every: quarter, on: 2025-Q1}\ndata: {kpi: {kind: values, file: 表.csv}}\ncontrol: {总分: 70}\n"
    assert said(result_of(tmp_path, MEAN, {"表.csv": sheet}, head=head)) == []
    assert said(result_of(tmp_path, MEAN, {"表.csv": sheet}, head=head, period="2025-Q2")) == []
    assert len(said(result_of(tmp_path, MEAN, {"表.csv": sheet.replace("70", "71")}, head=head))) == 1


def test_gaps(tmp_path: Path) -> None:
    """Own 70, 80, 90 less the other's 60.5, 85, 90 is 9.5, -5 and 0; printed 9, -5 and 0."""
    head = """
    data:
      kpi: {kind: values, file: 表.csv, columns: {value: 本公司}}
      rival: {kind: values, file: 表.csv, columns: {value: 对手}}
      table: {kind: control, file: 表.csv}
    report: {compare: [{name: 对手, data: rival}]}
    """
    sheet = "指标,本公司,对手,差距\n环境,70,60.5,9\n服务,80,85,-5\n价格,90,90,0\n"
    assert run(tmp_path, sheet, MEAN, head) == ["W951 gap 表.csv:2:12 “环境”与对手的差距照印9，70减60.5是9.5"]


def test_what_cannot_be_compared_is_said(tmp_path: Path) -> None:
    """Nobody is compared with, and a heading has no rank among the indicators."""
    sheet = "指标,值,差距,名次\n总分,,,1\n环境,70,9,3\n服务,80,,2\n价格,90,,1\n"
    assert run(tmp_path, sheet, MEAN) == [
        "W955 nothing 表.csv:2:6 “总分”没有名次，照印的1没有核对",
        "W955 nothing 表.csv:3:7 “环境”没有差距，照印的9没有核对",
    ]
