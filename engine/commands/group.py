"""`rubric` itself: its verbs and the one option they share."""

import click

from engine import __version__
from engine.commands.help import Verbs
from engine.commands.speech import LANGUAGES

lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    help="用哪种语言显示；不写时按 RUBRIC_LANG，再按方案自己的语言。 | "
    "Language to speak; else RUBRIC_LANG, else the policy's own.",
)


@click.group(
    "rubric",
    cls=Verbs,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    help="按评价方案把收集到的数据算成得分和等级，每一步都说得清。 | "
    "Turns collected data into scores and grades by a written policy, every step explained.",
)
@lang_option
@click.version_option(
    __version__, prog_name="rubric", message="%(prog)s %(version)s", help="显示版本。 | Show the version."
)
@click.pass_context
def rubric(context: click.Context) -> None:
    """Without a verb there is nothing to do but to show the verbs."""
    if context.invoked_subcommand is None:
        raise click.exceptions.NoArgsIsHelpError(context)
