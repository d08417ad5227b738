"""Versions of a policy beside each other: overlaps, gaps, a version twice, each with both places."""

from dataclasses import replace
from datetime import date

import pytest

from engine.language.checks.versions import versions_fit
from engine.language.version import Version
from engine.source import Place

Days = tuple[str | None, str | None]


def _version(label: str, days: Days, folder: str = "x", **more: object) -> Version:
    begin, end = (date.fromisoformat(day) if day else None for day in days)
    place = Place(file=f"{folder}/{label}.yaml", line=6, column=1, end_line=6, end_column=2)
    facts = {"id": "service", "label": label, "begin": begin, "end": end, "effective": place, "labelled": place}
    return Version(**{**facts, **more})  # type: ignore[arg-type] # facts by name


def _found(*versions: Version) -> list[tuple[str, str, str, list[str]]]:
    return [(d.code, d.case, d.place.file, [r.file for r in d.related]) for d in versions_fit(versions)]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (("2024-01-01", "2024-12-31"), ("2025-01-01", None), []),
        ((None, "2024-12-31"), ("2025-01-01", "2025-12-31"), []),
        (("2024-01-01", None), ("2025-01-01", None), [("E805", "open", "x/a.yaml", ["x/b.yaml"])]),
        (("2024-01-01", "2025-01-31"), ("2025-01-01", None), [("E805", "", "x/a.yaml", ["x/b.yaml"])]),
        (("2024-01-01", "2025-01-01"), ("2025-01-01", None), [("E805", "", "x/a.yaml", ["x/b.yaml"])]),
        (("2025-01-01", "2025-06-30"), ("2025-01-01", None), [("E805", "same", "x/b.yaml", ["x/a.yaml"])]),
        ((None, None), (None, None), [("E805", "undated", "x/b.yaml", ["x/a.yaml"])]),
        (("2024-01-01", "2024-12-30"), ("2025-01-01", None), [("W806", "", "x/b.yaml", ["x/a.yaml"])]),
    ],
)
def test_every_day_has_one_version(first: Days, second: Days, found: list[tuple[str, str, str, list[str]]]) -> None:
    """Two versions never hold on the same day, and between them no day is without one."""
    assert _found(_version("a", first), _version("b", second)) == found


def test_the_repair_of_an_overlap_is_the_day_before() -> None:
    """The earlier version ends on the day before the later one begins."""
    (found,) = versions_fit([_version("b", ("2025-03-01", None)), _version("a", ("2024-01-01", None))])
    assert (found.args["version"], found.args["later"], found.args["last"]) == ("a", "b", "2025-02-28")


def test_a_version_within_a_longer_one_leaves_no_gap() -> None:
    """After a that holds all of 2024 and b within it, c of 2025 follows without a gap; b overlaps a."""
    year, part = _version("a", ("2024-01-01", "2024-12-31")), _version("b", ("2024-03-01", "2024-04-30"))
    found = _found(year, part, _version("c", ("2025-01-01", None)))
    assert [code for code, *_ in found] == ["E805"]


def test_a_gap_may_be_accepted() -> None:
    """Where the procedure was suspended, either version says so."""
    first, second = ("2024-01-01", "2024-06-30"), ("2025-01-01", None)
    assert _found(_version("a", first, accepted=("W806",)), _version("b", second)) == []
    assert _found(_version("a", first), _version("b", second, accepted=("W806",))) == []


def test_two_files_are_not_the_same_version() -> None:
    """Results name their version; two of the same name are told, with both files."""
    first = replace(_version("a", ("2024-01-01", "2024-12-31")), label="2025")
    second = replace(_version("b", ("2025-01-01", None)), label="2025")
    assert _found(first, second) == [("E808", "", "x/b.yaml", ["x/a.yaml"])]


def test_only_files_of_one_folder_and_one_id_are_versions() -> None:
    """A copy in another folder, and another policy in the same one, are nobody's versions."""
    here, days = _version("a", (None, None)), (None, None)
    assert _found(here, _version("a", days, folder="y")) == []
    assert _found(here, _version("b", days, id="other")) == []
