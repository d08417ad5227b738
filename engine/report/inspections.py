"""A file that was looked at, for people: what it is, by what it was recognised, its columns, what is wrong with it."""

import json
from collections.abc import Sequence
from typing import Any

from engine.data.inspection import Inspected, Inspection
from engine.data.profiles import Profile
from engine.data.sheets import cell_name
from engine.diagnostics import Diagnostic, Lang, in_order
from engine.report.findings import Finding, finding_data, render_text
from engine.report.phrases_of_files import KINDS, REASONS, joined, told
from engine.report.tables import draw
from engine.report.text import fold, visible
from engine.report.words import word
from engine.source import Place

SCHEMA = "rubric/inspection/1"
_SHOWN = 10  # findings on the screen
_HEADER = 60
_ANSWER = 30


def render_inspection(found: Inspection, lang: Lang, typed: str) -> str:
    """One page for each table: where it is, what it is, its columns. `typed`: the file as it was asked for."""
    tables = "\n".join(_page(found, table, lang) for table in found.tables)
    return f"{tables}\n{_problems(found, lang)}\n{told('next', lang, file=_typed(typed))}\n"


def render_inspection_json(found: Inspection, lang: Lang) -> str:
    """The same as data; contents are held back as on the screen."""
    data = {
        "schema": SCHEMA,
        "file": {"name": found.file.name, "sha256": found.file.sha256, "encoding": found.decoded_as or None},
        "tables": [_table_data(table, lang) for table in found.tables],
        "findings": [finding_data(Finding(diagnostic, lang)) for diagnostic in problems(found)],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def problems(found: Inspection) -> tuple[Diagnostic, ...]:
    """All findings, without the lines they are on: those may hold what is not to be shown."""
    every = [*found.findings, *(finding for table in found.tables for finding in table.findings)]
    return without_lines(every)


def without_lines(findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in order, told without the lines of the file."""
    return tuple(_without_line(finding) for finding in in_order(list(findings)))


def reason(table: Inspected, lang: Lang) -> str:
    """By what the table was recognised, one sentence."""
    proposal = table.proposal
    name = table.vendor.vendor.name[lang] if table.vendor else ""
    names = joined(tuple(short(visible(n), _HEADER) for n in proposal.names), lang)
    count = proposal.names[0] if proposal.by == "questions" else ""
    sentence = word(REASONS[proposal.by], lang).format(vendor=name, names=names, count=count)
    if proposal.by == "vendor" and not proposal.questions:
        return f"{sentence}{'；' if lang == 'zh' else '; '}{told('no questions', lang)}"
    return sentence


def short(text: str, most: int) -> str:
    """The text on one line, at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def answers_of(column: Profile, lang: Lang) -> str:
    """The answers that may be shown, with how often each was given."""
    said = [f"{short(visible(answer), _ANSWER)}×{count}" for answer, count in column.answers]
    said += [told("once", lang, count=column.once)] if column.once else []
    return ("、" if lang == "zh" else ", ").join(said)


# ---------------------------------------------------------------- text


def _page(found: Inspection, table: Inspected, lang: Lang) -> str:
    name = visible(found.file.name)
    title = told("sheet", lang, file=name, sheet=visible(table.sheet)) if table.sheet is not None else name
    first, last = table.header
    about = [told("headers" if last > first else "header", lang, first=first, last=last)]
    about.append(told("rows", lang, count=table.rows, end=table.end) if table.rows else told("no rows", lang))
    about += [told("encoding", lang, encoding=found.decoded_as)] if found.decoded_as else []
    lines = f"{title}\n{_folded(reason(table, lang))}{_folded(('，' if lang == 'zh' else ', ').join(about))}"
    head = [told(key, lang) for key in ("column", "name", "kind", "contents")]
    rows = [_row(column, lang) for column in table.proposal.columns if column.kind != "blank" or column.header]
    return f"{lines}\n{draw(head, rows, ('left',) * 4)}"


def letter(column: Profile) -> str:
    """`B` for the second column."""
    return cell_name(1, column.position)[:-1]


def _row(column: Profile, lang: Lang) -> list[str]:
    header = short(f"{column.header} {column.title}".strip(), _HEADER) or told("no header", lang)
    return [letter(column), header, word(KINDS[column.kind], lang), contents(column, lang)]


def contents(column: Profile, lang: Lang) -> str:
    """What stands in the column, as far as it may be shown."""
    match column.kind:
        case "blank":
            return ""
        case "personal":
            said = told("not shown", lang, count=column.filled)
        case "date" if column.order == "?":
            said = told("unclear dates", lang, count=column.filled)
        case "date" | "number" | "duration" if column.low:
            said = told("from to", lang, low=column.low, high=column.high)
        case "mixed":
            said = told("numbers", lang, count=column.others, texts=column.filled - column.others)
        case _ if column.answers:
            said = answers_of(column, lang)
        case _:
            said = told("different", lang, count=column.filled, distinct=column.distinct)
    notes = [told("others", lang, count=column.others)] if column.others and column.kind != "mixed" else []
    notes += [told("blanks", lang, count=column.blank)] if column.blank and column.kind != "part" else []
    return ("；" if lang == "zh" else "; ").join([said, *notes])


def _problems(found: Inspection, lang: Lang) -> str:
    findings = problems(found)
    if not findings:
        return f"{told('no problems', lang)}\n"
    text = render_text([Finding(finding, lang) for finding in findings[:_SHOWN]], reasons=False)
    more = len(findings) - _SHOWN
    rest = f"{told('more problems', lang, count=more)}\n" if more > 0 else ""
    return f"{told('problems', lang, count=len(findings))}\n\n{text}{rest}"


def _folded(text: str) -> str:
    return "".join(f"{line}\n" for line in fold(text, 80))


def _typed(name: str) -> str:
    return f'"{visible(name)}"' if " " in name else visible(name)


def _without_line(finding: Diagnostic) -> Diagnostic:
    place, related = _bare(finding.place), tuple(_bare(place) for place in finding.related)
    return Diagnostic(
        code=finding.code, place=place, case=finding.case, args=finding.args, hint=finding.hint, related=related
    )


def _bare(place: Place) -> Place:
    return Place(
        file=place.file,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
        sheet=place.sheet,
        cell=place.cell,
    )


# ---------------------------------------------------------------- data


def _table_data(table: Inspected, lang: Lang) -> dict[str, Any]:
    source = table.proposal.source
    return {
        "sheet": table.sheet,
        "header": list(table.header),
        "rows": table.rows,
        "platform": table.vendor.vendor.id if table.vendor else None,
        "recognised_by": reason(table, lang),
        "kind": source.kind,
        "name": source.name,
        "columns": [_column_data(column, table) for column in table.proposal.columns],
    }


def _column_data(column: Profile, table: Inspected) -> dict[str, Any]:
    questions: Sequence[str] = [name for name, asked in table.proposal.questions.items() if asked == column]
    return {
        "column": letter(column),
        "header": column.header,
        "title": column.title or None,
        "kind": column.kind,
        "filled": column.filled,
        "blank": column.blank,
        "different": column.distinct,
        "question": questions[0] if questions else None,
        "scale": list(column.scale) if column.scale else None,
        "answers": dict(column.answers),
        "low": column.low or None,
        "high": column.high or None,
    }
