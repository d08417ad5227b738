"""A text with what a finding proposes in the place of what it is proposed for."""

from engine.diagnostics import Diagnostic

# What is proposed is to be written besides what stands there: a total, a key that is missing, who owns a bound.
_BESIDES = ("E008", "E009", "E401", "E407", "E503")
# The whole line is proposed, without the blanks it begins with.
_LINE = {
    *(("E111", case) for case in ("", "space", "lost", "dash", "bar")),
    *(("E113", "same line"), ("E002", "colon"), ("E201", "head"), ("E201", "dash")),
    *(("E206", ""), ("E207", ""), ("E211", ""), ("E211", "numbered")),
}


def repaired(text: str, finding: Diagnostic) -> str | None:
    """The text as the finding proposes it; None where it proposes nothing, or nothing instead of what stands there."""
    hint, place = finding.hint, finding.place
    if (
        hint is None
        or finding.code in _BESIDES
        or (finding.code, finding.case) in (("E409", "unit"), ("E409", "scheme"))
    ):
        return None
    starts = [0, *(at + 1 for at, sign in enumerate(text) if sign == "\n"), len(text) + 1]
    first, end = starts[place.line - 1], starts[place.line] - 1
    stretch = slice(first + place.column - 1, starts[place.end_line - 1] + place.end_column - 1)
    line = text[first:end]
    between_brackets = finding.code == "E111" and len(text[stretch]) > 1
    match finding.code:
        case "E202":  # the whole sentence is shown, one word of it is wrong
            return f"{text[: stretch.start]}{finding.args['meant']}{text[stretch.stop :]}"
        case "E208":  # the sentence is shown with the other half of the pair
            return text[:first] + line.replace(hint[:-1], hint, 1) + text[end:]
        case "E101" | "E102":  # the line with its blanks
            return text[:first] + hint + text[end:]
        case _ if (finding.code, finding.case) in _LINE and not between_brackets:
            return text[: first + len(line) - len(line.lstrip())] + hint.strip() + text[end:]
        case _:
            return text[: stretch.start] + hint + text[stretch.stop :]
