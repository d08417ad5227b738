"""The promise that no traceback reaches a user: every way a run can end is an exit code and a sentence."""

import os
import sys
from collections.abc import Sequence

import click

from engine.commands.console import BUDGET, INTERNAL, INTERRUPTED, UNREAD, USAGE, complain
from engine.commands.group import rubric
from engine.commands.speech import asked
from engine.commands.usage import usage_text
from engine.diagnostics import Lang
from engine.report.text import visible
from engine.report.words import say


def guarded(arguments: Sequence[str]) -> int:
    """Run the verb; every way it can end is an exit code and at most a sentence on stderr."""
    try:
        code = rubric.main(list(arguments), prog_name="rubric", standalone_mode=False, obj=asked(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return UNREAD
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last line of defence
        code, sentence = _ending(error, asked(arguments) or "zh")
        complain(sentence)
    return code


def _ending(error: BaseException, lang: Lang) -> tuple[int, str]:
    """The exit code of a failure, and what to say about it."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return USAGE, error.format_message()
        case click.UsageError():
            return USAGE, usage_text(error, lang).rstrip()
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED, say("interrupted", lang)
        case OSError():
            file, reason = visible(str(error.filename or "")), visible(error.strerror or str(error))
            return USAGE, say("unreadable", lang, file=file, reason=reason)
        case MemoryError(args=(int(memory),)):
            return BUDGET, say("little memory", lang, memory=memory)
        case MemoryError() | RecursionError():
            return BUDGET, say("too large", lang)
        case _:
            if os.environ.get("RUBRIC_DEBUG") == "1":
                import traceback  # 9 ms that only a developer waits for

                traceback.print_exception(error)
            return INTERNAL, say("internal", lang, error=visible(f"{type(error).__name__}: {error}"))


def _forget_output() -> None:
    """Python flushes stdout once more at exit; let that go nowhere."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:
        return
