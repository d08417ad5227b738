"""Slips of the Chinese keyboard in the YAML around the schemes: `键：值`, `键:值`, `－ 值`."""

import re

from engine.diagnostics import Diagnostic
from engine.language.reader.blocks import Block
from engine.language.reader.lines import Page, blank
from engine.language.seldom import Seldom
from engine.source import Span, place_of

# A line that should be `key: value` and has no colon with a blank behind it.
_KEY = re.compile(r"(?P<key> *[^\s\-#:：&*!|>'\"%@`\[\]{},?][^:：]*?) *(?P<colon>[:：])(?P<value>.*)$")
_COLON = re.compile(r":(?:[ \t]|$)")
_DASH = re.compile(r"(?P<indent> *)[－—–•·●]\s*(?P<value>\S.*)$")
_QUOTED = Seldom(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_OPENING = Seldom(r"(?:^\s*|:[ \t]+|-[ \t]+)[\[{]")


def repair_slips(page: Page, blocks: dict[int, Block]) -> list[Diagnostic]:
    """E111 for each line outside the schemes and outside brackets with such a slip; YAML is given the repaired line."""
    suspects = [n for n, line in enumerate(page.given) if n not in blocks and _repaired(line) is not None]
    if not suspects:
        return []
    within = _within_brackets(page)
    return [_slip(page, number) for number in suspects if number not in within]


def _repaired(line: str) -> tuple[str, int, str] | None:
    """What the line should be, the column of the slip and its case; None where there is none."""
    dash = _DASH.match(line)
    if dash:
        return f"{dash['indent']}- {dash['value']}", dash.end("indent"), "dash"
    if blank(line) or (": " in line and "#" not in line) or _COLON.search(_COMMENT.sub("", line)):
        return None
    key = _KEY.match(line)
    if key is None:
        return None
    case = "" if key["colon"] == "：" else "space"
    return f"{key['key']}: {key['value'].strip()}".rstrip(), key.start("colon"), case


def _slip(page: Page, number: int) -> Diagnostic:
    line = page.given[number]
    repaired, column, case = _repaired(line) or (line, 0, "")
    start = page.offset(number, column)
    if number not in page.tabbed:
        page.repair(number, repaired, column)
    else:
        page.given[number] = repaired
    hint = repaired.strip()
    return Diagnostic(code="E111", case=case, place=place_of(page.source, Span(start, start + 1)), hint=hint)


def _within_brackets(page: Page) -> set[int]:
    """The lines that begin inside brackets opened on an earlier line."""
    within: set[int] = set()
    depth = 0
    for number, line in enumerate(page.given):
        if depth:
            within.add(number)
        bare = _COMMENT.sub("", _QUOTED.sub("", line))
        if depth or _OPENING.search(bare):
            depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))
            depth = max(depth, 0)
    return within
