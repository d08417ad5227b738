"""The page of the calculations by hand."""

from pathlib import Path

from tests.policies.by_hand.page import write_page

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "hand-calculations.md"


def test_the_page_shows_what_the_workbooks_give(update_pages: bool) -> None:
    """docs/hand-calculations.md holds the figures that the procedures' sentences give for the shipped data."""
    written = write_page(ROOT / "policies" / "data")
    if update_pages:
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == written
