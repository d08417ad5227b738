"""`rubric init`, `rule`, `schema` and `demo`."""

import json
import re
from pathlib import Path

import pytest

from engine.commands import main
from engine.diagnostics import codes
from engine.report.text import width
from engine.resources import resource


@pytest.mark.parametrize(("lang", "title"), [("zh", "顾客满意度评价"), ("en", "Customer satisfaction assessment")])
def test_the_first_policy_checks_clean(lang, title, tmp_path, capsys, monkeypatch) -> None:
    """`init` writes a commented policy in the language spoken, in which `check` finds nothing."""
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--lang", lang]) == 0
    assert capsys.readouterr().out == ""
    assert title in Path("policy.yaml").read_text(encoding="utf-8")
    assert main(["check", "policy.yaml", "--lang", "zh"]) == 0
    assert capsys.readouterr() == ("", "检查了1个评价方案：0个错误，0个警告\n")


def test_a_file_that_exists_is_left_alone(tmp_path: Path, capsys) -> None:
    """`init` never overwrites unless it is told to, and leaves no draft behind."""
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    assert main(["init", str(path)]) == 2
    assert (path.read_text(encoding="utf-8"), "--force" in capsys.readouterr().err) == ("mine", True)
    assert main(["init", str(path), "--force"]) == 0
    assert path.read_text(encoding="utf-8").startswith("# 评价方案")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.yaml"]


def test_a_folder_that_is_missing_is_named(tmp_path: Path, capsys) -> None:
    """`init` does not make folders on its own."""
    assert main(["init", str(tmp_path / "no" / "x.yaml")]) == 2
    assert "没有文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_has_its_page(lang: str, capsys) -> None:
    """The page of every code fits 80 columns, leaves no place open, and shows what is wrong and what is right."""
    for code in codes():
        assert main(["rule", code, "--lang", lang]) == 0
        page = capsys.readouterr().out
        prose = [line for line in page.splitlines() if not line.startswith("    ")]
        assert page.startswith(f"{code}  ")
        assert max(width(line) for line in prose) <= 80
        assert not any("…" in line or ("{" in line and "}" in line) for line in prose)
        assert len([line for line in prose if line.endswith(("：", ":"))]) >= 3


def test_a_code_may_be_typed_small(capsys) -> None:
    """`rule e401` is `rule E401`."""
    main(["rule", "E401"])
    page = capsys.readouterr().out
    main(["rule", "e401"])
    assert capsys.readouterr().out == page


def test_all_codes_are_listed(capsys) -> None:
    """`rule` alone lists every code once, below the heading of its family, within 80 columns."""
    for lang in ("zh", "en"):
        assert main(["rule", "--lang", lang]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert re.findall(r"^  ([EW]\d{3}) ", "\n".join(lines), flags=re.MULTILINE) == list(codes())
        assert [line for line in lines if line and not line.startswith(" ")][6] == ("单位和种类", "Units and kinds")[
            lang == "en"
        ]
        assert max(width(line) for line in lines) <= 80


def test_the_schema_is_the_published_one(capfdbinary) -> None:
    """`schema` prints the file that editors use, byte for byte."""
    assert main(["schema"]) == 0
    printed = capfdbinary.readouterr().out
    assert printed == resource("grammar", "policy.schema.json").read_bytes()
    assert "$schema" in json.loads(printed)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_demo_scores_every_shipped_policy(lang: str, capsys) -> None:
    """Each shipped policy is scored on its data, below the command that does it, within 80 columns."""
    assert main(["demo", "--lang", lang]) == 0
    out = capsys.readouterr().out
    shipped = sorted(path.stem for path in resource("policies").glob("*.yaml") if ".test." not in path.name)
    commands = [line for line in out.splitlines() if line.startswith("$ ")]
    assert [Path(line.split()[3]).stem for line in commands] == shipped
    assert max(width(line) for line in out.splitlines() if not line.startswith("$ ")) <= 80
