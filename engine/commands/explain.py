"""`rubric explain POLICY --data DIR [NODE]`: the calculation, as somebody would check it by hand."""

from dataclasses import replace

import click

from engine.commands.assessing import Order, assessed, ordered
from engine.commands.console import deliver
from engine.commands.help import Verb
from engine.commands.usage import Misused, unknown
from engine.evaluation.result import Assessment, Result
from engine.insight.trace import find, known_names
from engine.language.policy import Policy
from engine.report.explanation import render_explanation
from engine.report.histories import in_course


@click.command(
    "explain",
    cls=Verb,
    help="写出计算过程，和手工核对一样。\n\n"
    "POLICY 是方案文件；NODE 是要说明的指标，写名称、路径或者[代号]，不写就从总分开始。 | "
    "Show the calculation as you would check it by hand.\n\n"
    "POLICY is the policy file; NODE is the indicator to explain: its name, path or [key]; the result if left out.",
)
@ordered
@click.argument("node", metavar="[NODE]", required=False)
@click.option(
    "--unit",
    "units",
    metavar="K=V",
    multiple=True,
    help="只说明这个评价对象，如 事业部=一部，可以写多次。 | "
    "Only this unit, like division=North; may be given several times.",
)
@click.pass_context
def command(context: click.Context, order: Order, node: str | None, units: tuple[str, ...]) -> int:
    """Print the calculation; 0, or 3 where a unit has no result for want of data."""
    wanted = dict(_pair(unit) for unit in units)
    answer = assessed(context, order)
    for number, one in enumerate(in_course(answer.history)):
        deliver("\n\n" * bool(number))
        result = _chosen(one.result, wanted)
        for scheme, paths in _places(one.policy, one.result, node, context).items():
            told = replace(result, assessments=tuple(a for a in result.assessments if a.scheme == scheme))
            deliver(render_explanation(one.policy, told, paths, answer.lang))
    return answer.code


def _pair(text: str) -> tuple[str, str]:
    column, equals, value = text.replace("＝", "=").partition("=")
    if not equals:
        raise Misused(f"--unit 要写成“列名=值”，不是“{text}”", f"write --unit as “column=value”, not “{text}”")
    return column.strip(), value.strip()


def _chosen(result: Result, wanted: dict[str, str]) -> Result:
    """The assessments of the units asked for."""
    found = tuple(a for a in result.assessments if _is(a, wanted))
    if not found:
        told = {f"{k}={v}": None for a in result.assessments for k, v in {**a.unit, **a.segment}.items()}
        typed = next(iter(f"{k}={v}" for k, v in wanted.items()), "")
        raise unknown("评价对象", "unit", typed, list(told))
    return replace(result, assessments=found)


def _is(assessment: Assessment, wanted: dict[str, str]) -> bool:
    told = {**assessment.unit, **assessment.segment}
    return all(told.get(column) == value for column, value in wanted.items())


def _places(policy: Policy, result: Result, node: str | None, context: click.Context) -> dict[str, tuple[str, ...]]:
    """By scheme, the paths meant by what was typed; none stands for the result."""
    assessed_schemes = {assessment.scheme for assessment in result.assessments}
    schemes = [scheme for scheme in policy.schemes if scheme.name in assessed_schemes]
    if node is None:
        return {scheme.name: () for scheme in schemes}
    found = {scheme.name: tuple(i.path for i in find(scheme, node)) for scheme in schemes}
    if not any(found.values()):
        names = [name for scheme in schemes for name in known_names(scheme)]
        raise unknown("指标", "indicator", node, names, context)
    return {name: paths for name, paths in found.items() if paths}
