"""`rubric run POLICY --data DIR`: collected data in, score and grade out."""

import click

from engine.commands.assessing import Assessed, Order, assessed, ordered
from engine.commands.console import deliver
from engine.commands.help import Verb

_FORMATS = ("table", "json", "csv", "md")


@click.command(
    "run",
    cls=Verb,
    help="按方案把数据算成得分和等级。\n\n"
    "POLICY 是方案文件。数据有错时一个数也不算，指出错在哪个文件哪一格，退出码为3。 | "
    "Score the data by a policy.\n\n"
    "POLICY is the policy file. Faulty data are refused as a whole, naming file and cell; the exit code is then 3.",
)
@ordered
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="table",
    help="结果的样式。CSV可以直接用Excel打开。 | What the result looks like. Excel opens the CSV as it is.",
)
@click.pass_context
def command(context: click.Context, order: Order, form: str) -> int:
    """Print the result; 0, or 3 where a unit has no result for want of data."""
    answer = assessed(context, order)
    _show(answer, form)
    return answer.code


def _show(answer: Assessed, form: str) -> None:
    from engine.report.result_data import render_csv, render_json
    from engine.report.sheet import RENDERERS

    if form == "json":
        deliver(render_json(answer.policy, answer.result), encoding="utf-8")
    elif form == "csv":
        deliver(render_csv(answer.policy, answer.result, answer.lang), encoding="utf-8-sig")
    else:
        deliver(RENDERERS[form](answer.policy, answer.result, answer.lang))
