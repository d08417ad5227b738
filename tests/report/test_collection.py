"""Collection workbooks: what they ask for, what a spreadsheet lets through, and how they are read again."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from engine.data.periods import parse_period, parse_periods
from engine.diagnostics import Refused
from engine.evaluation.assessment import assess
from engine.language.policy_file import read_policy
from engine.report.collection.forms import Form
from engine.report.collection.template import template_of
from engine.report.collection.workbook import workbook_bytes

HEAD = 'rubric: 1\npolicy: ward\ntitle: 病区检查\nlang: zh\nversion: "1"\n'
RULES = "  - 四舍五入保留1位小数，缺数报错，不足一步不扣分\n"
KPI = "data:\n  kpi: {kind: values, file: kpi.csv}\n"
CHECKLIST = f"""{HEAD}{KPI}scheme: |
{RULES}  总分：满分100分，倒扣分
    - 收集部门：护理部，依据3.1
    书写：首页漏项，每处扣0.5分；医嘱未签名，每处扣1分
    差错：轻、中、重度分别扣5、10、20分
    态度：酌情扣1至3分
    巡视记录：未签名的扣2分
    合格率：目标98%，每低1个百分点扣1分
    等候：时长，目标10分钟，每高1分钟扣1分
"""


def _policy(text: str, folder: Path):
    path = folder / "ward.yaml"
    path.write_text(text, encoding="utf-8")
    read = read_policy(path)
    assert read.policy is not None, read.diagnostics
    return read.policy


def _forms(text: str, folder: Path, **options) -> dict[str, Form]:
    return {form.source.name: form for form in template_of(_policy(text, folder), "zh", **options).forms}


def _written(text: str, folder: Path, **options) -> Path:
    path = folder / "收集表.xlsx"
    path.write_bytes(workbook_bytes(template_of(_policy(text, folder), "zh", **options)))
    return path


def test_every_thing_asked_stands_in_a_row_of_its_own(tmp_path: Path) -> None:
    """Two subjects, three classes, an amount, a condition, a rate and a length of time: each with its unit and how."""
    rows = _forms(CHECKLIST, tmp_path)["kpi"].rows
    assert [(row.name, row.told.unit, row.told.how, row.told.target) for row in rows] == [
        ("书写/首页漏项", "次", "次数，整数；没有发生填0", ""),
        ("书写/医嘱未签名", "次", "次数，整数；没有发生填0", ""),
        ("差错/轻度", "次", "次数，整数；没有发生填0", ""),
        ("差错/中度", "次", "次数，整数；没有发生填0", ""),
        ("差错/重度", "次", "次数，整数；没有发生填0", ""),
        ("态度", "分", "没有扣分填0；扣分填1至3", ""),
        ("巡视记录", "", "是否“未签名”", ""),
        ("合格率", "%", "百分数，0至100", "≥98%"),
        ("等候", "分钟", "时长，按所写的单位", "≤10分钟"),
    ]
    assert {(row.told.owners, row.told.clause) for row in rows} == {(("护理部",), "3.1")}


def test_a_filled_checklist_is_scored(tmp_path: Path) -> None:
    """100 less 2 x 0.5, 1 x 1, 1 x 5, 0, 0, 2, 2 (not signed), 3 (95 % for 98 %) and 2 (12 minutes for 10): 84."""
    path = _written(CHECKLIST, tmp_path)
    book = load_workbook(path)
    for row, value in enumerate([2, 1, 1, 0, 0, 2, "是", 95, 12], 2):
        book["kpi"].cell(row, 2, value)
    book.save(path)
    assert assess(_policy(CHECKLIST, tmp_path), path).assessments[0].score == 84


def test_a_blank_value_is_missing(tmp_path: Path) -> None:
    """Nothing that is left blank counts as 0."""
    (found,) = assess(_policy(CHECKLIST, tmp_path), _written(CHECKLIST, tmp_path)).assessments
    assert (found.score, {node.state.value for node in found.nodes}) == (None, {"missing"})


def test_units_and_periods_each_have_a_row(tmp_path: Path) -> None:
    """A cap by the month asks for every month; a unit of two columns fills both."""
    text = f"""{HEAD}units: {{by: [地区, 门店]}}
{KPI}scheme: |
{RULES}  总分：满分100分，倒扣分
    投诉：每发生一次扣1分，每月最多扣3分
"""
    form = _forms(text, tmp_path, units=[("华北", "一店"), ("华南", "二店")], periods=(parse_period("2025-Q1"),))["kpi"]
    assert [tuple(row.given[h] for h in ("地区", "门店", "指标", "期间")) for row in form.rows] == [
        (region, shop, "投诉", month)
        for region, shop in (("华北", "一店"), ("华南", "二店"))
        for month in ("2025-01", "2025-02", "2025-03")
    ]


def test_a_wide_sheet_has_its_units_in_the_headers(tmp_path: Path) -> None:
    """One column for each indicator, a rate with its per cent sign, one row for each period."""
    text = CHECKLIST.replace("file: kpi.csv", "file: kpi.csv, layout: wide")
    form = _forms(text, tmp_path, periods=parse_periods("2025-01..2025-02"))["kpi"]
    assert [field.header for field in form.fields][-2:] == ["合格率(%)", "等候(分钟)"]
    assert [row.given for row in form.rows] == [{"期间": "2025-01"}, {"期间": "2025-02"}]


def test_a_column_called_unit_leaves_the_unit_of_measurement_to_the_name(tmp_path: Path) -> None:
    """Where 单位 is what results are split by, the per cent sign stands behind the indicator."""
    form = _forms(CHECKLIST.replace("data:", "units: {by: [单位]}\ndata:"), tmp_path, units=[("一区",)])["kpi"]
    assert "计量单位" not in [field.header for field in form.fields]
    assert [row.name for row in form.rows][-2:] == ["合格率(%)", "等候(分钟)"]


def test_names_that_two_lines_share_are_told_by_their_keys(tmp_path: Path) -> None:
    """The sheet calls each value so that it is found again."""
    text = f"""{HEAD}{KPI}scheme: |
{RULES}  总分：等权平均
    门诊：等权平均
      合格率 [A1]：百分率，按百分制计分
    住院：等权平均
      合格率 [A2]：百分率，按百分制计分
"""
    assert [row.name for row in _forms(text, tmp_path)["kpi"].rows] == ["A1", "A2"]


# ---------------------------------------------------------------- the file


LEDGER = f"""{HEAD}data:
  ledger: {{kind: events, file: 台账.csv, date: 日期}}
  survey:
    kind: responses
    file: 问卷.csv
    key: 序号
    questions: {{Q1: =态度, Q2: "2、环境"}}
    answers: {{很满意: 5, "一般,可以": 3, 不满意: 1}}
measures: {{投诉: ledger中类别=投诉的次数}}
scheme: |
{RULES}  总分：等权平均
    服务：满分100分，倒扣分
      投诉：每发生一次扣10分
    问卷：等权平均
      - 各项：1-5分折合20-100分
      态度：问卷Q1均值
      环境：问卷Q2均值
"""


def _filled(path: Path, ledger: list[object]) -> Path:
    book = load_workbook(path)
    for column, value in enumerate(ledger, 1):
        book["ledger"].cell(2, column, value)
    for column, value in enumerate(["1", "很满意", "一般,可以"], 1):
        book["survey"].cell(2, column, value)
    book.save(path)
    return path


@pytest.mark.parametrize("word", ["无", "none"])
def test_a_ledger_may_say_that_nothing_happened(word: str, tmp_path: Path) -> None:
    """No complaint: 100; answers 5 and 3: 100 and 60, 80; together 90."""
    path = _filled(_written(LEDGER, tmp_path), [word])
    assert assess(_policy(LEDGER, tmp_path), path).assessments[0].score == 90


def test_a_ledger_with_rows_is_counted(tmp_path: Path) -> None:
    """One complaint: 90; together with 80 that is 85."""
    path = _filled(_written(LEDGER, tmp_path), ["2025-03-02", "投诉"])
    assert assess(_policy(LEDGER, tmp_path), path).assessments[0].score == 85


def test_a_blank_ledger_is_refused(tmp_path: Path) -> None:
    """Nobody can tell whether nothing happened or nothing was collected; the cell to write into is named."""
    path = _filled(_written(LEDGER, tmp_path), [])
    with pytest.raises(Refused) as refusal:
        assess(_policy(LEDGER, tmp_path), path)
    assert [(d.code, str(d.place)) for d in refusal.value.diagnostics] == [("E965", "收集表.xlsx!ledger!A2")]


def test_a_blank_list_is_refused_once(tmp_path: Path) -> None:
    """A list of customers that nobody filled in would make every questionnaire invalid."""
    listed = LEDGER.replace("    key: 序号\n", "    key: 序号\n    valid: [日期属于ledger]\n")
    path = _written(listed, tmp_path)
    with pytest.raises(Refused) as refusal:
        assess(_policy(listed, tmp_path), path)
    assert [(d.code, str(d.place)) for d in refusal.value.diagnostics] == [("E965", "收集表.xlsx!ledger!A2")]


def test_a_faulty_cell_is_named_by_file_sheet_and_cell(tmp_path: Path) -> None:
    """What a spreadsheet was made to take all the same is refused where it stands."""
    path = _filled(_written(LEDGER, tmp_path), ["2025-03-02", "投诉"])
    book = load_workbook(path)
    book["survey"]["B3"] = "还行"
    book.save(path)
    with pytest.raises(Refused) as refusal:
        assess(_policy(LEDGER, tmp_path), path)
    assert [(d.code, str(d.place)) for d in refusal.value.diagnostics] == [("E915", "收集表.xlsx!survey!B3")]


def test_the_workbook_may_lie_in_the_data_folder(tmp_path: Path) -> None:
    """It stands for the files that are missing; a file of the policy's own goes before it."""
    path = _filled(_written(LEDGER, tmp_path), ["2025-03-02", "投诉"])
    policy = _policy(LEDGER, tmp_path)
    assert assess(policy, tmp_path).assessments[0].score == 85
    (tmp_path / "台账.csv").write_text("日期,类别\n2025-03-02,投诉\n2025-03-03,投诉\n", encoding="utf-8")
    assert assess(policy, tmp_path).assessments[0].score == 80
    assert {account.file for account in assess(policy, tmp_path).data} == {"台账.csv", path.name}


def test_nothing_in_the_workbook_is_worked_out(tmp_path: Path) -> None:
    """A header that begins with = is the text that it is, in every sheet."""
    book = load_workbook(_written(LEDGER, tmp_path))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    cell = book["survey"]["B1"]
    assert (cell.value, cell.quotePrefix) == ("=态度", True)


def test_a_spreadsheet_checks_what_is_typed(tmp_path: Path) -> None:
    """Words to choose from stand in a hidden sheet where a comma would part them; numbers have their bounds."""
    book = load_workbook(_written(LEDGER, tmp_path))
    rules = {str(r.sqref): r for r in book["survey"].data_validations.dataValidation}
    assert (rules["B2:B5000"].type, rules["B2:B5000"].formula1) == ("list", "'选项'!$A$1:$A$3")
    assert [row[0] for row in book["选项"].iter_rows(values_only=True)] == ["很满意", "一般,可以", "不满意"]
    assert book["选项"].sheet_state == "hidden"
    ledger = {str(r.sqref): r for r in book["ledger"].data_validations.dataValidation}
    assert ledger["A2:A5000"].formula1 == 'OR(A2="无",ISNUMBER(A2))'
    assert (ledger["B2:B5000"].formula1, ledger["B2:B5000"].errorStyle) == ('"投诉"', "warning")
    rate = load_workbook(_written(CHECKLIST, tmp_path))["kpi"].data_validations.dataValidation
    assert {str(r.sqref): r.formula1 for r in rate}[
        "B9"
    ] == 'OR(B9="不适用",IFERROR(AND(ISNUMBER(B9),B9>=0,B9<=100),FALSE))'
    assert {str(r.sqref): r.formula1 for r in rate}["B7"] == (
        'OR(B7="不适用",IFERROR(AND(ISNUMBER(B7),OR(B7=0,AND(B7>=1,B7<=3))),FALSE))'
    )


def test_every_sheet_prints_across_and_keeps_its_header_in_sight(tmp_path: Path) -> None:
    """A4 landscape, as wide as the page, headers on every page and above what is scrolled."""
    book = load_workbook(_written(LEDGER, tmp_path))
    assert {(s.page_setup.orientation, str(s.page_setup.paperSize)) for s in book if s.sheet_state == "visible"} == {
        ("landscape", "9")
    }
    assert (book["survey"].freeze_panes, book["survey"].print_title_rows) == ("B2", "$1:$1")
