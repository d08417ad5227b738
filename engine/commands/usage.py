"""Usage errors in words: what was typed, what is wrong with it, what is expected, in both languages."""

from collections.abc import Sequence

import click

from engine.diagnostics import Lang
from engine.report.text import visible


class Misused(click.UsageError):
    """A usage error of our own, in both languages."""

    def __init__(self, chinese: str, english: str, context: click.Context | None = None) -> None:
        super().__init__(english, context)
        self.chinese = chinese


def usage_text(error: click.UsageError, lang: Lang) -> str:
    """The message of a usage error, and where help is found."""
    path = error.ctx.command_path if error.ctx else "rubric"
    if lang == "en":
        return f"rubric: {visible(error.format_message())}\nTry '{path} --help'.\n"
    return f"rubric：{visible(_chinese(error))}\n运行“{path} --help”看用法。\n"


def unknown(
    chinese: str, english: str, typed: str, known: Sequence[str], context: click.Context | None = None
) -> Misused:
    """`没有命令“chekc”，是不是“check”？` for a word that is none of `known`."""
    from difflib import get_close_matches  # only a mistyped word needs it

    near = get_close_matches(typed, known, n=1)
    return Misused(
        f"没有{chinese}“{typed}”" + "".join(f"，是不是“{name}”？" for name in near),
        f"no {english} “{typed}”" + "".join(f"; did you mean “{name}”?" for name in near),
        context,
    )


def _chinese(error: click.UsageError) -> str:
    match error:
        case Misused():
            return error.chinese
        case click.NoSuchOption():
            return unknown("选项", "option", error.option_name, error.possibilities or []).chinese
        case click.MissingParameter():
            return f"缺少 {_named(error)}"
        case click.BadParameter() if error.param and isinstance(error.param.type, click.Choice):
            return f"{_named(error)} 只能是 {'、'.join(str(choice) for choice in error.param.type.choices)}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少内容，或者多了内容"
        case _:
            return error.format_message()


def _named(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    if isinstance(error.param, click.Option):
        return error.param.opts[-1]
    return error.param.human_readable_name
