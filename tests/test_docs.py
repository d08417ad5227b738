"""The documents say what is so: their sessions are played, their excerpts and links are looked up."""

import re
from pathlib import Path

import pytest

from tests.cases.page import FENCE, play, read_page, rewrite

ROOT = Path(__file__).resolve().parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]
HOW_TO = sorted((ROOT / "docs" / "how-to").glob("*.md"))
PLAYED = [*READMES, ROOT / "docs" / "tutorial.md", ROOT / "docs" / "tutorial.zh.md", *HOW_TO]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
EXCERPT = re.compile(r"\bexcerpt=(?P<path>\S+)")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", PLAYED, ids=_name)
def test_a_document_shows_what_is_printed(path: Path, tmp_path: Path, update_pages: bool) -> None:
    """The sessions of a README, tutorial or how-to page, given in a checkout, print exactly what it shows."""
    (tmp_path / "policies").symlink_to(ROOT / "policies")
    text = path.read_text(encoding="utf-8")
    played = rewrite(text, play(read_page(text), tmp_path))
    if update_pages:
        path.write_text(played, encoding="utf-8")
    else:
        assert text == played, "if the new output is right: make page-update, and read the diff"


def test_both_readmes_take_the_same_tour() -> None:
    """The Chinese and the English README give the same commands, but for the language asked for."""
    tours = [[c.line.removesuffix(" --lang en") for c in read_page(p.read_text("utf-8")).commands] for p in READMES]
    assert tours[0] == tours[1]


@pytest.mark.parametrize("path", [path for path in HOW_TO if not path.name.endswith(".zh.md")], ids=_name)
def test_a_how_to_page_is_written_in_both_languages(path: Path) -> None:
    """Each how-to page has its Chinese counterpart, with as many commands."""
    pages = [path, path.with_name(f"{path.stem}.zh.md")]
    tours = [len(read_page(p.read_text("utf-8")).commands) for p in pages]
    assert tours[0] == tours[1]


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_an_excerpt_is_in_its_file(path: Path) -> None:
    """A block marked `excerpt=FILE` stands in that file, line for line."""
    for block in FENCE.finditer(path.read_text(encoding="utf-8")):
        if marked := EXCERPT.search(block["info"]):
            assert block["body"] in (ROOT / marked["path"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_a_link_leads_somewhere(path: Path) -> None:
    """What a document links to inside the repository exists."""
    prose = FENCE.sub("", path.read_text(encoding="utf-8"))
    targets = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in link]
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=_name)
def test_what_a_document_makes_can_be_made(path: Path) -> None:
    """Each `make TARGET` of a document is a target of the Makefile."""
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert sorted(named - made) == []
