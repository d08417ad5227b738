"""`rubric schema`: the shape of a policy file as JSON Schema, for editors."""

import click

from engine.commands.console import FINE, deliver
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.resources import resource


@click.command(
    "schema",
    cls=Verb,
    help="打印方案文件的JSON Schema，编辑器用它提示和检查。 | "
    "Print the JSON Schema of policy files, for editors to complete and check.",
)
@lang_option
def command() -> int:
    """Print the published schema, byte for byte."""
    deliver(resource("grammar", "policy.schema.json").read_text(encoding="utf-8"), encoding="utf-8")
    return FINE
