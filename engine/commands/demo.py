"""`rubric demo`: the shipped policies, scored on the shipped data."""

import os
from pathlib import Path

import click

from engine.commands.assessing import Order, assessed
from engine.commands.console import FINE, deliver
from engine.commands.files import policies_below
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.report.sheet import render_table
from engine.resources import resource


@click.command(
    "demo",
    cls=Verb,
    help="用随程序附带的数据计算附带的评价方案。 | Score the shipped policies on the shipped data.",
)
@lang_option
@click.pass_context
def command(context: click.Context) -> int:
    """Print each policy's result below the command that gives it."""
    code = FINE
    shipped = resource("policies")
    # The examples in the folder below have data of their own.
    procedures = [policy for policy in policies_below(shipped) if policy.parent == shipped]
    for number, policy in enumerate(procedures):
        folder = resource("policies", "data", policy.stem)
        answer = assessed(context, Order(policy=_near(policy), folder=_near(folder)))
        heading = f"$ rubric run {_near(policy)} --data {_near(folder)}"
        deliver("\n\n" * bool(number) + f"{heading}\n\n{render_table(answer.policy, answer.result, answer.lang)}")
        code = max(code, answer.code)
    return code


def _near(path: Path) -> Path:
    """The path as one would type it here, if that is shorter."""
    try:
        return min(path, Path(os.path.relpath(path)), key=lambda p: len(str(p)))
    except ValueError:  # another drive
        return path
