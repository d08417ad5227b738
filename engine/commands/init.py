"""`rubric init [PATH]`: a small commented policy to begin with."""

from pathlib import Path

import click

from engine.commands.console import FINE, complain, write_whole
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.commands.speech import spoken
from engine.commands.usage import Misused
from engine.report.text import visible
from engine.report.words import say
from engine.resources import resource


@click.command(
    "init",
    cls=Verb,
    help="写出一个带说明的小方案，从它改起。\n\nPATH 是要写的文件，不写就是 policy.yaml；已有的文件不会被覆盖。 | "
    "Write a small commented policy to begin with.\n\n"
    "PATH is the file to write, policy.yaml if left out; a file that exists is left alone.",
)
@click.argument("path", metavar="[PATH]", default="policy.yaml", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="覆盖已有的文件。 | Overwrite a file that exists.")
@lang_option
@click.pass_context
def command(context: click.Context, path: Path, *, force: bool) -> int:
    """Write the policy in the language spoken, whole or not at all."""
    lang = spoken(context)
    if path.exists() and not force:
        raise Misused(
            f"{path} 已经存在；要覆盖它请加 --force", f"{path} exists already; --force overwrites it", context
        )
    if not path.parent.is_dir():
        raise Misused(f"没有文件夹 {path.parent}", f"there is no folder {path.parent}", context)
    write_whole(path, resource("grammar", "starters", f"policy.{lang}.yaml").read_text(encoding="utf-8"))
    complain(visible(say("written", lang, file=path)))
    return FINE
