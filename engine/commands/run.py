"""`rubric run POLICY --data DIR`: collected data in, score and grade out."""

from pathlib import Path

import click
from click.core import ParameterSource

from engine.commands.assessing import Assessed, Order, assessed, ordered
from engine.commands.console import deliver, write_whole
from engine.commands.counting import counted_and_kept, counted_by_spark
from engine.commands.help import Verb
from engine.commands.many_units import scored_units
from engine.commands.usage import Misused

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
@click.option(
    "--engine",
    type=click.Choice(("duckdb", "spark")),
    default="duckdb",
    help="用什么数记录：本机的DuckDB，或者Spark（要先安装 rubric-engine[spark]，数据文件为Parquet）。 | "
    "What counts the records: DuckDB on this machine, or Spark (install rubric-engine[spark]; the files are Parquet).",
)
@click.option(
    "--spark-master",
    metavar="URL",
    default="local[*]",
    help="Spark集群的地址；不写就用本机。 | The Spark cluster; else this machine.",
)
@click.option(
    "--keep",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="把每个答案、每类记录有多少存成这个CSV，以后换权重、折算、等级再评分时用 --cells 读它，不用再读原始数据。 | "
    "Keep how often each answer and each kind of record occurs as this CSV: with --cells other weights, scales and "
    "bands are scored from it, without reading the data again.",
)
@click.option(
    "--units",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="很多评价对象：Parquet或CSV文件，一行一个对象、一列一个指标；结果按行写到 --output 的 .parquet 或 .csv。 | "
    "Very many units: a Parquet or CSV file with a row for each and a column for each measure; the results go, row by "
    "row, to the .parquet or .csv file of --output.",
)
@click.option(
    "--steps",
    is_flag=True,
    help="和 --units 一起用：把每个指标的数值也写出来。 | With --units: write what every indicator came to as well.",
)
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    context: click.Context,
    order: Order,
    form: str,
    output: Path | None,
    engine: str,
    spark_master: str,
    keep: Path | None,
    units: Path | None,
    steps: bool,
) -> int:
    """Print the result; 0, or 3 where a unit has no result for want of data."""
    if units is not None:
        if keep is not None or engine == "spark":
            raise Misused("--units 不和 --keep、--engine spark 一起用", "--units goes without --keep and Spark")
        if context.get_parameter_source("form") is ParameterSource.COMMANDLINE:
            raise Misused(
                "用 --units 时不写 --format：结果的样式看 --output 的文件名，.parquet 或 .csv",
                "--units goes without --format: the name of the --output file, .parquet or .csv, says what is written",
            )
        return scored_units(context, order, units, output, steps=steps)
    if steps:
        raise Misused("--steps 只和 --units 一起用", "--steps goes with --units only")
    if engine == "spark":
        answer = counted_by_spark(context, order, spark_master, keep)
    elif keep is not None:
        answer = counted_and_kept(context, order, keep)
    else:
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
