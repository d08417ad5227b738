"""Every page of this folder, played: what it says is printed is what is printed."""

import re
from pathlib import Path

import pytest

from tests.cases.page import play, read_page, rewrite

HERE = Path(__file__).parent
PAGES = sorted(HERE.rglob("*.md"))


def _name(path: Path) -> str:
    return str(path.relative_to(HERE).with_suffix(""))


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_a_page_says_what_is_printed(path: Path, tmp_path: Path, update_pages: bool) -> None:
    """The files and commands of a page give exactly its outputs and exit codes."""
    text = path.read_text(encoding="utf-8")
    page = read_page(text)
    assert page.commands, "a page without a command says nothing"
    played = rewrite(text, play(page, tmp_path))
    if update_pages:
        path.write_text(played, encoding="utf-8")
    else:
        assert text == played, "if the new output is right: make page-update, and read the diff"


@pytest.mark.parametrize("path", [p for p in PAGES if p.parent.name == "good"], ids=_name)
def test_good_pages_end_well(path: Path) -> None:
    """No command of a good page fails."""
    assert "[exit " not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in PAGES if p.parent.name == "bad"], ids=_name)
def test_bad_pages_show_what_is_wrong(path: Path) -> None:
    """A bad page names the code of a finding, or ends with the exit code of an assessment without a result."""
    outputs = "".join(command.printed for command in read_page(path.read_text(encoding="utf-8")).commands)
    assert re.search(r"\b[EW]\d{3}\b|^\[exit 3\]$", outputs, flags=re.MULTILINE)


def test_pages_lie_in_good_or_bad() -> None:
    """A page is `<topic>/good/<case>.md` or `<topic>/bad/<case>.md`."""
    misplaced = [_name(p) for p in PAGES if p.parent.name not in {"good", "bad"} or p.parent.parent.parent != HERE]
    assert misplaced == []
