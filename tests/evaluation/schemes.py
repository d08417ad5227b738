"""Policies from a few lines of scheme text, and single items by hand, for the tests of the evaluation."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from textwrap import dedent, indent

from engine.diagnostics import message
from engine.evaluation.assessment import assess, score
from engine.evaluation.given import Given
from engine.evaluation.result import Assessment, NodeResult, Result
from engine.language.checks import check
from engine.language.policy import (
    CheckedScheme,
    Deducted,
    Header,
    Indicator,
    Item,
    ItemRule,
    Observed,
    Policy,
)
from engine.language.reader import read_document
from engine.language.syntax import (
    CountTrigger,
    Effect,
    Half,
    Kind,
    LateTrigger,
    Parts,
    Quantity,
    Rounding,
    Score,
    StepTrigger,
    Trigger,
    Unit,
)
from engine.source import NOWHERE, source_of

F = Fraction
ONE_DECIMAL = "- 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限\n"
UP1 = Rounding(Half.UP, 1)


def policy_of(scheme: str, head: str = "") -> Policy:
    """The checked policy of scheme lines; lines that do not begin with a bullet get the usual conventions."""
    lines = dedent(scheme).strip("\n") + "\n"
    conventions = "" if lines.startswith("-") else ONE_DECIMAL
    body = indent(conventions + lines, "  ")
    text = f'rubric: 1\npolicy: example\ntitle: 例\nlang: zh\nversion: "1"\n{dedent(head).lstrip()}scheme: |\n{body}'
    document, misread = read_document(source_of("example.yaml", text))
    assert document is not None, misread
    policy, found = check(document)
    errors = [f"{d.place} {d.code} {message(d, 'zh')}" for d in (*misread, *found) if d.severity == "error"]
    assert not errors, "\n".join(errors)
    assert policy is not None
    return policy


def assessed(scheme: str, measures: Mapping[str, Given], *, head: str = "", as_of: date | None = None) -> Assessment:
    """The assessment of given measures under scheme lines."""
    policy = policy_of(scheme, head)
    return score(policy, policy.schemes[0], measures, as_of=as_of)


def node(assessment: Assessment, path: str) -> NodeResult:
    """The node at a path, or whose path ends so."""
    found = [n for n in assessment.nodes if n.path == path or n.path.endswith(f"/{path}")]
    assert len(found) == 1, (path, [n.path for n in assessment.nodes])
    return found[0]


# ---------------------------------------------------------------- one item by hand


def points(amount: Fraction | int | str) -> Quantity:
    """So many points."""
    return Quantity(F(amount), Unit.POINT)


def rule(
    trigger: Trigger, effect: Effect, *, parts: Parts = Parts.NOTHING, cap: int | None = None, measure: str = "项目"
) -> ItemRule:
    """A rule of the item; what it earns once for each adds up."""
    return ItemRule(
        trigger=trigger,
        effect=effect,
        measure=measure,
        parts=parts,
        cap=None if cap is None else F(cap),
        sentence="规则",
        span=NOWHERE,
        adds=isinstance(effect, Score) and isinstance(trigger, StepTrigger | CountTrigger | LateTrigger),
    )


def item_policy(indicator: Indicator, *others: Indicator) -> Policy:
    """A policy whose result is the one item (and what it asks about)."""
    indicators = {each.path: each for each in (*others, indicator)}
    scheme = CheckedScheme(
        name="scheme", result=indicator.path, indicators=indicators, rounding=UP1, grade_on_rounded=True
    )
    header = Header(id="example", title={"zh": "例"}, lang="zh", version="1", document={})
    return Policy(source=source_of("example.yaml", ""), header=header, schemes=(scheme,))


def measure(path: str = "项目", kind: Kind = Kind.RATE, unit: Unit = Unit.PERCENT) -> Indicator:
    """A measured indicator without rules."""
    return Indicator(path=path, name=path, span=NOWHERE, value=Observed(measure=path), kind=kind, unit=unit)


def item(base: Indicator, rules: tuple[ItemRule, ...], *, full: int | None = 10, **bounds: object) -> Indicator:
    """The measured indicator with rules on it."""
    marks = None if full is None else F(full)
    made = Item(rules=rules, full=marks, **bounds)  # type: ignore[arg-type] # the bounds are named by the caller
    return replace(base, item=made, full=F(100) if marks is None else marks)


def scored(indicator: Indicator, value: Given, *others: Indicator, **more: Given) -> NodeResult:
    """The item's node for one value of its own measure."""
    policy = item_policy(indicator, *others)
    return score(policy, policy.schemes[0], {indicator.path: value, **more}).nodes[0]


def lost(indicator: Indicator, value: Given) -> NodeResult:
    """The item's node inside a deduction from 100."""
    path = f"总分/{indicator.path}"
    rules = tuple(replace(r, measure=path) for r in indicator.item.rules) if indicator.item else ()
    inner = replace(indicator, path=path, item=replace(indicator.item, rules=rules) if indicator.item else None)
    whole = Indicator(
        path="总分", name="总分", span=NOWHERE, value=Deducted(), kind=Kind.SCORE, children=(path,), full=F(100)
    )
    policy = item_policy(whole, inner)
    return score(policy, policy.schemes[0], {path: value}).nodes[1]


# ---------------------------------------------------------------- from files


def result_of(
    folder: Path,
    scheme: str,
    files: Mapping[str, str],
    *,
    head: str = "",
    by: tuple[str, ...] = (),
    period: str | None = None,
    as_of: date | None = None,
) -> Result:
    """The result of scheme lines over small files (name and text)."""
    for name, text in files.items():
        (folder / name).write_text(dedent(text).strip() + "\n", encoding="utf-8")
    return assess(policy_of(scheme, head), folder, by=by, period=period, as_of=as_of)


def only(result: Result) -> Assessment:
    """The one assessment of a result."""
    (assessment,) = result.assessments
    return assessment
