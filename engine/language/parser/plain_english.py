"""An English cell in the words of the grammar: numbers in words as figures, what changes no score as blanks.

What is read in place of other words is as long as they are, or stands in the source where the words behind it do.
"""

import re
from fractions import Fraction

from engine.language import syntax as s
from engine.language.parser.building.worth import taken_or_given
from engine.language.parser.short_english import SMALL, in_full
from engine.language.seldom import Seldom
from engine.language.text import Text, blanks, in_english, inserted

_NUMBERS = {word: str(i) for i, word in enumerate(SMALL, 1)} | {
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
    return _in_order(_with_verbs(_without_scope(in_full(_in_signs(_in_figures(text))))))


# A word says a number before what is counted in figures, in a range, behind a
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


_ARROW = Seldom(r"-?->|=?=>|→|⇒", signs=("->", "=>", "→", "⇒"))
_BULLET = Seldom(r"^\s*[•●▪◦‣*✓☐□■]\s+", signs="•●▪◦‣*✓☐□■")
_GLUED = r"(?<=\d)(?=(?:[Pp]oints?|[Pp]ts?|[Mm]arks?|s|secs?|mins?|hrs?|h|days?)\b)"


_POINT_FIRST = Seldom(r"(?:(?<=^)|(?<=[\s(+-]))\.(?=\d)", signs=".")
# Four marks are awarded for every answer, and for every error …: another rule begins.
_ALSO = Seldom(
    r"(?:(?<=warded )|(?<=ducted )|(?<=points )|(?<=.marks ))and(?= (?:for )?(?:each|every)\b)",
    re.IGNORECASE,
    signs=("warded ", "ducted ", "points ", "marks "),
)
_ONE_OR_TWO = Seldom(r"\b(\d+) or (\d+)\b", signs=(" or ",))
_DEGREES = Seldom(r"°(?=\s*[CF]\b)", signs="°")


# Availability: 95% and above - 10; below 95% - 4; Service: good = 3, poor = 0: what each mark is for, and of what.
_DASHED = Seldom(r"(?<=\S) - (?=\d+(?:\.\d+)?\s*(?:(?:points?|marks?|pts?)\s*)?(?:[;,]|$))", signs=(" - ",))
_RATED = Seldom(
    r"^\s*[A-Z][A-Za-z /-]*: (?=(?:[A-Za-z][A-Za-z -]*[=:] ?\d+(?:\.\d+)?\s*(?:[;,]\s*|$)){2,}$)", signs=(": ",)
)


def _in_signs(text: Text) -> Text:
    """5pts is 5 pts, an arrow a colon; 1 or 2 errors are one to two; what begins a line is a blank."""
    folded = _ARROW.sub(lambda m: ":".rjust(len(m[0])), text.folded)
    folded = _RATED.sub(blanks, _BULLET.sub(blanks, folded))
    if 1 < len(list(_DASHED.finditer(folded))) == len(re.split("[;,]", folded)):
        folded = _DASHED.sub(" : ", folded)
    folded = _ONE_OR_TWO.sub(_neighbours, _DEGREES.sub(" ", folded))
    folded = _ALSO.sub(";".ljust(3), folded)
    glued = [found.start() for found in re.finditer(_GLUED, folded)]
    text = inserted(Text(text.shown, folded, text.offsets), [(at, at, " ") for at in glued])
    return inserted(text, [(found.start(), found.start(), "0") for found in _POINT_FIRST.finditer(text.folded)])


def _neighbours(match: re.Match[str]) -> str:
    """1 or 2: 1 to 2."""
    return f"{match[1]} to {match[2]}" if int(match[2]) == int(match[1]) + 1 else match[0]


# Of what the points are, behind them: no marks for this section, 5 points from the final grade of the course.
_WHOLE_OF = (
    r"(?:score|grade|mark|rating|total|result|item|section|part|category|criterion|question|component|element|indicator"
    r"|assignment|coursework|course|exam|test|quiz|paper|lab|project|evaluation|assessment|inspection|audit|review"
    r"|month|quarter|period|semester|term|event|match|round|shift|week|day)s?"
)
_SCOPE = Seldom(
    r"(?:(?<=points|.marks|...pts|.point|..mark|....pt|credit|.grade|.score|uction|.given|warded)|(?<=zero)|(?<=\ba 0))"
    r" (?:for|on|in(?! the event)|from|off|of|to) (?:(?:this|that) [a-z-]+"
    rf"|(?:the|this|that|your|its|their|his or her)(?! (?:first|last|next|following|previous)\b)(?: [a-z'’-]+){{0,3}}?"
    rf" {_WHOLE_OF})\b"
    r"(?: (?!and |if |when )[a-z]+(?=[.,;:]|$))?(?: \(\d+ (?:points|marks)\))?"
    r"(?: (?:of|for|in|on) (?:the|this|that|your|its|their) [a-z'’ -]+?(?=[.,;:]|$| (?:will|shall|is|if|when)\b))?",
    re.IGNORECASE,
    signs=("the", "this", "that", "your", "its", "his or her"),
)
_REGARDLESS = Seldom(
    r",? (?:regardless|irrespective) of [^,;.:]*(?=[.;:]|$)|(?<=zero) for all [a-z ]+(?=[.,;:]|$)"
    r"|(?<=of delay) in [a-z ]+?(?=[.,;:]|$)|(?<=: )(?:the |an? )?[a-z]+ (?=(?:will |shall )?(?:lose|forfeit)s? )"
    r"|(?<=\bday late) (?:your|the|an?|it) ?[a-z ]*?\b(?:is|are|was)(?=[.,;:]|$)",
    re.IGNORECASE,
    signs=("regardless", "irrespective", " for all ", "of delay", "lose", "forfeit", "day late"),
)


def _without_scope(text: Text) -> Text:
    """No marks for this section: no marks."""
    folded = _REGARDLESS.sub(blanks, _SCOPE.sub(blanks, text.folded))
    return text if folded == text.folded else Text(text.shown, folded, text.offsets)


# What says of all points behind it that they are taken: Deductions: 2 points per error; points are lost as follows.
_HEADING = Seldom(
    r"^\s*(?:the )?(?:(?:usual|following|possible) )*(?:deductions?|penalt(?:y|ies)|deduct|(?:points|marks) "
    r"(?:(?:are|will be|shall be) )?(?:deducted|lost))(?: (?:are|is|as follows))*\s*(?:(?<=are)|(?<=follows)|:)(?= )",
    re.IGNORECASE,
    signs=("deduct", "penalt", "marks ", "points "),
)
_GIVEN = Seldom(r"\+|\b(?:bonus|gain|add|award|earn|extra|plus)", re.IGNORECASE)
_BARE = Seldom(
    r"(?<![\d.])(?<!to )(?<!up )(?<!max )(?<!of )\b\d+(?:\.\d+)?\s*(?:points?|marks?|pts?)\s+"
    r"(?=(?:per|each|every|for|if|when)\b)",
    re.IGNORECASE,
)


def _with_verbs(text: Text) -> Text:
    """Deductions: 2 points per error, 5 points per defect: deduct 2 points per error, deduct 5 points per defect."""
    heading = _HEADING.match(text.folded)
    if heading is None:
        return _carried_on(text)
    if _GIVEN.search(text.folded):
        return text
    points = [found.start() for found in _BARE.finditer(text.folded) if found.start() >= heading.end()]
    if not points:
        return text
    folded = " " * heading.end() + text.folded[heading.end() :]
    return inserted(Text(text.shown, folded, text.offsets), [(at, at, "deduct ") for at in points])


# Deduct 5 points per major finding, 2 per minor finding: the verb of the first rule is that of the next.
_FIRST_VERB = Seldom(
    r"^\s*(?:(?:you )?(?:will )?(?P<verb>deduct|lose|subtract|minus|add|award|gain|earn)s? \d[^,;]*?"
    r"\b(?:per|each|every)\b"
    r"|\d+(?:\.\d+)? (?:points?|marks?|pts?) (?:(?:are|is|will be|shall be) )?(?:deducted|lost|off)"
    r" (?:per|for each|for every)\b)",
    re.IGNORECASE,
    signs=("per", "each", "every", "deducted ", "lost ", "off "),
)
_NO_VERB = Seldom(
    r"(?:(?<=, )(?:and )?|(?<= and ))\d+(?:\.\d+)?(?: ?(?:points?|marks?|pts?))? (?:per|for each|for every|each) "
    r"[^,;]*",
    re.IGNORECASE,
    signs=(" per ", " for each ", " for every ", " each "),
)


def _carried_on(text: Text) -> Text:
    """The rules behind the first with its verb, where the words of none say otherwise."""
    said = _FIRST_VERB.match(text.folded)
    rules = [(m.start() + len(m[0]) - len(m[0].removeprefix("and ")), m[0]) for m in _NO_VERB.finditer(text.folded)]
    if said is None or not rules:
        return text
    giving = (said["verb"] or "deduct").lower() in ("add", "award", "gain", "earn")
    kind, verb = (s.Add, "add ") if giving else (s.Deduct, "deduct ")
    if any(taken_or_given(words) not in (None, kind) for _, words in rules):
        return text
    return inserted(text, [(at, at, verb) for at, _ in rules])


_RANGE = (
    r"(?:[<>≥≤]|(?:less|more|fewer|greater|higher|lower) than\b|(?:below|above|over|under|between|within)\b"
    r"|at (?:least|most)\b|(?:no|not) (?:more|less) than\b|\d+\+|\d+(?:\.\d+)?(?:%|[ ]?[a-z]+)?(?: ?- ?| to )\d"
    r"|\d+(?:\.\d+)?(?:%|(?: [a-z]+)? (?:or|and) (?:more|less|above|below|over|under|fewer|higher|lower|better)\b))"
)
_POINTS_FIRST = Seldom(
    r"(?:^|(?<=[;,.])|(?<=[;,.] ))\s*\d+(?:\.\d+)?(?P<unit>\s*(?:points?|marks?|pts?))?"
    r"(?P<sign>\s*[:=]\s*|\s+-\s+(?!\d+(?:\.\d+)?\s*%?\s*[:=(])|\s+(?=if|for|when))(?P<when>(?:if|for|when) )?"
    rf"(?={_RANGE})",
    re.IGNORECASE,
    signs=(
        "<",
        ">",
        "≥",
        "≤",
        "than",
        "below",
        "above",
        "over",
        "under",
        "between",
        "within",
        "at least",
        "at most",
        "+",
        "%",
        "-",
        " to ",
        " or ",
        " and ",
    ),
)
_POINTS_OF_NAMES = Seldom(
    r"(?:^|(?<=[;,]))\s*(?:10|\d)(?:\.5)?(?P<unit>\s*(?:points?|marks?|pts?))?(?P<sign>\s*[:=]\s*|\s+-\s+)"
    r"(?=[A-Za-z][A-Za-z-]{2})",
    signs=(":", "=", "-"),
)
_SIGN_BETWEEN = Seldom(
    r"(?<=points|.marks|...pts|.point|..mark|...off|ducted|uction)\s*[:=-]\s+(?=(?:per|each|every|for|if|when)\b)",
    re.IGNORECASE,
    signs=(":", "=", "-"),
)


# 5 - Outstanding (95% and above); 4 - Good (85-94%): marks, what they are called, and their range.
_CALLED = Seldom(
    r"(?:^|(?<=[;,]))\s*(\d+(?:\.5)?)\s*[-:=]\s*[A-Za-z][A-Za-z /&'-]*?\s*"
    rf"\((?={_RANGE})([^();,]+)\)(?=[\s.]*(?:[;,]|$))",
    re.IGNORECASE,
    signs=("(",),
)
_RATING = Seldom(
    rf"(?:^|(?<=[;,])|(?<=[;,] ))\s*(?:rating|score|level|mark) (?=\d\s*[:=-]\s*{_RANGE})",
    re.IGNORECASE,
    signs=("rating ", "score ", "level ", "mark "),
)


def _in_order(text: Text) -> Text:
    """10 points: 95% or more; 5 = 90-94%: 10 points if 95% or more, 5 points if 90-94%."""
    called = list(_CALLED.finditer(text.folded))
    if 1 < len(called) == len(re.split("[;,]", text.folded)):
        text = inserted(text, [(*m.span(), f"{m[1]} points if {m[2]}") for m in called])
    text = Text(text.shown, _RATING.sub(blanks, text.folded), text.offsets)
    text = Text(text.shown, _SIGN_BETWEEN.sub(blanks, text.folded), text.offsets)
    found, named = list(_POINTS_FIRST.finditer(text.folded)), list(_POINTS_OF_NAMES.finditer(text.folded))
    if 1 < len(named) == len(re.split("[;,]", text.folded)):  # 2 = fully met; 1 = partly met; 0 = not met
        found = named
    found = [m for m in found if m["unit"] or len(found) > 1]
    changes: list[tuple[int, int, str]] = []
    for m in found:
        unit, when = "" if m["unit"] else " points", "" if m.groupdict().get("when") else "if "
        if unit or when:
            changes.append((m.start("sign"), m.end("sign"), f"{unit} {when}"))
    return inserted(text, changes)
