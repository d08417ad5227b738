"""Which language is spoken: `--lang`, else RUBRIC_LANG, else the policy's own, else Chinese."""

import os
from collections.abc import Sequence
from itertools import pairwise

import click

from engine.diagnostics import Lang

LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def asked(arguments: Sequence[str]) -> Lang | None:
    """The language asked for, found before the arguments are read, so that usage errors speak it too."""
    told = [value for flag, value in pairwise([*arguments, ""]) if flag == "--lang"]
    told += [flag.removeprefix("--lang=") for flag in arguments if flag.startswith("--lang=")]
    return next((lang for lang in LANGUAGES if lang in (told or [os.environ.get("RUBRIC_LANG", "")])), None)


def spoken(context: click.Context, own: str | None = None) -> Lang:
    """The language to speak in this run about something whose `own` language is known."""
    wish: Lang | None = context.find_root().obj
    return wish or ("en" if own == "en" else "zh")


def side(text: str, lang: Lang) -> str:
    """One language of a help text `中文 | English`."""
    chinese, _, english = text.partition(" | ")
    return english if lang == "en" and english else chinese
