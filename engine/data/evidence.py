"""What the validity sentences of a source look at: which columns, and what stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.data.cells import Problem, read_seconds
from engine.data.collection import filled
from engine.data.columns import Converted, distinct_column, faults_of, text_column
from engine.data.contract import Account
from engine.data.faults import Faults
from engine.data.grids import Asked
from engine.data.headers import find_column
from engine.data.opening import Findings, Loaded, Opened, Request, load_columns, open_source
from engine.data.validity import Evidence, holds
from engine.data.vendors import DURATION_HEADERS
from engine.diagnostics import Diagnostic, listed
from engine.language.policy import DataSource
from engine.language.syntax import AnsweredAtLeast, Condition, ListedIn, NotStraightLined, OnePer, TookAtLeast


def uses_answers(source: DataSource) -> bool:
    """Whether a sentence looks at all answers of a questionnaire."""
    return any(isinstance(rule, AnsweredAtLeast | NotStraightLined) for rule in source.valid)


def looked_at(source: DataSource) -> tuple[str, ...]:
    """Headers of the columns that the sentences name."""
    return tuple(rule.column.text for rule in source.valid if isinstance(rule, ListedIn | OnePer | Condition))


def duration_columns(source: DataSource, opened: Opened) -> tuple[tuple[Asked, ...], Findings]:
    """The column that says how long a questionnaire took, where a sentence asks (E926 if there is none)."""
    if not any(isinstance(rule, TookAtLeast) for rule in source.valid):
        return (), ()
    if own := source.columns.get("duration"):
        return (Asked(header=own),), ()
    for name in DURATION_HEADERS:
        if find_column(opened.headers, name):
            return (Asked(header=name),), ()
    args = {"names": listed(DURATION_HEADERS)}
    return (), (Diagnostic(code="E926", place=opened.grid.address(opened.row, 0), args=args),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The evidence, the faults of its cells, and of the other sources it needed the accounts and what is wrong."""

    evidence: Evidence
    faults: tuple[Faults, ...]
    others: tuple[Account, ...]
    findings: Findings


def collect(request: Request, loaded: Loaded, answers: Sequence[Converted], dates: Converted | None) -> Collected:
    """What the sentences of the source look at."""
    source = request.source
    listed, others, findings = listed_texts(request)
    milliseconds, faults = _milliseconds(source, loaded)
    columns = {name: loaded.positions[Asked(header=name)] for name in looked_at(source)}
    evidence = Evidence(
        answers=answers,
        milliseconds=milliseconds,
        texts={name: text_column(loaded.sheet, position).values for name, position in columns.items()},
        listed=listed,
        dates=dates.values if dates else None,
    )
    all_faults = (faults, *_conditions(source, loaded, columns))
    return Collected(evidence=evidence, faults=all_faults, others=others, findings=findings)


def _milliseconds(source: DataSource, loaded: Loaded) -> tuple[Any, Faults]:
    """How long each record took, in whole milliseconds; a record that does not say cannot be judged (E923)."""
    from numpy import array
    from pandas import Series

    names = (source.columns.get("duration"), *DURATION_HEADERS)
    position = next((p for a, p in loaded.positions.items() if a.header in names), None)
    if position is None or not any(isinstance(rule, TookAtLeast) for rule in source.valid):
        return None, Faults()
    distinct = distinct_column(
        loaded.sheet, position, lambda text: read_seconds(text) if text else Problem(code="E923")
    )
    whole = array([0 if isinstance(read, Problem) else int(read * 1000) for read in distinct.reads], dtype="int64")
    values = Series(whole[distinct.codes])
    return values, faults_of(loaded.sheet, position, distinct.codes, distinct.reads)


def _conditions(source: DataSource, loaded: Loaded, columns: Mapping[str, int]) -> list[Faults]:
    """Cells that a condition has to compare and that are neither number nor date."""
    found: list[Faults] = []
    for rule in source.valid:
        if isinstance(rule, Condition):
            position = columns[rule.column.text]
            distinct = distinct_column(loaded.sheet, position, lambda text, rule=rule: holds(text, rule))
            found.append(faults_of(loaded.sheet, position, distinct.codes, distinct.reads))
    return found


def listed_texts(request: Request) -> tuple[dict[tuple[str, str], frozenset[str]], tuple[Account, ...], Findings]:
    """For each `客户号属于customers`, what stands in that column of the other source, and its file's account."""
    listed: dict[tuple[str, str], frozenset[str]] = {}
    accounts: list[Account] = []
    findings: list[Diagnostic] = []
    for rule in request.source.valid:
        if not isinstance(rule, ListedIn):
            continue
        other = next(s for s in request.header.data if s.name == rule.source.text)
        asked = (Asked(header=rule.column.text),)
        opened, found = open_source(other, request.reading, asked)
        loaded, missing = load_columns(opened, asked) if opened else (None, ())
        findings += [*found, *missing, *(loaded.sheet.faults.named if loaded else ())]
        if loaded:
            loaded, blank = filled(other, request.reading, loaded)
            findings += blank
            texts = loaded.sheet.columns[loaded.positions[asked[0]]]
            listed[rule.column.text, rule.source.text] = frozenset(texts) - {""}
            file, count = loaded.file, len(texts)
            accounts.append(Account(source=other.name, file=file.name, sha256=file.sha256, rows=count, valid=count))
    return listed, tuple(accounts), tuple(findings)
