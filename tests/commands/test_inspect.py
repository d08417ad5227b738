"""`rubric inspect`: from a platform's export to a policy's data part to the score."""

import json
import re
from pathlib import Path

import pytest

from engine.commands import main
from engine.report.text import width
from tests.commands import exports
from tests.commands.exports import contract_of, policy_of

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
    """Eighty columns, whatever stands in the file."""
    main(["inspect", str(_written(tmp_path, name))])
    assert [line for line in capsys.readouterr().out.splitlines() if width(line) > 80] == []
