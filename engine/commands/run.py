"""`rubric run POLICY --data DIR`: collected data in, score and grade out."""

from pathlib import Path

import click

from engine.commands.assessing import Assessed, Order, assessed, ordered
from engine.commands.console import deliver, write_whole
from engine.commands.help import Verb

# What programs read is the same bytes on every machine; Excel knows UTF-8 by its byte order mark.
_BYTES = {"json": "utf-8", "csv": "utf-8-sig"}
_FORMATS = ("table", "json", "csv", "md")


@click.command(
    "run",
    cls=Verb,
    help="按方案把数据算成得分和等级。\n\n"
    "POLICY 是方案文件，或者放着它各个版本的文件夹。数据有错时一个数也不算，指出错在哪个文件哪一格，退出码为3。 | "
    "Score the data by a policy.\n\n"
    "POLICY is the policy file, or a folder with its versions. Faulty data are refused as a whole, naming file and "
    "cell; the exit code is then 3.",
)
@ordered
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="table",
    help="结果的样式。CSV可以直接用Excel打开。 | What the result looks like. Excel opens the CSV as it is.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="把结果写到这个文件，不在屏幕上显示。 | Write the result to this file instead of the screen.",
)
@click.pass_context
def command(context: click.Context, order: Order, form: str, output: Path | None) -> int:
    """Print the result; 0, or 3 where a unit has no result for want of data."""
    answer = assessed(context, order)
    text = _rendered(answer, form)
    if output is not None:
        write_whole(output, text, encoding=_BYTES.get(form, "utf-8"))
    else:
        deliver(text, encoding=_BYTES.get(form))
    return answer.code


def _rendered(answer: Assessed, form: str) -> str:
    from engine.report.histories import RENDERERS as OF_HISTORIES, in_course
    from engine.report.result_data import render_csv, render_json
    from engine.report.sheet import RENDERERS

    periods = [(one.policy, one.result) for one in in_course(answer.history)]
    if form == "json":
        return render_json(*periods[0], *periods[1:])
    if form == "csv":
        return render_csv(*periods[0], answer.lang, *periods[1:])
    if len(periods) > 1:
        return OF_HISTORIES[form](answer.history, answer.lang)
    return RENDERERS[form](*periods[0], answer.lang)
