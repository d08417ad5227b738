"""`rubric sql POLICY`: the query that counts the records where they lie, in a warehouse."""

from pathlib import Path

import click

from engine.commands.assessing import checked_policy, stopped
from engine.commands.console import FINE, deliver
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.commands.usage import Misused
from engine.diagnostics import Refused

_DIALECTS = ("duckdb", "spark", "postgres", "snowflake", "bigquery", "clickhouse")


def _pairs(_context: click.Context, _option: click.Parameter, texts: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """What stands before and behind the colon of each."""
    pairs = [text.replace("：", ":").partition(":") for text in texts]
    for text, (table, _, column) in zip(texts, pairs, strict=True):
        if not (table.strip() and column.strip()):
            raise Misused(f"--without 要写成“表:列”，不是“{text}”", f"write --without as “table:column”, not “{text}”")
    return frozenset((table.strip(), column.strip()) for table, _, column in pairs)


@click.command(
    "sql",
    cls=Verb,
    help="写出在数据仓库里汇总记录的查询。\n\n"
    "POLICY 是方案文件。查询只数各种填法各有多少行，把查到的结果存成CSV，"
    "再用 rubric run POLICY --cells FILE 评分；开头的注释写明要有哪些表和列。 | "
    "Write the query that counts the records in a warehouse.\n\n"
    "POLICY is the policy file. The query only counts how many rows look the same; save what it finds as CSV and score "
    "it with rubric run POLICY --cells FILE. The comment at its head says which tables and columns it expects.",
)
@click.argument("policy", metavar="POLICY", type=click.Path(path_type=Path))
@click.option(
    "--dialect",
    type=click.Choice(_DIALECTS),
    default="duckdb",
    help="哪种数据库的写法。 | For which database.",
)
@click.option(
    "--by",
    metavar="COLUMN",
    multiple=True,
    help="再按这一列（地区、客户类型……）分开汇总，可以写多次。 | "
    "Also count by this column (region, customer type ...); may be given several times.",
)
@click.option("--period", metavar="P", help="哪一期的记录，如2025、2025-Q1。 | Of which period, like 2025 or 2025-Q1.")
@click.option(
    "--scheme",
    metavar="NAME",
    help="方案里有几套评分办法时，只算这一套。 | The scheme to score, where the policy has several.",
)
@click.option(
    "--without",
    metavar="TABLE:COLUMN",
    multiple=True,
    callback=_pairs,
    help="这张表没有这个分组的列（如 complaints:地区），可以写多次。 | "
    "The table lacks that column to split by (like complaints:Region); may be given several times.",
)
@lang_option
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    context: click.Context,
    policy: Path,
    dialect: str,
    by: tuple[str, ...],
    period: str | None,
    scheme: str | None,
    without: frozenset[tuple[str, str]],
) -> int:
    """Print the query; 0, or 3 where no query can count what the policy reads."""
    checked, lang = checked_policy(context, policy, scheme)
    from engine.evaluation.counted import Question, query_for  # the engines of the evaluation are heavy
    from engine.report.statement import render_statement

    try:
        statement = query_for(Question(policy=checked, period=period, by=by, scheme=scheme, without=without))
    except Refused as refusal:
        raise stopped(refusal, lang) from None
    deliver(render_statement(statement, dialect, lang))
    return FINE
