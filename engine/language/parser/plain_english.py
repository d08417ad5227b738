"""An English cell in the words of the grammar: numbers in words as figures, what changes no score as blanks.

What is read in place of other words is as long as they are, or stands in the source where the words behind it do.
"""

import re
from fractions import Fraction

from engine.language.text import Text, blanks, in_english, inserted

_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: str(i) for i, word in enumerate(_SMALL, 1)} | {
    "zero": "0", "a": "1", "half": "0.5", "half a": "0.5", "a half": "0.5", "one half": "0.5", "one-half": "0.5",
    "1/2": "0.5", "1/4": "0.25", "3/4": "0.75", "½": "0.5", "¼": "0.25", "¾": "0.75", "fifteen": "15", "twenty": "20",
    "twenty-five": "25", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy-five": "75",
    "eighty": "80", "ninety": "90", "one hundred": "100",
}  # fmt: skip
# Words that say more than a number unless points follow: a score of zero, half marks, if a point is open.
_OF_POINTS = ("a", "half", "½", "¼", "¾", "1/2", "1/4", "3/4")


def in_words(word: str) -> Fraction | None:
    """The number that an English word says."""
    said = _NUMBERS.get(word.lower())
    return None if said is None else Fraction(said)


def plain_english(text: Text) -> Text:
    """The text of a cell with its English as the grammar has it; a cell in Chinese as it is."""
    if not in_english(text.shown):
        return text
    return _in_order(_with_verbs(_without_scope(_in_full(_in_signs(_in_figures(text))))))


# Compiled by `re` when first needed. A word says a number before what is counted in figures, in a range, behind a
# comparison, and at the start of a sentence; elsewhere it is a word (if one of the seals is broken).
_POINT = r"[\s-]+(?:points?|marks?|pts?|demerits?)\b"
_COUNTED = (
    rf"{_POINT}|[\s-]+(?:per\s?cent|percentage|decimals?|times\b|highest\b|lowest\b"
    r"|(?:(?:working|business|calendar|full|whole|additional|further)\s+)?(?:second|minute|hour|day|week|month)s?\b)"
    r"|\s+(?:or|and)\s+(?:more|fewer|less|above|over|under|below)\b"
)
_COMPARED = (
    r"(?:\b(?:than|least|most|up to|over|under|above|below|within|between|exceeds?|exceeding|best|worst|every|each|per)"
    r"|(?:^|[,;:.])) *$"
)
_TAKEN = r"(?:^|[,;:.]|\b(?:deduct|lose|minus|subtract|add|gain|earn|award|cost|forfeit)s?|\bby|\blost)\s*$"


def _in_figures(text: Text) -> Text:
    """Deduct two points for every three errors: deduct 2 points for every 3 errors."""
    folded = text.folded
    words = "|".join(sorted(_NUMBERS, key=len, reverse=True))
    if not re.search(rf"(?<![\w/-])(?:{words})(?![\w/])", folded, re.IGNORECASE):
        return text

    def figure(match: re.Match[str]) -> str:
        word, before, behind = match[0].lower(), folded[: match.start()], folded[match.end() :]
        joined = rf"(?:{words}|\d+)"
        to = rf"\s+(?:to|or)\s+{joined}\b", rf"(?:\b{joined}\s+(?:to|or)|\bbetween\s+{joined}\s+and)\s+$"
        ranged = re.match(to[0], behind, re.IGNORECASE) or re.search(to[1], before, re.IGNORECASE)
        if not ranged and not _says_number(word, before, behind):
            return match[0]
        return _NUMBERS[word].rjust(len(word)) if behind[:1] == "-" else _NUMBERS[word].ljust(len(word))

    folded = re.sub(rf"(?<![\w/-])(?:{words})(?![\w/])", figure, folded, flags=re.IGNORECASE)
    return Text(text.shown, folded, text.offsets)


def _says_number(word: str, before: str, behind: str) -> bool:
    """Whether a word says a number between these others."""
    if word in _OF_POINTS:
        points = re.match(r"[\s-]+(?:point|mark)\b" if word == "half" else _POINT, behind, re.IGNORECASE)
        if word == "a" and re.match(r"\s+(?:mark|point) of\b", behind, re.IGNORECASE):  # a mark of zero
            return False
        return bool(points) and (word != "a" or bool(re.search(_TAKEN, before, re.IGNORECASE)))
    if re.match(r"(?:\s+per\s?cent)?\s*\(", behind, re.IGNORECASE):  # four (4) hours: said in figures, too
        return False
    if word == "zero" or re.match(_COUNTED, behind, re.IGNORECASE):
        return word != "zero"
    if re.search(_TAKEN, before, re.IGNORECASE) and re.match(r"\s+(?:for|per|if|when|each|every)\b", behind):
        return True
    named = re.match(r"\s+(?!of\b)[a-z]", behind)
    return bool(named) and bool(re.search(_COMPARED, before, re.IGNORECASE))


_ARROW = r"-{1,2}>|={1,2}>|→|⇒"
_BULLET = r"^\s*[•●▪◦‣*✓☐□■]\s+"
_GLUED = r"(?<=\d)(?=(?:[Pp]oints?|[Pp]ts?|[Mm]arks?|s|secs?|mins?|hrs?|h|days?)\b)"


_POINT_FIRST = r"(?:(?<=^)|(?<=[\s(+-]))\.(?=\d)"
# Four marks are awarded for every answer, and for every error …: another rule begins.
_ALSO = r"(?:(?<=warded )|(?<=ducted )|(?<=points )|(?<=.marks ))and(?= (?:for )?(?:each|every)\b)"


# Availability: 95% and above - 10; below 95% - 4; Service: good = 3, poor = 0: what each mark is for, and of what.
_DASHED = r"(?<=\S) - (?=\d+(?:\.\d+)?\s*(?:[;,]|$))"
_RATED = r"^\s*[A-Z][A-Za-z /-]*: (?=(?:[A-Za-z][A-Za-z -]*[=:] ?\d+(?:\.\d+)?\s*(?:[;,]\s*|$)){2,}$)"


def _in_signs(text: Text) -> Text:
    """5pts is 5 pts, an arrow a colon; 1 or 2 errors are one to two; what begins a line is a blank.

    Each expression is asked only where its sign stands: most cells hold none, and none is then compiled.
    """
    folded = text.folded
    if any(sign in folded for sign in ">→⇒"):
        folded = re.sub(_ARROW, lambda m: ":".rjust(len(m[0])), folded)
    if not folded.lstrip()[:1].isalnum():
        folded = re.sub(_BULLET, blanks, folded)
    if ": " in folded:
        folded = re.sub(_RATED, blanks, folded)
    if " - " in folded and 1 < len(re.findall(_DASHED, folded)) == len(re.split("[;,]", folded)):
        folded = re.sub(_DASHED, " : ", folded)
    if "°" in folded:
        folded = re.sub(r"°(?=\s*[CF]\b)", " ", folded)
    if " or " in folded:
        folded = re.sub(r"\b(\d+) or (\d+)\b", _neighbours, folded)
    if "and " in folded:
        folded = re.sub(_ALSO, ";".ljust(3), folded, flags=re.IGNORECASE)
    glued = [found.start() for found in re.finditer(_GLUED, folded)]
    text = inserted(Text(text.shown, folded, text.offsets), [(at, at, " ") for at in glued])
    if "." not in folded:
        return text
    return inserted(text, [(found.start(), found.start(), "0") for found in re.finditer(_POINT_FIRST, text.folded)])


def _neighbours(match: re.Match[str]) -> str:
    """1 or 2: 1 to 2."""
    return f"{match[1]} to {match[2]}" if int(match[2]) == int(match[1]) + 1 else match[0]


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
    r"(?:then )?(?:you|they|we|it|he|she|(?:the|your|its|their|an?|each) [a-z]+)(?='ll | (?:will |shall )?"
    r"(?:lose|forfeit|receive|gain|earn|get)s? (?:an? )?\d)(?:'ll)?"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LATER = (
    r"(?<=each |very |.per |.any )[a-z][a-z -]*? (?:after|beyond|past|following) the (?:first )?"
    rf"(?P<nth>{'|'.join((*_ORDINALS, *_SMALL))}|\d+(?:st|nd|rd|th)?)(?: one)?"
    r"(?=\s*(?:[,;:.=]|$| (?:will|shall|costs?|results?|is|loses?)\b))"
)


def _beyond(match: re.Match[str]) -> str:
    """Each absence after the third: each occurrence above 3."""
    nth = match["nth"].lower()
    at = next((words.index(nth) + 1 for words in (_ORDINALS, _SMALL) if nth in words), None)
    return f"occurrence above {int(re.sub('[a-z]+', '', nth)) if at is None else at}"


_VERB_BEHIND = (
    rf"({_POINTS})( (?:per|for each|for every|each|every) [a-z][a-z '-]*?) ({_MOVED})"
    r"(?=[\s.]*(?:[,;)]|$)| (?:if|when|where|for|up to|to a|with|until|from)\b)"
)

# What English says shortly or in another order: words of which one must stand in the cell, so that most expressions are
# never compiled; the expression; and what is read in its place.
_SHORT = (
    (("- ", "— "), rf"(?:(?<=\S) [-—]|(?<=\S)—) ?(?={_BEGINS_EFFECT}\b)", " : "),
    (("- ", "— "), r"(?<=\S) [-—] (?=(?:max|maximum|at most|up to|not to exceed|minimum)\b)", ", "),
    (("- ",), r"(?:^|(?<=: ))- (?=\d)", "-"),
    (("pts.", "pt."), r"(?<=\bpt)\.(?= [a-z(])|(?<=\bpts)\.(?= [a-z(])", ""),
    ((" a day", " a week", " an hour", " a minute", " a month"), rf"{_BEHIND_POINTS} an? (?=[hdwm][a-z]+)", " per "),
    (("/",), rf"{_BEHIND_POINTS} ?/ ?(?=[a-z])", " per "),
    (
        ("max", "limit", "tops"),
        rf"(?:up to )?({_POINTS}|\d+) (?:max(?:imum)?\.?|limit|tops)(?=\s*[).,;]|\s*$)",
        r"at most \1",
    ),
    (("(per", "(for ", "(each"), rf"{_BEHIND_POINTS} \(((?:per|for each|for every|each) [a-z '-]+)\)", r" \1"),
    (
        ("points)", "marks)", "pts)"),
        rf"(?<=...\d|...%|more|bove|over|gher|tter|ater|less|elow|nder|ewer|ower) \(({_POINTS})\)",
        r": \1",
    ),
    ((" thereof",), r", (or (?:any )?(?:part|portion|fraction) thereof),?", r" \1"),
    (("none", "nothing", "nil"), r"(?<=wise |...[:=] )(?:none|nothing|nil)(?=[\s.]*(?:[,;]|$))", "0"),
    (("there ",), r"(?<=[:,;] )there (?:is|are|will be|shall be) (?=an? )", ""),
    (("lose", "forfeit", "receive", "gain", "earn", "get"), rf"(?<=[:,;] ){_ACTING} ", ""),
    ((" per ", "each ", "every "), _VERB_BEHIND, r"\1 \3\2"),
    ((" after the ", " beyond the ", " past the ", " following the "), _LATER, _beyond),
)


def _in_full(text: Text) -> Text:
    """Open gates - 2 points/gate: open gates: 2 points per gate; 2 points per gate lost: 2 points lost per gate."""
    lowered = text.folded.lower()
    for signs, short, full in _SHORT:
        if any(sign in lowered for sign in signs):
            found = re.finditer(short, text.folded, re.IGNORECASE)
            text = inserted(text, [(m.start(), m.end(), full(m) if callable(full) else m.expand(full)) for m in found])
    return text


# Of what the points are, behind them: no marks for this section, 5 points from the final grade of the course.
_WHOLE_OF = (
    r"(?:score|grade|mark|rating|total|result|item|section|part|category|criterion|question|component|element|indicator"
    r"|assignment|coursework|course|exam|test|quiz|paper|lab|project|evaluation|assessment|inspection|audit|review"
    r"|month|quarter|period|semester|term|event|match|round|shift|week|day)s?"
)
_SCOPE = (
    r"(?:(?<=points|.marks|...pts|.point|..mark|....pt|credit|.grade|.score|uction|.given|warded)|(?<=zero)|(?<=\ba 0))"
    r" (?:for|on|in(?! the event)|from|off|of|to) (?:(?:this|that) [a-z-]+"
    rf"|(?:the|this|that|your|its|their|his or her)(?: [a-z'’-]+){{0,3}}? {_WHOLE_OF})\b"
    r"(?: (?!and |if |when )[a-z]+(?=[.,;:]|$))?(?: \(\d+ (?:points|marks)\))?"
    r"(?: (?:of|for|in|on) (?:the|this|that|your|its|their) [a-z'’ -]+?(?=[.,;:]|$| (?:will|shall|is|if|when)\b))?"
)
_REGARDLESS = (
    r",? (?:regardless|irrespective) of [^,;.:]*(?=[.;:]|$)|(?<=zero) for all [a-z ]+(?=[.,;:]|$)"
    r"|(?<=of delay) in [a-z ]+?(?=[.,;:]|$)|(?<=: )(?:the |an? )?[a-z]+ (?=(?:will |shall )?(?:lose|forfeit)s? )"
    r"|(?<=\bday late) (?:your|the|an?|it) ?[a-z ]*?\b(?:is|are|was)(?=[.,;:]|$)"
)


# A cell without any of these holds neither; this is asked in a fraction of the time.
_OF_SOMETHING = (
    r"\b(?:the|this|that|your|its|their|his|her)\b|regardless|irrespective|zero for|delay in|lose|forfeit|day late"
)


def _without_scope(text: Text) -> Text:
    """No marks for this section: no marks."""
    folded = text.folded
    if not re.search(_OF_SOMETHING, folded, re.IGNORECASE):
        return text
    for scope in (_SCOPE, _REGARDLESS):
        folded = re.sub(scope, blanks, folded, flags=re.IGNORECASE)
    return text if folded == text.folded else Text(text.shown, folded, text.offsets)


# What says of all points behind it that they are taken: Deductions: 2 points per error; points are lost as follows.
_HEADING = (
    r"^\s*(?:the )?(?:(?:usual|following|possible) )*(?:deductions?|penalt(?:y|ies)|deduct|(?:points|marks) "
    r"(?:(?:are|will be|shall be) )?(?:deducted|lost))(?: (?:are|is|as follows))*\s*(?:(?<=are)|(?<=follows)|:)(?= )"
)
_HEADED = ("the ", "usual", "following", "possible", "deduct", "penalt", "points", "marks")
_BARE = (
    r"(?<![\d.])(?<!to )(?<!up )(?<!max )(?<!of )\b\d+(?:\.\d+)?\s*(?:points?|marks?|pts?)\s+"
    r"(?=(?:per|each|every|for|if|when)\b)"
)


def _with_verbs(text: Text) -> Text:
    """Deductions: 2 points per error, 5 points per defect: deduct 2 points per error, deduct 5 points per defect."""
    begins = text.folded.lstrip().lower().startswith(_HEADED)
    heading = re.match(_HEADING, text.folded, re.IGNORECASE) if begins else None
    if heading is None or re.search(r"\+|\b(?:bonus|gain|add|award|earn|extra|plus)", text.folded, re.IGNORECASE):
        return text
    points = [
        found.start() for found in re.finditer(_BARE, text.folded, re.IGNORECASE) if found.start() >= heading.end()
    ]
    if not points:
        return text
    folded = " " * heading.end() + text.folded[heading.end() :]
    return inserted(Text(text.shown, folded, text.offsets), [(at, at, "deduct ") for at in points])


_RANGE = (
    r"(?:[<>≥≤]|(?:less|more|fewer|greater|higher|lower) than\b|(?:below|above|over|under|between|within)\b"
    r"|at (?:least|most)\b|(?:no|not) (?:more|less) than\b|\d+\+|\d+(?:\.\d+)?(?:%|[ ]?[a-z]+)?(?: ?- ?| to )\d"
    r"|\d+(?:\.\d+)?(?:%|(?: [a-z]+)? (?:or|and) (?:more|less|above|below|over|under|fewer|higher|lower|better)\b))"
)
_POINTS_FIRST = (
    r"(?:^|(?<=[;,.])|(?<=[;,.] ))\s*\d+(?:\.\d+)?(?P<unit>\s*(?:points?|marks?|pts?))?"
    rf"(?P<sign>\s*[:=]\s*|\s+-\s+|\s+(?=if|for|when))(?P<when>(?:if|for|when) )?(?={_RANGE})"
)
_POINTS_OF_NAMES = (
    r"(?:^|(?<=[;,]))\s*(?:10|\d)(?:\.5)?(?P<unit>\s*(?:points?|marks?|pts?))?(?P<sign>\s*[:=]\s*|\s+-\s+)"
    r"(?=[A-Za-z][A-Za-z-]{2})"
)
_SIGN_BETWEEN = (
    r"(?<=points|.marks|...pts|.point|..mark|...off|ducted|uction)\s*[:=-]\s+(?=(?:per|each|every|for|if|when)\b)"
)


def _in_order(text: Text) -> Text:
    """10 points: 95% or more; 5 = 90-94%: 10 points if 95% or more, 5 points if 90-94%."""
    folded = text.folded
    if re.search("[:=-] ", folded) and re.search(_SIGN_BETWEEN, folded, re.IGNORECASE):
        text = Text(text.shown, re.sub(_SIGN_BETWEEN, blanks, folded, flags=re.IGNORECASE), text.offsets)
    found = list(re.finditer(_POINTS_FIRST, text.folded, re.IGNORECASE))
    named = list(re.finditer(_POINTS_OF_NAMES, text.folded)) if re.search("[:=]| - ", text.folded) else []
    if 1 < len(named) == len(re.split("[;,]", text.folded)):  # 2 = fully met; 1 = partly met; 0 = not met
        found = named
    found = [m for m in found if m["unit"] or len(found) > 1]
    changes: list[tuple[int, int, str]] = []
    for m in found:
        unit, when = "" if m["unit"] else " points", "" if m.groupdict().get("when") else "if "
        if unit or when:
            changes.append((m.start("sign"), m.end("sign"), f"{unit} {when}"))
    return inserted(text, changes)
