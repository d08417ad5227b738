"""A measured value written in a case: read as a cell of a data file would be, with the indicator's kind and unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from engine.data.amounts import bounded, is_inapplicable, read_amount
from engine.data.cells import Problem
from engine.data.contract import Wanted
from engine.evaluation.durations import converted
from engine.evaluation.given import Given
from engine.evaluation.ladder import is_distribution
from engine.evaluation.needs import Asked
from engine.evaluation.result import State
from engine.language.policy import Answers, CheckedScheme, FuzzyEvaluation, Indicator, Observed
from engine.language.reader.tree import Listing, Section, Text, Tree, pairs, texts
from engine.language.syntax import Kind, Quotient, Statistic, Unit
from engine.language.text import identity
from engine.source import NOWHERE, Span

# The words for a value that there is none of.
WITHOUT: Mapping[str, State] = {
    **dict.fromkeys(("缺数", "missing"), State.MISSING),
    **dict.fromkeys(("无有效回答", "no valid answers"), State.NO_VALID_ANSWERS),
    **dict.fromkeys(("样本量不足", "below minimum sample"), State.BELOW_MINIMUM_SAMPLE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Why a value cannot be what the indicator measures: a diagnostic without its file."""

    code: str
    span: Span
    case: str = ""
    args: Mapping[str, object] = field(default_factory=dict[str, object])
    hint: str | None = None


def given_value(asked: Asked, scheme: CheckedScheme, tree: Tree) -> Given | Unreadable:
    """A number, a state in words, single elapsed times, a value for each period, or the shares of a distribution.

    E914, E919, E920 as in data files; E944 for a form that the indicator does not have.
    """
    if isinstance(tree, Text):
        return _one(asked, tree)
    if isinstance(tree, Section) and is_distribution(asked.indicator):
        return _shares(asked, _grades_above(scheme, asked.indicator), tree)
    if isinstance(tree, Section) and asked.period is not None:
        return _all(asked, {key.text: value for key, value in tree.entries if isinstance(value, Text)})
    if isinstance(tree, Listing) and asked.indicator.kind is Kind.DURATION:
        found = _all(replace(asked, kind=Kind.DURATION), {str(n): text for n, text in enumerate(texts(tree))})
        return found if isinstance(found, Unreadable) else list(found.values())
    case = "list" if isinstance(tree, Listing) else "pairs"
    return Unreadable(code="E944", case=case, span=tree.span, args={"name": asked.indicator.name})


def given_text(asked: Asked, text: str) -> Fraction | State | Unreadable:
    """A value written as in a cell of a data file, or a state in words."""
    return _one(asked, Text(text=text, span=NOWHERE))


def checked_number(wanted: Wanted, number: Fraction) -> Fraction | Unreadable:
    """A number in the indicator's own unit, if the indicator can have it (E920)."""
    read = bounded((number, Unit.NUMBER), wanted)
    if isinstance(read, Problem):
        args = {"column": wanted.measure, **read.args}
        return Unreadable(code=read.code, case=read.case, span=NOWHERE, args=args, hint=read.hint)
    return number


def wanted_of(asked: Asked) -> Wanted:
    """As what a value of the indicator is read, and within which bounds."""
    indicator = asked.indicator
    low, high = _bounds(indicator)
    kind = Kind.RATE if _is_share(indicator) else Kind.NUMBER if _is_per(indicator) else asked.kind
    return Wanted(measure=indicator.name, kind=kind, low=low, high=high)


def _one(asked: Asked, text: Text) -> Fraction | State | Unreadable:
    word = text.text.strip().casefold()
    if word in WITHOUT:
        return WITHOUT[word]
    if is_inapplicable(text.text):
        return State.NOT_APPLICABLE
    return _number(asked, text)


def _all(asked: Asked, written: Mapping[str, Text]) -> dict[str, Fraction] | Unreadable:
    found: dict[str, Fraction] = {}
    for name, text in written.items():
        amount = _number(asked, text)
        if isinstance(amount, Unreadable):
            return amount
        found[name] = amount
    return found


def _number(asked: Asked, text: Text) -> Fraction | Unreadable:
    indicator = asked.indicator
    if is_distribution(indicator):
        return Unreadable(code="E944", case="shares", span=text.span, args={"name": indicator.name})
    read = read_amount(text.text, "", wanted_of(asked))
    if isinstance(read, Problem):
        args = {"column": indicator.name, **read.args}
        return Unreadable(code=read.code, case=read.case, span=text.span, args=args, hint=read.hint)
    if read[0] is None:
        return Unreadable(code="E944", span=text.span, args={"name": indicator.name, "text": text.text})
    return converted(read[0], read[1], indicator.unit)


def _is_share(indicator: Indicator) -> bool:
    return isinstance(indicator.value, Answers) and indicator.value.statistic is Statistic.TOP_TWO


def _is_per(indicator: Indicator) -> bool:
    """So many times per thousand customers: a number of times that need not be whole."""
    value = indicator.value
    return isinstance(value, Observed) and isinstance(value.sentence, Quotient) and value.sentence.per is not None


def _bounds(indicator: Indicator) -> tuple[Fraction | None, Fraction | None]:
    """The scale of the answers of a mean; nothing more than the kind says of anything else."""
    value = indicator.value
    if not isinstance(value, Answers) or value.statistic is not Statistic.MEAN:
        return None, None
    if value.scale is not None:
        return value.scale
    return (indicator.scale.low, indicator.scale.high) if indicator.scale is not None else (None, None)


# ---------------------------------------------------------------- distributions


def _shares(asked: Asked, grades: tuple[str, ...], tree: Section) -> list[Fraction] | Unreadable:
    """The shares in the order of the grades; a grade that is left out has none."""
    shares: dict[str, Fraction] = {}
    known = {identity(grade): grade for grade in grades}
    for key, value in tree.entries:
        share = read_amount(pairs(tree).get(key.text, ""), "", Wanted(measure=key.text, kind=Kind.RATE))
        if identity(key.text) not in known or isinstance(share, Problem) or share[0] is None:
            case = "grade" if identity(key.text) not in known else "shares"
            args = {"name": asked.indicator.name, "text": key.text, "known": " / ".join(grades)}
            return Unreadable(code="E944", case=case, span=(key if case == "grade" else value).span, args=args)
        shares[known[identity(key.text)]] = share[0] / 100
    if sum(shares.values()) != 1:
        return Unreadable(code="E944", case="sum", span=tree.span, args={"name": asked.indicator.name})
    return [shares.get(grade, Fraction(0)) for grade in grades]


def _grades_above(scheme: CheckedScheme, indicator: Indicator) -> tuple[str, ...]:
    """The grades of the fuzzy evaluation the indicator stands in."""
    path = indicator.path
    while path:
        above = scheme.indicators.get(path)
        if above is not None and isinstance(above.value, FuzzyEvaluation) and above.value.grades:
            return tuple(label for label, _ in above.value.grades)
        path = path.rpartition("/")[0]
    return ()
