"""`rubric run --units FILE`: very many units, a row of a file for each, scored by columns into another file."""

from collections.abc import Mapping
from pathlib import Path

import click

from engine.commands.assessing import Order, checked_policy, stopped
from engine.commands.console import FINE, REFUSED, complain, patience
from engine.commands.usage import Misused
from engine.diagnostics import Refused, listed
from engine.report.text import visible
from engine.report.words import say


def scored_units(context: click.Context, order: Order, file: Path, output: Path | None, *, steps: bool) -> int:
    """Write the results of all units beside each other; 0, or 3 where some have no score."""
    from engine.data.contract import Limits
    from engine.data.files import LARGE
    from engine.evaluation.columns.files import can_be_written
    from engine.insight.columns import evaluate_file
    from engine.insight.many import prepare

    target = _required(order, file, output)
    if not can_be_written(target):
        raise Misused(
            f"结果只能写成 .parquet 或 .csv 文件，不是 {target}",
            f"results are written to .parquet or .csv, not {target}",
        )
    policy, lang = checked_policy(context, order.policy, order.scheme)

    def tell(phrase: str, places: Mapping[str, str]) -> None:
        if file.stat().st_size >= LARGE:
            complain(visible(say(phrase, lang, **places)))

    limits = Limits(memory=order.memory, threads=order.threads, tell=tell)
    try:
        ready = prepare(policy, scheme=order.scheme, as_of=order.as_of)
        with patience(say("assessing", lang)):
            tally = evaluate_file(ready, file, target, steps=steps, limits=limits)
    except Refused as refusal:
        raise stopped(refusal, lang) from None
    phrase = "units scored exactly" if tally.apart else "units scored"
    apart = listed(tally.apart, most=3)[lang]
    complain(visible(say(phrase, lang, units=tally.units, scored=tally.scored, exactly=tally.exactly, apart=apart)))
    return FINE if tally.scored == tally.units else REFUSED


def _required(order: Order, file: Path, output: Path | None) -> Path:
    """Where the results go, once it is clear that all that is needed was said and nothing else."""
    if order.folder is not None or order.cells is not None or order.by or order.period is not None:
        raise Misused(
            "--units 不和 --data、--cells、--by、--period 一起用",
            "--units goes without --data, --cells, --by and --period",
        )
    if output is None:
        raise Misused(
            "用 --units 时要用 --output 写明结果写到哪个文件",
            "with --units say by --output which file the results go to",
        )
    if not file.is_file():
        raise Misused(f"没有这个文件：{file}", f"no such file: {file}")
    if not output.resolve().parent.is_dir():
        raise Misused(f"没有这个文件夹：{output.resolve().parent}", f"no such folder: {output.resolve().parent}")
    return output
