"""One rule at work, as a manager would write it on the sheet: target, measured, shortfall, steps, points, cap."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.evaluation.result import PeriodLine, RuleLine
from engine.language.syntax import Unit
from engine.report.names import Reader, amount
from engine.report.numbers import marked
from engine.report.words import EFFECTS, say

# What is said of a rule that did not act; of the others, that nothing happened.
_IDLE = {"step": "no shortfall", "range": "not met", "target": "not met", "always": "not met"}
_MARKS = ("score", "full", "none")  # what an otherwise gives, whatever was measured
_POINTS = {"deduct": "deduct", "add": "add", "score": "score rule"}


def rules_text(lines: Sequence[RuleLine], full: Fraction | None, reads: Reader) -> Iterator[str]:
    """The rules of an item out of `full`; where several make one sentence (轻、中、重度分别扣…), each names its own."""
    sentences = Counter((line.sentence, line.line) for line in lines)
    for line in lines:
        name = reads.name(line.measure.rpartition("/")[2]) if sentences[line.sentence, line.line] > 1 else ""
        yield from rule_text(line, reads, full=full, about=name)


def rule_text(line: RuleLine, reads: Reader, *, full: Fraction | None = None, about: str = "") -> list[str]:
    """The rule as the procedure words it, what was found, and what it changes; then its periods."""
    place = say("line", reads.lang, line=line.line)
    opening, closing = ("（", "）") if reads.lang == "zh" else (" (", ")")
    told = [*_found(line, reads), *_counted(line, reads), _outcome(line, full, reads)]
    found = reads.labelled(about, reads.listed(told)) if about else reads.listed(told)
    periods = (_period(period, line.effect, reads) for period in line.periods)
    return [f"{line.sentence}{opening}{place}{closing}", f"  {found}", *periods]


def _found(line: RuleLine, reads: Reader) -> Iterator[str]:
    if line.target is not None and (line.trigger in ("step", "target") or line.effect == "proportion"):
        yield say("target", reads.lang, amount=amount(line.target, line.unit, reads))
    if line.limit is not None and line.trigger not in ("condition", "count"):
        yield say("limit", reads.lang, amount=amount(line.limit, line.unit, reads))
    counts_cases = line.trigger == "late" and line.shortfall is None
    if line.measured is not None and not counts_cases and not (line.trigger == "always" and line.effect in _MARKS):
        yield say("found", reads.lang, amount=_measured(line, line.measured, reads))
    if line.shortfall:
        unit = Unit.PERCENTAGE_POINT if line.unit is Unit.PERCENT else line.unit
        key = "overrun" if line.trigger == "late" else "shortfall"
        yield say(key, reads.lang, amount=amount(line.shortfall, unit, reads))


def _measured(line: RuleLine, number: Fraction, reads: Reader) -> str:
    if _chosen(line):
        return amount(number, line.unit, reads)
    if line.trigger == "condition" and number in (0, 1):
        return say("yes" if number else "no", reads.lang)
    return amount(number, Unit.TIME if line.trigger == "count" else line.unit, reads)


def _chosen(line: RuleLine) -> bool:
    """Whether what is collected are the points that the assessor takes or gives (酌情扣1-3分)."""
    return line.unit is Unit.POINT and line.trigger in ("condition", "count")


def _counted(line: RuleLine, reads: Reader) -> Iterator[str]:
    if not line.fired or line.counted is None or _chosen(line):
        return
    if line.steps is not None and line.trigger == "step":
        yield say("steps", reads.lang, steps=marked(line.steps), counted=marked(line.counted))
    elif line.trigger in ("count", "late"):
        key = "times late" if line.trigger == "late" and line.shortfall is None else "times counted"
        yield say(key, reads.lang, counted=marked(line.counted))
    if line.each is not None:
        yield say("each step" if line.trigger == "step" else "each", reads.lang, each=marked(line.each))


def _outcome(line: RuleLine, full: Fraction | None, reads: Reader) -> str:
    if not line.fired and line.measured is None:
        return say("no value", reads.lang)
    if not line.fired:
        return say(_IDLE.get(line.trigger, "not fired"), reads.lang)
    if line.effect == "proportion" and full is not None:
        return say("in proportion", reads.lang, full=marked(full), points=marked(line.points))
    if line.ends is not None:
        (low, at_low), (high, at_high) = line.ends
        shown = {"low": amount(low, line.unit, reads), "high": amount(high, line.unit, reads)}
        marks = {"at_low": marked(at_low), "at_high": marked(at_high), "points": marked(line.points)}
        return say("straight line", reads.lang, **shown, **marks)
    if line.capped is not None:
        return say(
            "capped line", reads.lang, before=marked(abs(line.capped)), after=_changes(line.effect, line.points, reads)
        )
    return _changes(line.effect, line.points, reads)


def _changes(effect: str, points: Fraction, reads: Reader) -> str:
    """扣0.5分, 得满分: the effect, and the points where it has any of its own."""
    key = _POINTS.get(effect) or ("deduct" if points < 0 else "")
    return say(key, reads.lang, points=marked(abs(points))) if key else reads.either(EFFECTS[effect])


def _period(line: PeriodLine, effect: str, reads: Reader) -> str:
    found = "" if line.measured is None else say("found", reads.lang, amount=marked(line.measured))
    points = say("add" if effect == "add" else "deduct", reads.lang, points=marked(abs(line.points)))
    if line.capped is not None:
        points = say("capped line", reads.lang, before=marked(abs(line.capped)), after=points)
    return f"    {line.period}  {reads.listed([found, points])}"
