"""What English says shortly or in another order, as the grammar has it: 2 points/gate, 10 points max."""

import re

from engine.language.seldom import Seldom
from engine.language.text import Text, inserted

SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_POINTS = r"(?<![\d.])\d+(?:\.\d+)?[ -]?(?:points?|marks?|pts?)"
_BEHIND_POINTS = r"(?:(?<=points|.marks|...pts|.point|..mark|...off|ducted)|(?<=[-+]\d)|(?<=[-+]\d\d)|(?<=[-+]\d\.\d))"
_MOVED = (
    r"(?:will be |shall be |should be |are |is |to be )?(?:deducted|lost|subtracted|removed|taken off|docked|forfeited"
    r"|added|awarded|given|earned|credited)|off|deduction|penalty"
)
_BEGINS_EFFECT = (
    r"(?:deduct|lose|minus|subtract|add|score|plus|costs?|will|you|no (?:marks|points|credit)|zero|full|automatic"
    r"|[-+]\d|(?:an? )?(?:deduction|penalty|loss)"
    rf"|(?:an? )?{_POINTS}[ -](?:off|lost|deduct|penalty|reduction|loss|bonus|will|are|is))"
)
_ACTING = (
    r"(?:then )?(?:you|they|we|it|he|she|(?:the|your|its|their|an?|each) [a-z]+)(?=(?:'ll | (?:will |shall )?)"
    r"(?:lose|forfeit|receive|gain|earn|get)s? (?:an? )?\d)(?:'ll)?"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LATER = (
    r"(?<=each |very |.per |.any )[a-z][a-z -]*? (?:after|beyond|past|following) the (?:first )?"
    rf"(?P<nth>{'|'.join((*_ORDINALS, *SMALL))}|\d+(?:st|nd|rd|th)?)(?: one)?"
    r"(?=\s*(?:[,;:.=]|$| (?:will|shall|costs?|results?|is|loses?)\b))"
)


def _beyond(match: re.Match[str]) -> str:
    """Each absence after the third: each occurrence above 3."""
    nth = match["nth"].lower()
    at = next((words.index(nth) + 1 for words in (_ORDINALS, SMALL) if nth in words), None)
    return f"occurrence above {int(re.sub('[a-z]+', '', nth)) if at is None else at}"


def _short(expression: str, *signs: str) -> Seldom:
    return Seldom(expression, re.IGNORECASE, signs=signs)


_VERB_BEHIND = (
    rf"({_POINTS})( (?:per|for each|for every|each|every) [a-z][a-z '-]*?) ({_MOVED})"
    r"(?=[\s.]*(?:[,;)]|$)| (?:if|when|where|for|up to|to a|with|until|from)\b)"
)
_OR_MORE = (
    r"\b(\d+) (?!(?:(?:working|business|calendar) )?(?:second|sec|minute|min|hour|hr|day|week|month|point|mark|pt)s?\b"
    r"|(?:h|s|pp|per ?cent|percentage|or|to)\b)"
    r"([a-z]+(?: (?!or\b)[a-z]+)?) (or (?:fewer|less|more|above|over|under|below))\b"
)
_SEVERITY = (
    r"(\d+(?:\.\d+)? ?(?:-|to) ?\d+(?:\.\d+)? (?:points?|marks?|pts?) (?:per|for) [^,;]*?),? "
    r"(?:depending on|based on|according to) (?:the |its )?(?:severity|seriousness|extent)\b"
)
_OF_TARGET = (
    r"(?:(?<=%)(?<!means 1%)|(?<=bove|more|over|gher|less|elow)) of (?:the )?(?:target|plan|goal|quota|budget)\b"
    r"(?=\s*[:;,=-]| (?:or|and|is|gets|earns|scores|receives)\b)"
)
_TIME_AFTER = (
    rf"(?:{_BEHIND_POINTS}|(?<=credit|.given|warded)|(?<=zero)) after (?=\d+ (?:(?:working|business) )?[mhdw][a-z]+)"
)
_SPAN = r"(?<=[:=] )-(\d+(?:\.\d+)?) ?(?:to|~|-) ?-?(\d+(?:\.\d+)?)(?=[\s.]*(?:[,;)]|$))"
_MINUS = r"(?<=\ba) -(?=\d+(?:\.\d+)?[ -](?:points?|marks?|pts?)[ -](?:penalty|deduction|reduction|loss)\b)"

# What English says shortly or in another order, and what is read in its place.
_SHORT = (
    (_short(_OR_MORE, " or "), r"\1 \3 \2"),
    (_short(_SEVERITY, "severity", "seriousness", "extent"), r"\1"),
    (_short(r"^\s*full (?:marks|points|credit),? (?=(?:minus|less) \d)", "full "), ""),
    (_short(_SPAN, "-"), r"deduct \1 to \2 points"),
    (_short(rf"(?<=\S)(?: [-—] |—)(?={_BEGINS_EFFECT}\b)", " - ", "—"), " : "),
    (_short(r"(?<=\S) [-—] (?=(?:max|maximum|at most|up to|not to exceed|minimum)\b)", " - ", " — "), ", "),
    (_short(r"(?:^|(?<=: ))- (?=\d)", "- "), "-"),
    (_short(r"(?<=\+)(\d+(?:\.\d+)?) bonus(?! [a-z]*(?:points?|marks?|pts?)\b)", " bonus"), r"\1 bonus points"),
    (_short(_MINUS, " -"), " "),
    (_short(r"(?<=\bof )(\d+(?:\.\d+)?)-(?=(?:points?|marks?)\b)", "of "), r"\1 "),
    (_short(r"(?<=penali[sz]ed )(\d+(?:\.\d+)? (?:points?|marks?)) off\b", "penalised ", "penalized "), r"\1"),
    (_short(r"(?<=given|arded) to (?=[a-z])", " to "), " for "),
    (_short(r"(?<=\bpt)\.(?= [a-z(])|(?<=\bpts)\.(?= [a-z(])", "pt", "pts"), ""),
    (_short(rf"{_BEHIND_POINTS} an? (?=[hdwm][a-z]+)", " a ", " an "), " per "),
    (_short(rf"{_BEHIND_POINTS} ?/ ?(?=[a-z])", "/"), " per "),
    (
        _short(rf"(?:up to )?({_POINTS}|\d+) (?:max(?:imum)?\.?|limit|tops)(?=\s*[).,;]|\s*$)", "max", "limit", "tops"),
        r"at most \1",
    ),
    (
        _short(rf"{_BEHIND_POINTS} \(((?:per|for each|for every|each) [a-z '-]+)\)", "("),
        r" \1",
    ),
    (
        _short(
            rf"(?<=...\d|...%|more|bove|over|gher|tter|ater|less|elow|nder|ewer|ower) \(({_POINTS})\)",
            "point", "mark", "pt",
        ),
        r": \1",
    ),
    (_short(r", (or (?:any )?(?:part|portion|fraction) thereof),?", " thereof"), r" \1"),
    (_short(_OF_TARGET, " of "), ""),
    (_short(r",? (?:no exceptions|without exceptions?)(?=[\s.]*(?:[,;]|$))", " exception"), ""),
    (_short(_TIME_AFTER, " after "), " if over "),
    (_short(r"(?<=wise |...[:=] )(?:none|nothing|nil)(?=[\s.]*(?:[,;]|$))", "none", "nothing", "nil"), "0"),
    (_short(r"(?<=[:,;] )there (?:is|are|will be|shall be) (?=an? )", "there "), ""),
    (_short(rf"(?<=[:,;] ){_ACTING} ", "lose", "forfeit", "receive", "gain", "earn", "get"), ""),
    (_short(_VERB_BEHIND, " per ", " for each ", " for every ", " each ", " every "), r"\1 \3\2"),
    (_short(_LATER, " after the ", " beyond the ", " past the ", " following the "), _beyond),
)  # fmt: skip


_AROUND = Seldom(
    r"(?P<out>(?:more than|over|beyond|above|outside|exceeding|>) )?(?:within )?(?:±|\+/-) ?(\d+(?:\.\d+)?)( ?%)?",
    re.IGNORECASE,
    signs=("±", "+/-"),
)


def _around(text: Text) -> Text:
    """Within ±2%: -2% to 2%; over ±2% behind it: otherwise."""
    found = list(_AROUND.finditer(text.folded))
    inside = {m[2] for m in found if not m["out"]}
    if any(m["out"] and m[2] not in inside for m in found):
        return text
    said = [(*m.span(), "otherwise" if m["out"] else f"-{m[2]}{m[3] or ''} to {m[2]}{m[3] or ''}") for m in found]
    return inserted(text, said)


def in_full(text: Text) -> Text:
    """Open gates - 2 points/gate: open gates: 2 points per gate; 2 points per gate lost: 2 points lost per gate."""
    text = _around(text)
    for short, full in _SHORT:
        found = short.finditer(text.folded)
        text = inserted(text, [(m.start(), m.end(), full(m) if callable(full) else m.expand(full)) for m in found])
    return text
