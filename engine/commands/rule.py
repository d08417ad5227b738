"""`rubric rule [CODE]`: what a code means, why it matters, a wrong and a right example."""

import click

from engine.commands.console import FINE, deliver
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.commands.speech import spoken
from engine.commands.usage import unknown
from engine.diagnostics import codes
from engine.report.rule_page import render_list, render_rule


@click.command(
    "rule",
    cls=Verb,
    help="说明一个代码：错在哪里，为什么要紧，错误和正确的写法。\n\nCODE 如 E401；不写就列出全部代码。 | "
    "Say what a code means, why it matters, and what is wrong and right.\n\n"
    "CODE is for example E401; without it all codes are listed.",
)
@click.argument("code", metavar="[CODE]", required=False)
@lang_option
@click.pass_context
def command(context: click.Context, code: str | None) -> int:
    """Print the page of one code, or the list of all."""
    lang = spoken(context)
    if code is None:
        deliver(render_list(lang))
        return FINE
    wanted = code.strip().upper()
    if wanted not in codes():
        raise unknown("代码", "code", code, codes(), context)
    deliver(render_rule(wanted, lang))
    return FINE
