"""`rubric demo`: the shipped policies, scored on the shipped data."""

import os
from pathlib import Path

import click

from engine.commands.assessing import Order, scored
from engine.commands.console import FINE, deliver
from engine.commands.files import policies_below
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.commands.speech import spoken
from engine.report.sheet import render_results
from engine.report.words import say
from engine.resources import resource


@click.command(
    "demo",
    cls=Verb,
    help="用随程序附带的数据计算附带的评价方案。 | Score the shipped policies on the shipped data.",
)
@lang_option
@click.pass_context
def command(context: click.Context) -> int:
    """Print what each policy comes to below the command that gives the whole result."""
    shipped = resource("policies")
    # The examples in the folder below have data of their own.
    procedures = [policy for policy in policies_below(shipped) if policy.parent == shipped]
    for policy in procedures:
        order = Order(policy=_near(policy), folder=_near(resource("policies", "data", policy.stem)))
        answer = scored(context, order)
        warnings = len(answer.history.warnings)
        noticed = "\n" + say("noticed", answer.lang, count=warnings) + "\n" if warnings else ""
        command = f"$ rubric run {order.policy} --data {order.folder}"
        deliver(f"{command}\n\n{render_results(answer.policy, answer.result, answer.lang)}{noticed}\n\n")
    first = f"rubric explain {_near(procedures[0])} --data {_near(resource('policies', 'data', procedures[0].stem))}"
    deliver(f"{say('whole calculation', spoken(context, 'zh'))}\n  {first}\n")
    return FINE


def _near(path: Path) -> Path:
    """The path as one would type it here, if that is shorter."""
    try:
        return min(path, Path(os.path.relpath(path)), key=lambda p: len(str(p)))
    except ValueError:  # another drive
        return path
