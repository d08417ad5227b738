"""One finding: a code at a place of the policy file, with the clause the procedure states it in."""

from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.language.checks.outline import Draft, Outline, nearest
from engine.language.syntax import Basis, Interval, Unit
from engine.source import Span, place_of

Both = dict[str, str]


def finding(  # noqa: PLR0913 - a finding has that many parts; all but the first three by name
    outline: Outline,
    code: str,
    span: Span,
    *,
    draft: Draft | None = None,
    case: str = "",
    hint: str | None = None,
    related: tuple[Span, ...] = (),
    **args: object,
) -> Diagnostic:
    """The diagnostic `code` at `span`; `draft`: the line whose clause (依据) is cited."""
    basis = nearest(outline, draft, Basis) if draft is not None else None
    return Diagnostic(
        code=code,
        place=place_of(outline.source, span),
        case=case,
        args=args,
        hint=hint,
        related=tuple(place_of(outline.source, other) for other in related),
        clause=basis.text if basis else None,
    )


# ---------------------------------------------------------------- words for the arguments


def number(amount: Fraction) -> str:
    """The number in full where its decimals end (`0.85`), else as a fraction (`100/3`)."""
    denominator, places = amount.denominator, 0
    while denominator % 10 == 0:
        denominator //= 10
        places += 1
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
            places += 1
    if denominator != 1:
        return f"{amount.numerator}/{amount.denominator}"
    scaled = amount * 10**places
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled.numerator)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return sign + (text.rstrip("0").rstrip(".") if places else text)


WORDS: dict[Unit, tuple[str, str]] = {
    Unit.NUMBER: ("", ""),
    Unit.PERCENT: ("%", "%"),
    Unit.PERCENTAGE_POINT: ("个百分点", " pp"),
    Unit.POINT: ("分", " points"),
    Unit.TIME: ("次", " occurrences"),
    Unit.SECOND: ("秒", " seconds"),
    Unit.MINUTE: ("分钟", " minutes"),
    Unit.HOUR: ("小时", " hours"),
    Unit.DAY: ("天", " days"),
    Unit.WORKING_DAY: ("个工作日", " working days"),
    Unit.WEEK: ("周", " weeks"),
    Unit.MONTH: ("个月", " months"),
}


def quantity(amount: Fraction, unit: Unit) -> Both:
    """A number with its unit, in both languages."""
    zh, en = WORDS[unit]
    return {"zh": number(amount) + zh, "en": number(amount) + (en.removesuffix("s") if amount == 1 else en)}


def interval_words(interval: Interval) -> Both:
    """An interval as people write it: 95%-80%, 2次-4次."""
    unit = interval.unit if interval.unit in (Unit.PERCENT, Unit.PERCENTAGE_POINT, Unit.TIME) else Unit.NUMBER
    low = None if interval.low is None else quantity(interval.low, unit)
    high = None if interval.high is None else quantity(interval.high, unit)
    if low is not None and high is not None:
        one, other = (low, high) if unit is Unit.TIME else (high, low)
        return low if low == high else both(f"{one['zh']}-{other['zh']}", f"{one['en']}-{other['en']}")
    bound, above = (high, False) if low is None else (low, True)
    side = ("上", "above") if above else ("下", "below")
    return both(f"{bound['zh']}以{side[0]}", f"{bound['en']} and {side[1]}") if bound else both("", "")


def both(zh: str, en: str) -> Both:
    """An argument that differs between the languages."""
    return {"zh": zh, "en": en}


def listed(names: list[str]) -> Both:
    """Names in a row: “甲”、“乙” in Chinese, “A”, “B” in English."""
    quoted = [f"“{name}”" for name in names]
    return {"zh": "、".join(quoted), "en": ", ".join(quoted)}


def sentence_in(outline: Outline, zh: str, en: str) -> str:
    """A sentence to paste, in the language the policy is written in."""
    return en if outline.header.lang == "en" else zh


_LETTERS = str.maketrans("lIOo", "1100")  # letters that pass for digits


def nearest_name(wanted: str, known: list[str]) -> str | None:
    """The known name that a typing slip may have meant; of a short name one character may be wrong.

    None where two are equally near (Q1 and Q2 for QX): one of them would be a guess; and where two known names were run
    together, for one of them is not what was meant.
    """
    from difflib import SequenceMatcher, get_close_matches  # only a wrong name needs it

    known = list(dict.fromkeys(known))
    same = [name for name in known if name.translate(_LETTERS) == wanted.translate(_LETTERS)]
    if len(same) == 1:
        return same[0]
    one_away = [name for name in known if len(name) > 1 and one_slip_away(wanted, name)]
    if one_away:
        return one_away[0] if len(one_away) == 1 else None
    if len({name for name in known if len(name) > 1 and name in wanted}) > 1:
        return None
    alike = [name for name in known if len(name) == len(wanted)] if len(wanted) <= 3 else []
    found = get_close_matches(wanted, known, n=2, cutoff=0.6) or get_close_matches(wanted, alike, n=2, cutoff=0.5)
    likeness = [SequenceMatcher(None, name, wanted).ratio() for name in found]
    return found[0] if found and likeness.count(likeness[0]) == 1 else None


def one_slip_away(one: str, other: str) -> bool:
    """Whether no more than one character was replaced, left out, put in, or swapped with its neighbour."""
    if len(one) > len(other):
        one, other = other, one
    same = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    left, right = one[same:], other[same:]
    if len(one) < len(other):
        return right[1:] == left
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])


def near_names(wanted: str, known: list[str]) -> list[str]:
    """The names that a typing slip may have meant: several where they are equally near."""
    nearest = nearest_name(wanted, known)
    return [name for name in known if one_slip_away(wanted, name)] if nearest is None else [nearest]
