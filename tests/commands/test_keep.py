"""`rubric run --keep`: what was counted answers what-if questions without the records."""

import json
from pathlib import Path

import pytest

from engine.commands import main
from tests.commands.shop import POLICY, write_shop

SHIPPED = Path(__file__).resolve().parents[2] / "policies"


def results(capsys) -> list[dict]:
    """What the command has just printed as JSON."""
    return json.loads(capsys.readouterr().out)["results"]


def test_the_histogram_is_kept(tmp_path: Path, capsys) -> None:
    """Each answer of each shop once, four rows in all; the line with # says on what terms they counted."""
    kept = tmp_path / "kept.csv"
    assert main(["run", *write_shop(tmp_path), "--keep", str(kept)]) == 0
    capsys.readouterr()
    head, terms, *lines = kept.read_text(encoding="utf-8").splitlines()
    assert head == "rubric_source,rubric_measure,门店,rubric_value,rubric_rows"
    assert terms.startswith("survey,#,,")
    assert lines == [
        "survey,*,,,4",
        "survey,Q1,北店,4,1",
        "survey,Q1,北店,5,1",
        "survey,Q1,南店,3,1",
        "survey,Q1,南店,4,1",
    ]


def test_another_weight_scale_and_band(tmp_path: Path, capsys) -> None:
    """North: 87.5 × 40 % + 98 × 60 % = 93.8; South: 62.5 × 40 % + 94 × 60 % = 81.4, no longer 良 but 中."""
    kept = tmp_path / "kept.csv"
    policy, option, data = write_shop(tmp_path)
    assert main(["run", policy, option, data, "--keep", str(kept), "--format", "json"]) == 0
    assert results(capsys)[0]["score"] == "93.2"
    other = POLICY.replace("质量 60%", "质量 40%").replace("交付 40%", "交付 60%").replace("20-100分", "0-100分")
    Path(policy).write_text(
        other.replace("良(90-0)", "良(90-85)；中(85-0)").replace("良: Good", "良: Good, 中: Fair"), encoding="utf-8"
    )
    Path(data, "survey.csv").unlink()
    assert main(["run", policy, option, data, "--cells", str(kept), "--format", "json"]) == 0
    assert [(one["score"], one["grade"]) for one in results(capsys)[:2]] == [("93.8", "优"), ("81.4", "中")]


@pytest.mark.parametrize(
    ("policy", "options"),
    [("manufacturer", []), ("bank", ["--by", "Customer type"]), ("survey_management", ["--scheme", "年度全面调查"])],
)
def test_shipped_policies_score_alike_from_counts(policy: str, options: list[str], tmp_path: Path, capsys) -> None:
    """Weights of respondents, times in ledgers, answers in words: every figure is that of the records."""
    kept = str(tmp_path / "kept.csv")
    asked = ["run", str(SHIPPED / f"{policy}.yaml"), "--data", str(SHIPPED / "data" / policy), "--format", "json"]
    assert main([*asked, *options, "--keep", kept]) == 0
    from_records = results(capsys)
    assert main([*asked, *options, "--cells", kept]) == 0
    assert results(capsys) == from_records


def test_counts_of_other_terms_are_refused(tmp_path: Path, capsys) -> None:
    """With another validity sentence other rows count: the file cannot answer that."""
    kept = tmp_path / "kept.csv"
    policy, option, data = write_shop(tmp_path)
    assert main(["run", policy, option, data, "--keep", str(kept)]) == 0
    stricter = POLICY.replace("    answers: 1-5\n", "    answers: 1-5\n    valid: [作答率不低于80%]\n")
    Path(policy).write_text(stricter, encoding="utf-8")
    capsys.readouterr()
    assert main(["run", policy, option, data, "--cells", str(kept)]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("kept.csv:2:11: E991 ")


def test_a_rival_is_not_kept(tmp_path: Path, capsys) -> None:
    """The records of a benchmark are scored beside ours; kept are ours."""
    kept, compare = tmp_path / "kept.csv", "report: {compare: [{name: 对手, data: rival}]}"
    policy = POLICY.replace("scheme: |", f"{compare}\nscheme: |")
    asked = write_shop(tmp_path, policy=policy)
    rival = tmp_path / "data" / "rival"
    rival.mkdir()
    (rival / "survey.csv").write_text("门店,质量\n北店,1\n南店,1\n", encoding="utf-8")
    (rival / "kpi.csv").write_text((tmp_path / "data" / "kpi.csv").read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["run", *asked, "--keep", str(kept)]) == 0
    capsys.readouterr()
    assert "survey,*,,,4" in kept.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("more", "code"),
    [(["--period", "each"], 2), (["--period", "2024..2025"], 2), (["--cells", "kept.csv"], 2)],
)
def test_one_period_of_records_is_kept(more: list[str], code: int, tmp_path: Path, capsys) -> None:
    """Several periods make several files; counts are no records."""
    kept = tmp_path / "kept.csv"
    assert main(["run", *write_shop(tmp_path), "--keep", str(kept), *more]) == code
    assert not kept.exists()
    assert capsys.readouterr().out == ""


def test_what_is_repeated_cannot_be_kept(tmp_path: Path, capsys) -> None:
    """30天内…重复 asks which rows follow each other; nothing is written."""
    kept = tmp_path / "kept.csv"
    asked = ["run", str(SHIPPED / "complaints.yaml"), "--data", str(SHIPPED / "data" / "complaints")]
    assert main([*asked, "--keep", str(kept)]) == 3
    assert "E990" in capsys.readouterr().err
    assert not kept.exists()
