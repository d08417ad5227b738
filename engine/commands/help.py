"""Help pages in both languages that stay within 80 columns with Chinese in them.

click counts code points where a terminal counts columns, and its own words are English. The
formatter here puts both right. Help texts are written `中文 | English`, side by side.
"""

from collections.abc import Iterable
from importlib import import_module

import click

from engine.commands.speech import side, spoken
from engine.commands.usage import unknown
from engine.diagnostics import Lang
from engine.report.text import COLUMNS, fold, pad, width

_CHINESE = {
    "Usage: ": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示这段说明。",
}
_TERMS = 26  # the widest first column of a list


class Pages(click.HelpFormatter):
    """Folds and aligns by display width, in one language."""

    def __init__(self, lang: Lang) -> None:
        super().__init__(width=COLUMNS)
        self.lang: Lang = lang

    def _own(self, text: str) -> str:
        for english, chinese in _CHINESE.items() if self.lang == "zh" else ():
            text = text.replace(english, chinese)
        return side(text, self.lang)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - click's form
        """`Usage: rubric check [OPTIONS] PATH...`, continued below the arguments."""
        head = f"{self._own('Usage: ')}{prog} "
        first, *rest = fold(self._own(args), COLUMNS - width(head))
        self.write("".join(f"{line}\n" for line in (head + first, *(" " * width(head) + line for line in rest))))

    def write_heading(self, heading: str) -> None:
        """The title of a list."""
        self.write(f"{self._own(heading)}{'：' if self.lang == 'zh' else ':'}\n")

    def write_text(self, text: str) -> None:
        """Paragraphs at the current indentation."""
        margin = " " * self.current_indent
        lines = fold(self._own(text), COLUMNS - len(margin))
        self.write("".join(f"{margin}{line}".rstrip() + "\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _TERMS, col_spacing: int = 2) -> None:
        """Terms on the left, what they mean on the right."""
        rows = list(rows)
        column = min(col_max, max(width(term) for term, _ in rows)) + col_spacing
        margin = " " * self.current_indent
        for term, meaning in rows:
            lines = fold(self._own(meaning), COLUMNS - len(margin) - column)
            if width(term) + col_spacing > column:
                lines = ["", *lines]
            told = [pad(term, column) + lines[0], *(" " * column + line for line in lines[1:])]
            self.write("".join(f"{margin}{line}".rstrip() + "\n" for line in told))


class SpokenContext(click.Context):
    """A context whose pages are written in the language asked for."""

    def make_formatter(self) -> click.HelpFormatter:
        """A fresh page."""
        return Pages(spoken(self))


class Verb(click.Command):
    """A command whose help is written in both languages."""

    context_class = SpokenContext


class Verbs(click.Group):
    """The verbs of `rubric`, imported when they are used, in the order a user meets them."""

    context_class = SpokenContext

    verbs = ("check", "run", "explain", "test", "template", "inspect", "init", "demo", "sql", "rule", "schema")

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's form
        """The verbs in their order."""
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's form
        """The command of a verb: what the module of its name calls `command`."""
        return import_module(f"engine.commands.{cmd_name}").command if cmd_name in self.verbs else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was typed; a mistyped one is answered with the one it resembles."""
        if args[0] not in self.verbs:
            raise unknown("命令", "command", args[0], self.verbs, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with the first sentence of their help."""
        lang = spoken(ctx)
        commands = [(verb, self.get_command(ctx, verb)) for verb in self.verbs]
        rows = [(verb, side(found.help or "", lang).split("\n", 1)[0]) for verb, found in commands if found]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
