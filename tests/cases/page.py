"""A test page: prose, the files it speaks of, and commands with exactly what they print.

A page is Markdown. A fenced block whose info string says `file=NAME` is a file; a block marked
`console` is a session: each line after `$ ` is a command, what follows is its whole output
(standard output and standard error as a terminal shows them), and a last line `[exit 1]` its exit
code where that is not 0. Everything else is for the reader.
"""

import io
import re
import shlex
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from engine.commands import main

FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"\bfile=(?P<name>\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of a session and what the page says it prints, with the exit code's line."""

    line: str
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The files of a page by name, and its commands in order."""

    files: dict[str, str]
    commands: tuple[Command, ...]


def read_page(text: str) -> Page:
    """The page a Markdown text holds."""
    files: dict[str, str] = {}
    commands: list[Command] = []
    for block in FENCE.finditer(text):
        named = FILE.search(block["info"])
        if named:
            files[named["name"]] = block["body"]
        elif block["info"].strip() == "console":
            commands += read_session(block["body"])
    return Page(files=files, commands=tuple(commands))


def read_session(body: str) -> list[Command]:
    """The commands of one `console` block."""
    commands: list[Command] = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        line, _, printed = part.partition("\n")
        commands.append(Command(line=line, printed=printed))
    return commands


def write_files(page: Page, folder: Path) -> None:
    """Put the page's files below `folder`."""
    for name, body in page.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8", newline="")


def run(line: str, folder: Path) -> str:
    """What the command prints when it is given in `folder`, with `[exit N]` where N is not 0."""
    program, *arguments = shlex.split(line)
    if program != "rubric":
        raise ValueError(f"a page runs rubric, not {program}")
    screen = io.BytesIO()
    output = io.TextIOWrapper(screen, encoding="utf-8", write_through=True)
    errors = io.TextIOWrapper(screen, encoding="utf-8", write_through=True)
    with chdir(folder), redirect_stdout(output), redirect_stderr(errors):
        code = main(arguments)
        output.flush()
        errors.flush()
    printed = screen.getvalue().decode("utf-8")
    if printed and not printed.endswith("\n"):
        printed += "\n"
    return printed + (f"[exit {code}]\n" if code else "")


def play(page: Page, folder: Path) -> list[Command]:
    """The page's commands, with what they print here and now."""
    write_files(page, folder)
    return [Command(line=command.line, printed=run(command.line, folder)) for command in page.commands]


def rewrite(text: str, played: list[Command]) -> str:
    """The page's text with what the commands printed in the place of what it said."""
    remaining = iter(played)

    def session(block: re.Match[str]) -> str:
        if block["info"].strip() != "console":
            return block[0]
        commands = [next(remaining) for _ in read_session(block["body"])]
        body = "".join(f"$ {command.line}\n{command.printed}" for command in commands)
        return f"{block['fence']}{block['info']}\n{body}{block['fence']}"

    return FENCE.sub(session, text)
