"""One printed figure beside what the data give, and why the two differ where that can be told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.data.amounts import decimal_text
from engine.data.contract import Printed, ValueRow
from engine.diagnostics import Diagnostic
from engine.evaluation.arithmetic import ZERO, rounded
from engine.evaluation.ladder import is_looked_up, parts_of
from engine.evaluation.result import Assessment, NodeResult, Rank, State
from engine.language.policy import Added, CheckedScheme, Combined, Indicator, Observed
from engine.language.syntax import Half, Method, Rounding, WeightUnit
from engine.source import Place

_PLACES = 6  # an exact score without end is told with these decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A printed figure and what it speaks of: an indicator of one assessment."""

    printed: Printed
    scheme: CheckedScheme
    assessment: Assessment
    path: str

    @property
    def indicator(self) -> Indicator:
        """The indicator as the policy has it."""
        return self.scheme.indicators[self.path]

    @property
    def node(self) -> NodeResult:
        """What became of it."""
        return next(node for node in self.assessment.nodes if node.path == self.path)

    @property
    def name(self) -> str:
        """The indicator's name, with the unit where it is not the whole."""
        told = "，".join((*self.assessment.unit.values(), *self.assessment.segment.values()))
        return f"{self.indicator.name}（{told}）" if told else self.indicator.name

    @property
    def score(self) -> Fraction | None:
        """What is reported of it: the rounded score, of a line in a deduction what it takes, else the value."""
        node = self.node
        if node.state is not State.VALUE:
            return None
        known = (node.reported, None if node.loss is None else rounded(node.loss, self.rounding), node.value)
        return next((number for number in known if number is not None), None)

    @property
    def rounding(self) -> Rounding:
        """How its score is rounded."""
        return self.indicator.rounding or self.scheme.rounding


Others = Sequence[Held]
Rows = Sequence[ValueRow]


def deviation(held: Held, others: Others, rows: Rows) -> tuple[Diagnostic, ...]:
    """What is wrong with one printed figure; nothing where it is right, or where there is no result to compare.

    `others`: all printed figures; `rows`: the values that were read.
    """
    if held.node.state is not State.VALUE:
        return ()
    match held.printed.role:
        case "score":
            found = _score(held, rows)
        case "loss":
            found = _loss(held, others)
        case "rank":
            found = _rank(held)
        case "gap":
            found = _gap(held)
        case _:
            found = _stated(held)
    return () if found is None else (found,)


def _nothing(held: Held) -> Diagnostic:
    """W955: the indicator has no such figure (a rank of a heading, a weight of a line without one)."""
    return _finding("W955", held, {"what": _WHAT[held.printed.role]}, case="nothing")


# ---------------------------------------------------------------- scores


def _score(held: Held, rows: Rows) -> Diagnostic | None:
    """W951: the printed score is not the computed one."""
    computed, printed = held.score, held.printed.amount
    if computed is None:
        return _nothing(held)
    if printed == computed or _ends_there(held, computed):
        return None
    args: dict[str, object] = {"computed": text_of(computed), "difference": signed(printed - computed)}
    related: tuple[Place, ...] = ()
    case = ""
    if (given := _given(held, rows)) is not None and given.place != held.printed.place:
        case, related = "given", (given.place,)
    elif (bounds := _bounds(held)) is not None and not bounds[0] <= printed <= bounds[1]:
        case = "outside"
        args |= {"low": text_of(bounds[0]), "high": text_of(bounds[1])}
    elif isinstance(held.indicator.value, Added):
        case = "sum"
    elif rounded(computed, Rounding(Half.UP, _decimals(held.printed.text))) == printed:
        case = "rounded"
        args |= {"decimals": _decimals(held.printed.text)}
    return _finding("W951", held, args, case=case, related=related)


def _ends_there(held: Held, computed: Fraction) -> bool:
    """Where nothing is rounded, a printed figure can only show some decimals of the score."""
    shown = Rounding(Half.UP, _decimals(held.printed.text))
    return held.rounding.mode is Half.NONE and rounded(computed, shown) == held.printed.amount


def _given(held: Held, rows: Rows) -> ValueRow | None:
    """The row that gave the score, where a value is collected and the printed one is another."""
    value = held.indicator.value
    if not is_looked_up(held.indicator) or not isinstance(value, Observed):
        return None
    unit = {column: text for column, text in held.assessment.unit.items() if text}
    own = (r for r in rows if r.measure == value.measure and {c: t for c, t in r.unit.items() if t} == unit)
    return next(own, None)


def _bounds(held: Held) -> tuple[Fraction, Fraction] | None:
    """The least and the greatest score of the parts: a mean of them lies between, whatever the weights."""
    value = held.indicator.value
    if not isinstance(value, Combined) or value.method not in (Method.WEIGHTED, Method.EQUAL):
        return None
    parts = [n.reported for n in held.assessment.nodes if n.path in parts_of(held.scheme, held.indicator)]
    known = [score for score in parts if score is not None]
    return (min(known), max(known)) if known and len(known) == len(parts) else None


# ---------------------------------------------------------------- losses


def _loss(held: Held, others: Others) -> Diagnostic | None:
    """W953: the printed loss, with a minus or without, is not full marks less the score."""
    node, score = held.node, held.score
    if score is None:
        return _nothing(held)
    lost = score if node.reported is None or node.full is None else node.full - score
    if node.loss is not None:
        lost = rounded(node.loss, held.rounding)
    if abs(held.printed.amount) == lost:
        return None
    args: dict[str, object] = {"computed": text_of(lost)}
    if node.loss is None and node.full is not None:
        args |= {"full": text_of(node.full), "score": text_of(score)}
    total = _of_parts(held, others)
    if total is not None:
        args |= {"sum": text_of(total)}
    case = "taken" if "full" not in args else "parts" if total is not None else ""
    return _finding("W953", held, args, case=case)


def _of_parts(held: Held, others: Others) -> Fraction | None:
    """The sum of the losses printed for the parts, in the same source and for the same unit, where all are printed."""
    parts = parts_of(held.scheme, held.indicator)
    losses = {
        one.path: abs(one.printed.amount)
        for one in others
        if one.path in parts
        and one.assessment is held.assessment
        and (one.printed.source, one.printed.role) == (held.printed.source, "loss")
    }
    return sum(losses.values(), ZERO) if parts and len(losses) == len(parts) else None


# ---------------------------------------------------------------- ranks and gaps


def _rank(held: Held) -> Diagnostic | None:
    """W954: the printed rank is not the place of the reported score among the others."""
    rank = _rank_of(held)
    if rank is None or held.score is None:
        return _nothing(held)
    if rank.place == held.printed.amount:
        return None
    return _finding("W954", held, {"computed": rank.place, "score": text_of(held.score), "count": rank.of})


def _rank_of(held: Held) -> Rank | None:
    """Of the result of a unit among the units, of any other indicator among those of its result."""
    return held.node.rank_among_units if _is_of_units(held) else held.node.rank


def _is_of_units(held: Held) -> bool:
    return held.path == held.scheme.result and bool(held.assessment.unit)


def unprinted_ranks(held: Others) -> Iterator[Diagnostic]:
    """W954: a printed ranking of one result leaves out some of the indicators that are ranked."""
    groups: dict[tuple[str, int], list[Held]] = {}
    for one in held:
        if one.printed.role == "rank" and not _is_of_units(one):
            groups.setdefault((one.printed.source, id(one.assessment)), []).append(one)
    for group in groups.values():
        printed = {one.path for one in group}
        nodes = group[0].assessment.nodes
        lacking = sorted((n.rank.place, n.path) for n in nodes if n.rank is not None and n.path not in printed)
        if lacking and len(group) > 1:
            names = [(place, group[0].scheme.indicators[path].name) for place, path in lacking]
            told = {
                "zh": "、".join(f"“{name}”（第{place}名）" for place, name in names),
                "en": ", ".join(f"“{name}” (rank {place})" for place, name in names),
            }
            args = {"count": len(names), "names": told}
            yield Diagnostic(code="W954", case="lacking", place=group[0].printed.place, args=args)


def _gap(held: Held) -> Diagnostic | None:
    """W951: the printed gap is not own score less the other's; of several gaps it need be one."""
    gaps = [(gap, gap.difference) for gap in held.node.gaps if gap.difference is not None]
    if not gaps or held.score is None:
        return _nothing(held)
    if any(difference == held.printed.amount for _, difference in gaps):
        return None
    gap, difference = gaps[0]
    rival = text_of(gap.other or ZERO)
    args = {"other": gap.name, "own": text_of(held.score), "rival": rival, "computed": text_of(difference)}
    return _finding("W951", held, args, case="gap")


# ---------------------------------------------------------------- what the policy states

_WHAT = {
    "score": {"zh": "得分", "en": "score"},
    "loss": {"zh": "失分", "en": "loss"},
    "rank": {"zh": "名次", "en": "rank"},
    "gap": {"zh": "差距", "en": "gap"},
    "full": {"zh": "满分", "en": "full marks"},
    "weight": {"zh": "权重", "en": "weight"},
    "weights": {"zh": "下面各项权重的合计", "en": "sum of the weights below"},
}


def _stated(held: Held) -> Diagnostic | None:
    """W952: printed full marks or weights are not those of the policy."""
    indicator, printed = held.indicator, held.printed.amount
    below = [held.scheme.indicators[path] for path in indicator.children]
    stated: Callable[[], Fraction | None] = {
        "full": lambda: held.node.full,
        "weight": lambda: _weight(indicator),
        "weights": lambda: _sum([_weight(part) for part in below]),
    }[held.printed.role]
    computed = stated()
    parts = [indicator] if held.printed.role == "weight" else below
    if held.printed.role != "full" and not held.printed.text.endswith("%") and _are_fractions(parts):
        printed = printed * 100
    if computed is None:
        return _nothing(held)
    if printed == computed:
        return None
    return _finding("W952", held, {"what": _WHAT[held.printed.role], "computed": text_of(computed)})


def _weight(indicator: Indicator) -> Fraction | None:
    """The weight as written, of a percentage or a part of 1 the per cents."""
    weight = indicator.weight
    if weight is None:
        return None
    return weight.amount * 100 if weight.unit is WeightUnit.FRACTION else weight.amount


def _are_fractions(parts: Sequence[Indicator]) -> bool:
    return any(part.weight is not None and part.weight.unit is WeightUnit.FRACTION for part in parts)


def _sum(weights: Sequence[Fraction | None]) -> Fraction | None:
    known = [weight for weight in weights if weight is not None]
    return sum(known, ZERO) if known and len(known) == len(weights) else None


# ---------------------------------------------------------------- words


def _finding(
    code: str, held: Held, args: Mapping[str, object], *, case: str = "", related: tuple[Place, ...] = ()
) -> Diagnostic:
    said = {"name": held.name, "printed": held.printed.text, **args}
    clause, place = held.indicator.clause, held.printed.place
    return Diagnostic(code=code, case=case, place=place, related=related, args=said, clause=clause)


def text_of(number: Fraction) -> str:
    """A number as people read it; one without end with six decimals."""
    return decimal_text(rounded(number, Rounding(Half.UP, _PLACES)))


def signed(number: Fraction) -> str:
    """A difference with its sign."""
    return f"{'+' if number > 0 else ''}{text_of(number)}"


def _decimals(text: str) -> int:
    return len(text.removesuffix("%").partition(".")[2])
