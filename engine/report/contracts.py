"""The `data:` part of a policy, written from a file that was looked at: YAML to be pasted, with comments."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from unicodedata import category

from engine.data.inspection import Inspected, Inspection
from engine.data.profiles import Profile
from engine.data.proposals import is_usable
from engine.diagnostics import Lang
from engine.language.policy import DataSource
from engine.report.inspections import answers_of, contents, letter, reason, short
from engine.report.phrases_of_files import KINDS, told
from engine.report.text import fold, visible

_PLAIN = re.compile(r"[A-Za-z0-9_㐀-鿿][A-Za-z0-9_㐀-鿿、.()（）/<>+%？…\[\] -]*(?<! )")
_ORDERS = {"mdy": ("月-日-年", "month-day-year"), "dmy": ("日-月-年", "day-month-year")}
_MARGIN = "    "


def render_contract(found: Inspection, lang: Lang) -> str:
    """One source for each table of the file."""
    lines = [line for table in found.tables for line in _about(table, lang)]
    lines.append("data:")
    for table in found.tables:
        lines += _source(table, lang)
    return "".join(f"{line}\n" for line in lines)


def scalar(text: str, *, inline: bool = False) -> str:
    """A text as a YAML value on one line, in quotes where it needs them; invisible characters are left out."""
    clean = "".join(c for c in " ".join(text.split()) if category(c) not in ("Cc", "Cf", "Cs"))
    if _PLAIN.fullmatch(clean) and clean.lower() != "null" and not (inline and set(clean) & set("[]")):
        return clean
    if '"' not in clean and "\\" not in clean:
        return f'"{clean}"'
    return "'" + clean.replace("'", "''") + "'"


def _about(table: Inspected, lang: Lang) -> Iterator[str]:
    said = [reason(table, lang)]
    if table.vendor is not None:
        vendor = table.vendor.vendor
        numeric = {column.kind for column in table.proposal.questions.values()} == {"scale"}
        cautions = (*vendor.cautions, *(vendor.of_numbers if numeric else ()))
        said += [caution[lang].replace("{date}", table.proposal.source.date or "") for caution in cautions]
    for sentence in said:
        yield from _comment(sentence, "")


def _comment(text: str, margin: str, indent: str = "") -> list[str]:
    first, *rest = fold(visible(text), 76 - len(margin) - len(indent))
    return [f"{margin}# {indent}{first}", *(f"{margin}# {indent}  {line}" for line in rest)]


def _source(table: Inspected, lang: Lang) -> Iterator[str]:
    source, columns = table.proposal.source, table.proposal.columns
    yield f"  {source.name}:"
    yield f"{_MARGIN}kind: {source.kind}"
    yield f"{_MARGIN}file: {scalar(source.file)}  # {told('folder', lang)}"
    yield from _settings(source, lang)
    unclear = [c for c in columns if c.kind == "date" and c.order == "?"]
    yield from _comment(told("which order", lang), _MARGIN) if unclear else ()
    if source.layout == "wide":
        yield f"{_MARGIN}layout: wide"
    if source.columns:
        yield f"{_MARGIN}columns: {_mapping(source.columns)}"
    yield from _questions(table, lang)
    if source.texts:
        yield f"{_MARGIN}texts: [{', '.join(scalar(text, inline=True) for text in source.texts)}]"
    yield from _left_out(table, lang)
    yield from _comment(_used(source, lang), _MARGIN)


def _settings(source: DataSource, lang: Lang) -> Iterator[str]:
    rows = f"{source.header}-{source.header_end}" if source.header_end else str(source.header or "")
    settings = {"sheet": source.sheet, "encoding": source.encoding, "header": rows}
    settings |= {"key": source.key, "date": source.date}
    for key, value in settings.items():
        if value:
            yield f"{_MARGIN}{key}: {value if key == 'header' else scalar(value)}"
    if source.dates:
        yield f"{_MARGIN}dates: {_ORDERS[source.dates][lang == 'en']}"


def _questions(table: Inspected, lang: Lang) -> Iterator[str]:
    source = table.proposal.source
    if not source.questions:
        return
    yield f"{_MARGIN}questions:"
    for name, column in table.proposal.questions.items():
        seen = told("seen", lang, answers=short(answers_of(column, lang), 60))
        title = f"{short(visible(column.title), 60)}{'；' if lang == 'zh' else '; '}" if column.title else ""
        yield f"{_MARGIN}  {name}: {_question(source, name)}  # {title}{seen}"
        if others := table.proposal.unsure.get(name):
            readings = " / ".join(_numbers(reading) for reading in others)
            yield from _comment(told("unsure", lang, others=readings), f"{_MARGIN}  ")
    if source.answers:
        yield f"{_MARGIN}answers: {_numbers(source.answers)}"
    elif source.scale:
        yield f"{_MARGIN}answers: {_interval(source.scale)}"


def _question(source: DataSource, name: str) -> str:
    header = source.questions[name]
    if name in source.question_scales:
        return f"{{column: {scalar(header, inline=True)}, answers: {_interval(source.question_scales[name])}}}"
    if name in source.question_answers:
        return f"{{column: {scalar(header, inline=True)}, answers: {_numbers(source.question_answers[name])}}}"
    return scalar(header)


def _interval(scale: tuple[Fraction, Fraction]) -> str:
    return f"{scale[0]}-{scale[1]}"


def _numbers(answers: Mapping[str, Fraction]) -> str:
    return _mapping({answer: str(number) for answer, number in answers.items()})


def _mapping(values: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{scalar(k, inline=True)}: {scalar(v, inline=True)}" for k, v in values.items()) + "}"


def _left_out(table: Inspected, lang: Lang) -> Iterator[str]:
    """What of the file is not written, and why, as comments."""
    written = {table.proposal.source.key, table.proposal.source.date, *table.proposal.source.texts}
    asked: Sequence[Profile] = tuple(table.proposal.questions.values())
    columns = [c for c in table.proposal.columns if c.kind not in ("blank", "duration") and c not in asked]
    left = [c for c in columns if c.header not in written or not is_usable(c, table.proposal.columns)]
    if not left or table.proposal.source.kind == "values":
        return
    yield f"{_MARGIN}# {told('left out', lang)}"
    for column in left:
        yield from _comment(_left(column, table, lang), _MARGIN, "  ")


def _left(column: Profile, table: Inspected, lang: Lang) -> str:
    if not column.header:
        return told("nameless", lang, column=letter(column))
    header = short(column.header, 40)
    if not is_usable(column, table.proposal.columns):
        return told("twice", lang, header=header)
    colon = "：" if lang == "zh" else ": "
    comma = "，" if lang == "zh" else ", "
    return f"{header}{colon}{KINDS[column.kind][lang == 'en']}{comma}{contents(column, lang)}"


def _used(source: DataSource, lang: Lang) -> str:
    if source.questions:
        return told("used", lang, first=next(iter(source.questions)))
    return told("looked up", lang) if source.kind == "values" else told("counted", lang, name=source.name)
