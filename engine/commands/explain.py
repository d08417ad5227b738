"""`rubric explain POLICY --data DIR [NODE]`: the calculation, as somebody would check it by hand; or one rule alone."""

from collections.abc import Sequence
from dataclasses import replace

import click

from engine.commands.assessing import Order, assessed, ordered
from engine.commands.console import deliver, exit_code
from engine.commands.help import Verb
from engine.commands.speech import spoken
from engine.commands.usage import Misused, unknown
from engine.evaluation.result import Assessment, Result
from engine.insight.trace import find, known_names
from engine.language.policy import Policy
from engine.report.explanation import render_explanation
from engine.report.findings import Finding, render_text
from engine.report.histories import in_course


class _Explained(Verb):
    """One rule needs no POLICY."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        alone = any(one.partition("=")[0] == "--rule" for one in args)
        return super().parse_args(ctx, [*args, "."] if alone else args)


@click.command(
    "explain",
    cls=_Explained,
    help="写出计算过程，和手工核对一样。\n\n"
    "POLICY 是方案文件，或者放着它各个版本的文件夹；NODE 是要说明的指标，写名称、路径或者[代号]，不写就从总分开始。 | "
    "Show the calculation as you would check it by hand.\n\n"
    "POLICY is the policy file, or a folder with its versions; NODE is the indicator to explain: its name, path or "
    "[key]; the result if left out.",
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
@click.option(
    "--rule",
    metavar="TEXT",
    help="只说明这一句规则怎样理解，不用方案，如“每缺一项扣2分”。 | "
    "Only say how this rule is read, without a policy, like “deduct 2 per missing item”.",
)
@click.option(
    "--points",
    type=click.IntRange(1, 1000),
    help="--rule 的指标满分是几分；不写就是10分，句子里的得分更高时随句子。 | "
    "The full marks of the item of --rule; if left out, 10, or as many as the rule gives.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    context: click.Context, order: Order, node: str | None, units: tuple[str, ...], rule: str | None, points: int | None
) -> int:
    """Print the calculation; 0, or 3 where a unit has no result for want of data, or 1 for a rule that is refused."""
    if rule is not None:
        return _rule(rule, points, context)
    wanted = dict(_pair(unit) for unit in units)
    answer = assessed(context, order)
    periods = in_course(answer.history)
    results = _chosen([one.result for one in periods], wanted)
    places = _places([one.policy for one in periods], node, context)
    told = [
        render_explanation(one.policy, _of_scheme(result, scheme), paths, answer.lang)
        for one, result, found in zip(periods, results, places, strict=True)
        for scheme, paths in found.items()
        if any(a.scheme == scheme for a in result.assessments)
    ]
    deliver(("\n\n" if len(periods) > 1 else "").join(told))
    return answer.code


def _rule(words: str, points: int | None, context: click.Context) -> int:
    """Print how a rule is read; where it is refused, the findings as `check` shows them."""
    lang = spoken(context, "zh" if any("\u4e00" <= c <= "\u9fff" for c in words) else "en")
    from engine.insight.rule_reading import read_rule  # it evaluates, which help need not load
    from engine.report.rule_reading import render_reading

    reading = read_rule(words, points, lang)
    if not any(found.code.startswith("E2") for found in reading.findings):
        deliver(render_reading(reading, lang))
    if reading.findings:
        deliver(render_text([Finding(found, lang) for found in reading.findings]))
    return exit_code(reading.findings)


def _pair(text: str) -> tuple[str, str]:
    column, equals, value = text.replace("＝", "=").partition("=")
    if not equals:
        raise Misused(f"--unit 要写成“列名=值”，不是“{text}”", f"write --unit as “column=value”, not “{text}”")
    return column.strip(), value.strip()


def _chosen(results: Sequence[Result], wanted: dict[str, str]) -> list[Result]:
    """The assessments of the units asked for in every period; a unit may be missing from some of them."""
    found = [replace(one, assessments=tuple(a for a in one.assessments if _is(a, wanted))) for one in results]
    if not any(one.assessments for one in found):
        units = [{**a.unit, **a.segment} for one in results for a in one.assessments]
        told = {f"{k}={v}": None for unit in units for k, v in unit.items()}
        typed = next(iter(f"{k}={v}" for k, v in wanted.items()), "")
        raise unknown("评价对象", "unit", typed, list(told))
    return found


def _of_scheme(result: Result, scheme: str) -> Result:
    return replace(result, assessments=tuple(a for a in result.assessments if a.scheme == scheme))


def _is(assessment: Assessment, wanted: dict[str, str]) -> bool:
    told = {**assessment.unit, **assessment.segment}
    return all(told.get(column) == value for column, value in wanted.items())


def _places(policies: Sequence[Policy], node: str | None, context: click.Context) -> list[dict[str, tuple[str, ...]]]:
    """For every period, by scheme the paths meant by what was typed; none stands for the result. A version of the
    policy may lack an indicator that another has.
    """
    if node is None:
        return [{scheme.name: () for scheme in policy.schemes} for policy in policies]
    found = [
        {scheme.name: paths for scheme in policy.schemes if (paths := tuple(i.path for i in find(scheme, node)))}
        for policy in policies
    ]
    if not any(found):
        names = [name for policy in policies for scheme in policy.schemes for name in known_names(scheme)]
        raise unknown("指标", "indicator", node, list(dict.fromkeys(names)), context)
    return found
