"""From the columns of a sheet to the part of a policy that reads it: which kind of source, under which names."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, TypeVar

from engine.data.headers import find_column, identity
from engine.data.periods import parse_period
from engine.data.profiles import Profile, is_mark, stem_of
from engine.data.sheets import Sheet
from engine.data.values import HEADERS
from engine.data.vendors.recognition import Recognition, is_called
from engine.data.wordings import WORDINGS, numbers_of
from engine.language.policy import DataSource

Scale = tuple[int, int]
T = TypeVar("T")
_NUMBERED = re.compile(r"^(?:第(\d{1,3})题|Q?(\d{1,3})\s*[、.)．:：])", re.IGNORECASE)
_CODE = re.compile(r"(?:[A-Za-z]{1,4}\d{1,4}){1,3}(?:[_\[][A-Za-z0-9]{1,8}\]?)*")
_MOSTLY = Fraction(9, 10)
_NAMES = {"responses": "survey", "values": "indicators", "events": "ledger"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A source as the policy would write it, and why.

    `by`: what it was recognised by: `vendor`, `questions`, `long`, `wide`, `date`, `rows`; `names`: the headers that
    say so, or their number. `columns`: the profiles, as what they are in a source of this kind. `questions`: the column
    of each question. `unsure`: questions whose words fit another known wording too, and as what.
    """

    source: DataSource
    by: str
    names: tuple[str, ...]
    columns: tuple[Profile, ...]
    questions: Mapping[str, Profile] = field(default_factory=dict[str, Profile])
    unsure: Mapping[str, tuple[Mapping[str, Fraction], ...]] = field(
        default_factory=dict[str, tuple[Mapping[str, Fraction], ...]]
    )


def propose(
    sheet: Sheet, columns: Sequence[Profile], recognition: Recognition | None, settings: DataSource
) -> Proposal:
    """The source that reads the sheet: a survey, an indicator sheet, or else a ledger.

    `settings`: the file, and where in it the table stands.
    """
    kind, by, names = _kind(sheet, columns, recognition)
    source = replace(settings, name=_NAMES[kind], kind=kind)
    if kind == "responses":
        return _survey(source, by, names, _parted(columns), recognition)
    plain = tuple(_as_number(column) for column in columns)
    if kind == "values":
        source = replace(source, columns=_roles(columns, by), layout=by)
        return Proposal(source=source, by=by, names=names, columns=plain)
    return _ledger(source, by, names, plain, None)


def _ledger(
    source: DataSource, by: str, names: tuple[str, ...], columns: Sequence[Profile], recognition: Recognition | None
) -> Proposal:
    source = replace(source, **_key_and_date(columns, recognition))
    return Proposal(source=source, by=by, names=names, columns=tuple(columns))


def _key_and_date(columns: Sequence[Profile], recognition: Recognition | None) -> dict[str, Any]:
    vendor = recognition.vendor if recognition else None
    key = _first(columns, "key", vendor.key if vendor else ())
    date = _first(columns, "date", vendor.date if vendor else ())
    dated = {"date": date.header, "dates": date.order.strip("?")} if date else dict[str, str]()
    return {"key": key.header if key else None, **dated}


def _kind(
    sheet: Sheet, columns: Sequence[Profile], recognition: Recognition | None
) -> tuple[str, str, tuple[str, ...]]:
    if recognition is not None:
        return "responses", "vendor", recognition.by
    roles = {role: [c.header for c in columns if is_called(c.header, names)] for role, names in HEADERS.items()}
    if roles["indicator"] and roles["value"]:
        return "values", "long", (roles["indicator"][0], roles["value"][0])
    others = [c for c in columns if c.kind not in ("blank", "key", "date") and c.header not in roles["period"]]
    periods = [c for c in columns if c.header in roles["period"] or _tells_periods(sheet, c)]
    numeric = [c for c in others if c.kind in ("number", "scale") and c not in periods]
    if periods and numeric and len(numeric) == len([c for c in others if c not in periods]):
        return "values", "wide", (periods[0].header,)
    asked = [c for c in columns if c.kind in ("scale", "words")]
    if asked and (any(_NUMBERED.match(c.header) for c in asked) or (len(asked) >= 2 and 2 * len(asked) >= len(others))):
        return "responses", "questions", (str(len(asked)),)
    dates = [c.header for c in columns if c.kind == "date"]
    return "events", "date" if dates else "rows", tuple(dates[:1])


def _tells_periods(sheet: Sheet, column: Profile) -> bool:
    """Whether a column names months, quarters or years; days are the dates of a ledger."""
    texts = {text for text in sheet.columns[column.position] if text}
    read = [parse_period(text) for text in texts]
    return bool(read) and all(p is not None and p.length not in ("day", "year") for p in read)


def _roles(columns: Sequence[Profile], by: str) -> dict[str, str]:
    """The columns of a sheet of values that are not called as the first usual name of their role."""
    found: dict[str, str] = {}
    for role, names in HEADERS.items():
        header = next((c.header for c in columns if is_called(c.header, names)), None)
        usual = header is not None and find_column([header], names[0])
        if header is not None and not usual and (by == "long" or role == "period"):
            found[role] = header
    return found


def _as_number(column: Profile) -> Profile:
    """In a ledger small whole numbers are amounts, not answers."""
    if column.kind != "scale":
        return column
    return replace(column, kind="number", scale=None, low=column.answers[0][0], high=column.answers[-1][0], answers=())


def is_usable(column: Profile, columns: Sequence[Profile]) -> bool:
    """Whether a policy can name the column: it has a header, and no other has the same."""
    name = identity(column.header)
    return bool(name) and sum(identity(other.header) == name for other in columns) == 1


def _first(columns: Sequence[Profile], kind: str, names: Sequence[str] = ()) -> Profile | None:
    """The first usable column of the kind, of those with one of the names in the order of the names."""
    found = [c for c in columns if c.kind == kind and is_usable(c, columns)]
    named = (c for name in names for c in found if is_called(c.header, (name,)))
    return next(named, found[0] if found else None)


# ---------------------------------------------------------------- surveys


def _parted(columns: Sequence[Profile]) -> tuple[Profile, ...]:
    """The columns, with those marked as parts that together hold one question with several choices."""
    stems = Counter(stem_of(c.header) for c in columns if is_mark(c) and stem_of(c.header))
    parts = {stem for stem, count in stems.items() if count > 1}
    return tuple(
        replace(c, kind="part") if is_mark(c) and stem_of(c.header) in parts and c.kind != "blank" else c
        for c in columns
    )


def _survey(
    source: DataSource, by: str, names: tuple[str, ...], columns: Sequence[Profile], recognition: Recognition | None
) -> Proposal:
    columns = _on_one_scale(columns)
    asked = [c for c in columns if c.kind in ("scale", "words") and is_usable(c, columns)]
    if not asked:  # answers of which nothing is known can be counted like the rows of a ledger
        return _ledger(replace(source, kind="events"), by, names, columns, recognition)
    questions = dict(zip(_ids(asked), asked, strict=True))
    wording = _wordings(asked)
    words = {name: _numbers(column, wording) for name, column in questions.items() if column.kind == "words"}
    scales = {name: _interval(column) for name, column in questions.items() if column.scale}
    usual, scale = _most(list(words.values())), _most(list(scales.values()))
    if len([w for w in words.values() if w == usual]) > len([s for s in scales.values() if s == scale]):
        scale = None
    else:
        usual = None
    source = replace(
        source,
        **_key_and_date(columns, recognition),
        questions={name: column.header for name, column in questions.items()},
        answers=usual or {},
        scale=scale,
        question_scales={name: one for name, one in scales.items() if one != scale},
        question_answers={name: one for name, one in words.items() if one != usual},
        texts=tuple(c.header for c in columns if c.kind in ("text", "mixed") and is_usable(c, columns)),
    )
    unsure = {name: _others(column, words[name], asked) for name, column in questions.items() if column.wordings}
    return Proposal(source=source, by=by, names=names, columns=tuple(columns), questions=questions, unsure=unsure)


def _ids(columns: Sequence[Profile]) -> list[str]:
    """`Q3` for the question numbered 3, the column's own code (`Q2_1`, `G1Q1_SQ1`), else the next free number."""
    wished = [_id(column.header) for column in columns]
    counts = Counter(wished)
    taken = {name for name in wished if name and counts[name] == 1}
    found: list[str] = []
    for number, name in enumerate(wished, 1):
        own = name if name and counts[name] == 1 else ""
        free = (f"{name}_{n}" if name else f"Q{number + n - 1}" for n in range(1, 2 * len(columns) + 2))
        found.append(own or next(other for other in free if other not in taken))
        taken.add(found[-1])
    return found


def _id(header: str) -> str:
    if _CODE.fullmatch(header):
        return re.sub(r"[\[_]+", "_", header).rstrip("]").replace("]", "")
    number = _NUMBERED.match(header)
    return f"Q{int(number[1] or number[2])}" if number else ""


def _on_one_scale(columns: Sequence[Profile]) -> tuple[Profile, ...]:
    """Where most questions have one scale, a few answers beyond it are slips and no other scale."""
    common = _most([c.scale for c in columns if c.scale])
    return tuple(replace(c, scale=common) if common and _mostly_on(c, common) else c for c in columns)


def _mostly_on(column: Profile, scale: Scale) -> bool:
    inside = sum(n for text, n in column.answers if scale[0] <= int(text) <= scale[1]) if column.scale else 0
    return inside > 0 and inside >= _MOSTLY * sum(n for _, n in column.answers)


def _wordings(columns: Sequence[Profile]) -> list[int]:
    """The known wordings, those that fit the most questions first, of these those whose best answer was given."""
    fits = Counter(n for column in columns for n in column.wordings)
    given = {identity(answer) for column in columns for answer, _ in column.answers}
    return sorted(fits, key=lambda n: (-fits[n], identity(WORDINGS[n][0]) not in given, n))


def _numbers(column: Profile, wordings: Sequence[int]) -> Mapping[str, Fraction]:
    if column.numbers:
        return column.numbers
    return numbers_of(WORDINGS[next(n for n in wordings if n in column.wordings)])


def _others(
    column: Profile, taken: Mapping[str, Fraction], asked: Sequence[Profile]
) -> tuple[Mapping[str, Fraction], ...]:
    """Other wordings that fit this question, and all questions it shares the answers with, and count them otherwise."""
    steps = {identity(word) for word in taken}
    alike = [c for c in asked if c.wordings and all(identity(answer) in steps for answer, _ in c.answers)]
    seen = {identity(answer) for c in alike for answer, _ in c.answers}
    readings = [numbers_of(WORDINGS[n]) for n in column.wordings]
    fitting = [reading for reading in readings if seen <= {identity(word) for word in reading}]
    mine = {identity(word): number for word, number in taken.items()}
    own = {identity(answer) for answer, _ in column.answers}
    differing = [r for r in fitting if any(mine[identity(w)] != n for w, n in r.items() if identity(w) in own)]
    return tuple(differing[:2])


def _interval(column: Profile) -> tuple[Fraction, Fraction]:
    low, high = column.scale or (1, 5)
    return Fraction(low), Fraction(high)


def _most(values: "Sequence[T]") -> "T | None":
    """The value that is there most often, of several the first."""
    counts = [sum(other == value for other in values) for value in values]
    return values[counts.index(max(counts))] if values else None
