"""`rubric run --keep` and `--engine spark`: records are counted into a file, and the counts are scored like them."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from engine.commands.assessing import Assessed, Order, assessed, checked_policy, question_of, stopped
from engine.commands.console import orderly, patience, write_whole
from engine.commands.usage import Misused
from engine.diagnostics import Refused
from engine.report.words import say

_COUNTS = "counts.csv"


def counted_by_spark(context: click.Context, order: Order, master: str, keep: Path | None) -> Assessed:
    """Like `assessed`, with the records counted by Spark; the counts are kept in a file where one is named."""
    from engine.evaluation.spark import count_with_spark, is_installed, refuse_other_forms

    if order.cells is not None or order.folder is None:
        raise Misused(
            "--engine spark 要用 --data 指出数据文件夹", "--engine spark takes the folder with the data: --data"
        )
    if not order.folder.is_dir():
        raise Misused(f"没有这个文件夹：{order.folder}", f"no such folder: {order.folder}")
    policy, lang = checked_policy(context, order.policy, order.scheme)
    question = question_of(policy, order)
    with TemporaryDirectory(prefix="rubric-") as folder:
        counts = Path(folder, _COUNTS)
        try:
            refuse_other_forms(question)
            if not is_installed():
                raise Misused(
                    "还没有安装Spark：pip install 'rubric-engine[spark]'",
                    "Spark is missing: pip install 'rubric-engine[spark]'",
                )
            with orderly(), patience(say("assessing", lang)):
                count_with_spark(question, master, counts)
        except Refused as refusal:
            raise stopped(refusal, lang) from None
        if keep is not None:
            write_whole(keep, counts.read_text(encoding="utf-8"))
        return assessed(context, replace(order, cells=counts))


def counted_and_kept(context: click.Context, order: Order, keep: Path) -> Assessed:
    """Like `assessed`, with how often each combination of cells occurs kept in a file."""
    from engine.data.periods import is_several

    if order.cells is not None:
        raise Misused("--cells 读的已经是汇总好的记录，不用再 --keep", "--cells reads counts already: leave out --keep")
    if order.period is not None and is_several(order.period):
        raise Misused("--keep 一次只存一期：--period 写一期", "--keep takes one period: name one with --period")
    with TemporaryDirectory(prefix="rubric-") as folder:
        counts = Path(folder, _COUNTS)
        answer = assessed(context, replace(order, keep=counts))
        write_whole(keep, counts.read_bytes())
    return answer
