"""`rubric inspect`: from a platform's export to a policy's data part to the score."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from engine.commands import main
from engine.report.text import width
from tests.commands import exports
from tests.commands.exports import contract_of, policy_of
from tests.data.build import workbook

EXPORTS = {
    "问卷星，按文本": ("wenjuanxing", exports.WENJUANXING, ("Q1", "Q2"), "zh"),
    "问卷星，按序号": ("wenjuanxing", exports.WENJUANXING_NUMBERS, ("Q1", "Q2"), "zh"),
    "腾讯问卷": ("tencent", exports.TENCENT, ("Q1", "Q2"), "zh"),
    "LimeSurvey, codes": ("limesurvey", exports.LIMESURVEY, ("G1Q1_SQ001", "G1Q1_SQ002"), "en"),
    "LimeSurvey, full texts": ("limesurvey", exports.LIMESURVEY_FULL, ("Q1", "Q2"), "en"),
    "Qualtrics": ("qualtrics", exports.QUALTRICS, ("Q1_1", "Q1_2"), "en"),
    "SurveyMonkey": ("surveymonkey", exports.SURVEYMONKEY, ("Q1", "Q2"), "en"),
    "Kobo": ("kobo", exports.KOBO, ("Q1", "Q2"), "en"),
    "Google 表单": ("google_forms", exports.GOOGLE, ("Q1", "Q2"), "zh"),
    "Google Forms": ("google_forms", exports.GOOGLE_ENGLISH, ("Q1", "Q2"), "en"),
}
each_export = pytest.mark.parametrize("name", EXPORTS)


def _written(folder: Path, name: str) -> Path:
    path = folder / "data" / "export.csv"
    path.parent.mkdir()
    path.write_text(EXPORTS[name][1], encoding="utf-8")
    return path


@each_export
def test_from_the_export_to_the_score(name: str, tmp_path: Path, capsys) -> None:
    """The part that is written checks clean and reads the file.

    Quality 5, 4, 3, 5: mean 17/4, score 20 + 13/4 × 20 = 85. Delivery 4, 4, 2, one not answered: mean 10/3, score
    20 + 7/3 × 20 = 200/3. The mean of both is 455/6 = 75.8333….
    """
    path = _written(tmp_path, name)
    _, _, questions, lang = EXPORTS[name]
    policy = tmp_path / "policy.yaml"
    policy.write_text(policy_of(contract_of(path, capsys, lang), questions, lang), encoding="utf-8")
    assert main(["check", str(policy)]) == 0
    assert ("0个错误，0个警告" if lang == "zh" else "errors: 0, warnings: 0") in capsys.readouterr().err
    assert main(["run", str(policy), "--data", str(path.parent), "--format", "json", "--period", "2025-03"]) == 0
    result = json.loads(capsys.readouterr().out)["results"][0]
    assert (result["score"], result["exact"]) == ("75.83", "455/6")
    assert [node["exact"] for node in result["nodes"] if node["path"].endswith(("质量", "Quality"))] == ["85"]


@each_export
def test_the_platform_and_the_columns_that_say_so(name: str, tmp_path: Path, capsys) -> None:
    """The platform is named, with the headers by which it was recognised as they stand in the file."""
    path = _written(tmp_path, name)
    platform, text, _, lang = EXPORTS[name]
    assert main(["inspect", str(path), "--format", "json", "--lang", lang]) == 0
    table = json.loads(capsys.readouterr().out)["tables"][0]
    assert (table["platform"], table["kind"], table["rows"]) == (platform, "responses", 4)
    named = re.findall("“([^”]+)”", table["recognised_by"])
    assert named
    assert [header for header in named if header not in text] == []


@each_export
@pytest.mark.parametrize("form", ["text", "json", "yaml"])
def test_what_people_wrote_and_who_they_are_is_not_shown(name: str, form: str, tmp_path: Path, capsys) -> None:
    """No proposal, no address, no name of whoever answered, in no form."""
    main(["inspect", str(_written(tmp_path, name)), "--format", form])
    shown = "".join(capsys.readouterr())
    private = (
        "10.1.2.",
        "13800001111",
        "王经理",
        "快一点",
        "态度好",
        "A little faster",
        "Friendly",
        "朋友介绍",
        "@",
        "anna",
    )
    assert [text for text in private if text in shown] == []


@each_export
def test_the_page_fits_the_screen(name: str, tmp_path: Path, capsys) -> None:
    """Eighty columns, whatever stands in the file; only the command to be copied is never broken."""
    main(["inspect", str(_written(tmp_path, name))])
    *page, command = capsys.readouterr().out.splitlines()
    assert command.split()[:2] == ["rubric", "inspect"]
    assert [line for line in page if width(line) > 80] == []


def test_a_file_of_no_known_platform_is_not_called_one(tmp_path: Path, capsys) -> None:
    """It is said by what the file is taken for a ledger; the part that is written reads it."""
    data = tmp_path / "data"
    data.mkdir()
    data.joinpath("投诉.csv").write_text("受理日期,类别\n2025-03-02,质量\n2025-03-03,质量\n", encoding="utf-8")
    contract = contract_of(data / "投诉.csv", capsys, "zh")
    assert contract.startswith("# 没有认出是哪个平台的导出")
    scheme = "measures:\n  投诉: ledger的次数\nscheme: |\n  - 不修约，缺数报错\n  得分：满分100分，倒扣分\n    投诉：每发生一次扣5分\n"
    policy = tmp_path / "policy.yaml"
    policy.write_text(f"rubric: 1\npolicy: p\nlang: zh\n{contract}{scheme}", encoding="utf-8")
    assert main(["run", str(policy), "--data", str(data), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["exact"] == "90"


def test_a_workbook_as_the_platform_gives_it(tmp_path: Path, capsys) -> None:
    """Qualtrics' workbooks have two header rows, and real dates and numbers. 5 and 4: mean 4.5, score 90."""
    head = ["StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId", "Q1"]
    told = [
        "Start Date",
        "End Date",
        "Response Type",
        "Progress",
        "Finished",
        "Recorded Date",
        "Response ID",
        "Satisfied?",
    ]
    moment = datetime(2025, 3, 2, 10, 11, 12)
    rows = [[moment, moment, "IP Address", 100, True, moment, f"R_{n}", n] for n in (5, 4)]
    data = tmp_path / "data"
    data.mkdir()
    workbook(data, "export.xlsx", [head, told, *rows])
    contract = contract_of(data / "export.xlsx", capsys, "en")
    assert "    header: 1-2\n" in contract
    assert "Q1: Q1  # Satisfied?; seen: 4×1, 5×1" in contract
    scheme = "scheme: |\n  - no rounding, missing: error\n  Quality: mean of Q1, 1-5 as 20-100\n"
    policy = tmp_path / "policy.yaml"
    policy.write_text(f"rubric: 1\npolicy: p\nlang: en\n{contract}{scheme}", encoding="utf-8")
    assert main(["run", str(policy), "--data", str(data), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["exact"] == "90"


def test_headers_that_want_to_be_something_else(tmp_path: Path, capsys) -> None:
    """Signs of YAML, quotation marks and control characters in a header end up as one value, and find their column."""
    header = '客户号,"1、好: ""很好"" # 吗\x07",2、是{否},"3、\'单\' ""双"""\n'
    data = tmp_path / "data"
    data.mkdir()
    data.joinpath("a.csv").write_text(header + "1,5,5,5\n2,3,3,3\n", encoding="utf-8")
    contract = contract_of(data / "a.csv", capsys, "zh")
    assert "\x07" not in contract
    scheme = "scheme: |\n  - 不修约，缺数报错\n  得分：问卷Q1、Q2、Q3均值，1-5分折合20-100分\n"
    policy = tmp_path / "policy.yaml"
    policy.write_text(f"rubric: 1\npolicy: p\nlang: zh\n{contract}{scheme}", encoding="utf-8")
    assert main(["run", str(policy), "--data", str(data), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["results"][0]["exact"] == "80"


def test_exit_codes(tmp_path: Path, capsys) -> None:
    """0 fine, 1 what reading would refuse, 2 no such file, 3 a file that cannot be opened; its lines are not shown."""
    path = tmp_path / "a.csv"
    path.write_text(
        "受理日期,经过\n三月,客户张三说\n2025-03-02,一\n2025-03-03,二\n2025-03-04,三\n2025-03-05,四\n", encoding="utf-8"
    )
    assert main(["inspect", str(path)]) == 1
    assert "张三" not in "".join(capsys.readouterr())
    assert main(["inspect", str(tmp_path / "b.csv")]) == 2
    path.write_text("138,2\n139,4\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["inspect", str(path)]) == 3
    printed = capsys.readouterr()
    assert ("E967" in printed.err, "138" in printed.err) == (True, False)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_help_is_written_in_both_languages(lang: str, capsys) -> None:
    """Within eighty columns."""
    assert main(["inspect", "--help", "--lang", lang]) == 0
    printed = capsys.readouterr().out
    assert ("数据文件" in printed) is (lang == "zh")
    assert [line for line in printed.splitlines() if width(line) > 80] == []
