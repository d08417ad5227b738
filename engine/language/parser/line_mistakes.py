"""What went wrong at a line's head, or between head and cell: no name, a lost colon or dash, a misplaced weight.

As in `mistakes`, a hint is given only where it reads and changes nothing but the slip.
"""

import re

from engine.diagnostics import Diagnostic
from engine.language.parser.lost_signs import decimal_sign
from engine.language.parser.mistakes import unpaired
from engine.language.parser.recogniser import reads
from engine.language.text import Text, clean, placed
from engine.source import Source, Span, place_of

_LEADING_DIGIT = re.compile(r"^\d")


_LETTER = re.compile(r"(?:(?<=\s)[lIOo](?=[.\d])|(?<=\d)[lIOo](?![A-Za-z]))[\d.lIOo]*")


def letter_in(text: Text, source: Source) -> Diagnostic | None:
    """E209: 2O% or O.3, a letter where a digit of the weight belongs."""
    match = _LETTER.search(text.folded)
    if match is None:
        return None
    return Diagnostic(
        code="E209", case="letter", place=placed(text, source, *match.span()), args={"text": text.shown.strip()}
    )


def misread_head(text: Text, line: Text, source: Source) -> Diagnostic:
    """The finding for a line head that is no name: E211, E208, E212, or E201 with the name in quotes."""
    wrong = decimal_sign(text, source) or letter_in(text, source)
    if wrong:
        return wrong
    name, weight = _split_weight(text.shown)
    numbered = re.match(r"\s*(?:\d+|[A-Za-z]|[①-⑩])\s*[、.．)）]\s*(?=\S)", text.shown)
    if numbered and reads(text.shown[numbered.end() :], "head") is not None:
        place = placed(text, source, *numbered.span())
        return Diagnostic(
            code="E211",
            case="numbered",
            place=place,
            hint=line.shown[numbered.end() :],
            args={"name": numbered[0].strip()},
        )
    hint = f"“{name}”{weight}{line.shown[len(text.shown) :]}"
    if unpaired(text.folded) is not None:
        at = unpaired(text.folded) or 0
        return Diagnostic(code="E208", place=placed(text, source, at, at + 1), args={"sign": text.shown[at]})
    if _LEADING_DIGIT.match(text.folded):
        return Diagnostic(code="E211", place=placed(text, source, 0, len(name)), hint=hint, args={"name": name})
    if re.search(r"^\s*[、,]|[、,]\s*[、,]|[、,]\s*$", text.folded):
        return Diagnostic(code="E212", place=placed(text, source), args={"text": text.shown})
    if not text.folded.strip():
        return Diagnostic(code="E201", case="no_name", place=placed(line, source), args={"text": line.shown})
    nameable = name and '"' not in text.folded and not _NO_NAME.search(clean(name, 0).folded)
    quotable = nameable and reads(f"“{name}”{weight}", "head") is not None
    return Diagnostic(
        code="E201", case="head", place=placed(text, source), hint=hint if quotable else None, args={"text": text.shown}
    )


# A rule, a list or a quantity is not made a name by quotes.
_NO_NAME = re.compile(
    r"^-|-\s|[,;:。]|每|[扣得加]\s*\d|\s[\dlIOo][\d.·lIOo]*\s*\S{0,8}$|\d\s*(?:次|个?百分点)|\b(?:per|deduct)\b",
    re.IGNORECASE,
)


def lost_dash(word: Text, line: Text, source: Source) -> Diagnostic:
    """E201: a line that begins with 等级： or 各项： says something about the line above it and lacks its dash."""
    place = placed(word, source)
    return Diagnostic(code="E201", case="dash", place=place, hint=f"- {line.shown}", args={"text": word.shown})


def _split_weight(shown: str) -> tuple[str, str]:
    # A number that touches letters belongs to the name (PM2.5).
    weight = r"(?:(?:权重|重要度|占|weight)\s*)?\d+(?:\.\d+)?\s*(?:%|％|分|points?)?\s*$"
    match = re.search(r"(?:\s+|(?<![A-Za-z.\d]))" + weight, shown)
    return (shown[: match.start()].strip(), shown[match.start() :]) if match and match.start() else (shown.strip(), "")


def weight_in_cell(head: Text, cell: Text, rest: Text, source: Source, span: Span) -> Diagnostic:
    """E207: 产品质量：50%，问卷Q1均值, the weight belongs before the colon."""
    colon = "：" if not head.shown.isascii() else ": "
    after = rest.shown.strip()
    hint = f"{head.shown} {cell.shown.strip()}{colon if after else ''}{after}"
    return Diagnostic(code="E207", place=place_of(source, span), hint=hint, args={"weight": cell.shown.strip()})
