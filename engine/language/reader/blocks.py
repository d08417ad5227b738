"""Where the schemes stand: the literal blocks below `scheme: |` and `schemes:`.

A scheme is taken from the lines of the file, and YAML sees its block as empty. So a line that left
the block (E102) is found where it stands, instead of where YAML stumbles over it.
"""

import re
from collections.abc import Callable, Iterator

from engine.diagnostics import Diagnostic
from engine.language.reader.lines import Page, blank, indent, level_of, runs
from engine.source import Span, place_of
from engine.values import Frozen, named

_HEAD = re.compile(
    r"(?P<indent> *)(?P<quote>[\"']?)(?P<key>[^\s:：#\"'&*!|>%@`\-\[\]{},][^:：#\"']*?)(?P<closed>(?P=quote)?)"
    r"(?P<colon>[ \t\u3000]*[:：]|(?=[ \t\u3000]+[|｜][ \t]*$)|(?<=schemes)(?=[ \t]*$))"
    r"(?P<gap>[ \t\u3000]*)(?P<mark>[|>｜＞]?)(?P<rest>.*)$"
)
_TOP = re.compile(r" *[\"']?(?P<key>[A-Za-z_][A-Za-z_-]*)[\"']?[ \t\u3000]*[:：]")
_INDICATORS = re.compile(r"(?:[+-]?(?P<width>[1-9])?[+-]?)[ \t]*(?:#.*)?$")
_ENDS = re.compile(r"(?:---|\.\.\.)(?:\s|$)")

Stops = Callable[[str], bool]


@named
class Block(Frozen):
    """The lines `[first, last)` of one scheme, numbered from 0, below the line `head`.

    `intact`: every line is indented as a literal block must be.
    """

    head: int
    first: int
    last: int
    intact: bool


def find_blocks(page: Page, known: frozenset[str]) -> tuple[dict[int, Block], list[Diagnostic]]:
    """The blocks by the number of their head line; what is wrong with heads and with lines that left a block.

    `known`: the keys of the policy's outermost level. Refused: E102 lines outside their block, E111
    full-width punctuation in the head line, E113 a head line without `|`.
    """
    blocks: dict[int, Block] = {}
    found: list[Diagnostic] = []
    for head, level, stops in _heads(page, known):
        block, findings = _block(page, head, level, stops)
        blocks[head] = block
        found += findings
        for number in range(block.first, block.last):
            page.given[number] = ""
    return blocks, found


def _outermost(page: Page, known: frozenset[str]) -> int:
    """How far the policy's keys are indented; one that is further left or right than the others does not count."""
    keys = [indent(line) for line in page.given if (key := _TOP.match(line)) and key["key"] in known]
    return _usual(keys)


def _usual(indents: list[int]) -> int:
    """The indentation that most lines have; of two the even one, for people indent by two or four."""
    return max(sorted(set(indents)), key=lambda blanks: (indents.count(blanks), blanks % 2 == 0), default=0)


def _heads(page: Page, known: frozenset[str]) -> Iterator[tuple[int, int, Stops]]:
    """The head lines of blocks, each with where it should begin and what ends its block."""
    outermost = _outermost(page, known)
    inner: int | None = None
    level, below = outermost, False

    def top(line: str) -> bool:
        key = _TOP.match(line)
        return bool(_ENDS.match(line) or (key and indent(line) <= outermost and _is_key(key["key"], known)))

    def sibling(line: str) -> bool:
        return top(line) or _opens(_HEAD.match(line))

    for number, line in enumerate(page.given):
        head = _HEAD.match(line)
        if head is None:
            continue
        moved = head["key"] == "scheme" and bool(head["mark"]) and not below
        if indent(line) == outermost or moved:
            below = head["key"] == "schemes"
            level = _usual([indent(one) for one in page.given if _opens(_HEAD.match(one))]) if below else level
            inner = None
            misspelt = head["key"] not in known and _opens(head)
            if misspelt or (head["key"] == "scheme" and _has_block(page, number, head)):
                yield number, outermost, top
        elif below and (inner is None or indent(line) == inner or _opens(head)):
            inner = level if _opens(head) else indent(line)
            if _has_block(page, number, head):
                yield number, inner, sibling


def _is_key(key: str, known: frozenset[str]) -> bool:
    """A key of the policy, rightly or wrongly spelt: lines of a scheme do not begin with one small English word."""
    return key in known or key.islower()


def _opens(head: re.Match[str] | None) -> bool:
    return bool(head and head["mark"] and _INDICATORS.fullmatch(head["rest"]))


def _has_block(page: Page, number: int, head: re.Match[str]) -> bool:
    """Whether a block belongs to the head: it has a mark, or deeper lines and no value in quotes or brackets."""
    if head["mark"]:
        return True
    value = head["rest"].strip()
    if value[:1] in ("'", '"', "[", "{", "&", "*", "!"):
        return False
    following = next((line for line in page.given[number + 1 :] if not blank(line)), "")
    return indent(following) > indent(page.given[number]) and not following.lstrip().startswith("#")


def _block(page: Page, head: int, outer: int, stops: Stops) -> tuple[Block, list[Diagnostic]]:
    match = _HEAD.match(page.given[head])
    assert match is not None  # noqa: S101 - `_heads` yields only lines that match
    found = [*_moved(page, head, match, outer), *_head_findings(page, head, match)]
    last = next((n for n in range(head + 1, len(page.given)) if stops(page.given[n])), len(page.given))
    while last > head + 1 and (blank(page.given[last - 1]) or _comment_outside(page.given[last - 1], outer)):
        last -= 1
    lost = _lost(page, head, last, outer, match["rest"])
    found += lost
    first = head + 1
    intact = not lost and not page.tabbed.intersection(range(first, last))
    page.repair(head, f"{' ' * outer}{match['quote']}{match['key']}{match['quote']}: |", match.end("key"))
    return Block(head=head, first=first, last=last, intact=intact), found


def _comment_outside(line: str, outer: int) -> bool:
    return line.lstrip().startswith("#") and indent(line) <= outer


def _moved(page: Page, number: int, head: re.Match[str], outer: int) -> list[Diagnostic]:
    """E002 for a head with half a quote, or one that is not where the policy's other keys begin."""
    if head["closed"] != head["quote"]:
        at = page.source.starts[number] + head.start("quote")
        return [Diagnostic(code="E002", case="quote", place=place_of(page.source, Span(at, at + 1)))]
    if len(head["indent"]) == outer:
        return []
    place = place_of(page.source, Span(page.source.starts[number], page.offset(number, head.end("key"))))
    return [Diagnostic(code="E002", case="indent", place=place, args={"character": ""})]


def _head_findings(page: Page, number: int, head: re.Match[str]) -> list[Diagnostic]:
    """E111 for full-width punctuation and a missing blank, E113 for a head that opens no literal block."""
    if not head["colon"]:
        code, case = "E111", "lost"
    elif "：" in head["colon"] or head["mark"] in ("｜", "＞") or "\u3000" in head["colon"] + head["gap"]:
        code, case = "E111", "" if "：" in head["colon"] else "bar"
    elif head["mark"] and not head["gap"]:
        code, case = "E111", "space"
    elif _opens(head) and head["mark"] == "|":
        return []
    else:
        code, case = "E113", {"|": "same line", ">": "folded"}.get(head["mark"], "bare")
    wrong = Span(page.offset(number, head.end("key") + len(head["quote"])), page.span(number).end)
    hint = f"{head['indent']}{head['key']}: |"
    args = {"key": head["key"], "mark": head["mark"]}
    return [Diagnostic(code=code, case=case, place=place_of(page.source, wrong), args=args, hint=hint)]


def _lost(page: Page, head: int, last: int, outer: int, rest: str) -> list[Diagnostic]:
    """E102 for every run of lines that stand further left than the block's first line."""
    numbers = [n for n in range(head + 1, last) if not blank(page.given[n])]
    depths = {n: indent(page.given[n]) for n in numbers}
    if not numbers:
        return []
    said = _INDICATORS.fullmatch(rest)
    inner = outer + int(said["width"]) if said and said["width"] else depths[numbers[0]]
    inner = inner if inner > outer else outer + 2
    left = [n for n in numbers if depths[n] < inner and n not in page.tabbed]
    lowest = min(depths.values())
    if lowest > outer and len(left) * 2 > len(numbers):
        return [_deeper_first(page, numbers[0], lowest)]
    return [_left(page, run, inner, depths) for run in runs(left, page.lines)]


def _deeper_first(page: Page, number: int, lowest: int) -> Diagnostic:
    hint = " " * lowest + page.given[number].strip()
    return Diagnostic(code="E102", case="first", place=place_of(page.source, page.span(number)), hint=hint)


def _left(page: Page, run: list[int], inner: int, depths: dict[int, int]) -> Diagnostic:
    comment = page.lines[run[0]].lstrip().startswith("#")
    deeper = inner - min(depths[n] for n in run)
    if comment or len(run) == len(depths):  # of a comment, or of all lines together, the level means nothing
        level = deeper + depths[run[0]]
    else:
        level = level_of(page, run, -1, range(min(depths), max(depths) + 1))
    return Diagnostic(
        code="E102",
        case="comment" if comment else "",
        place=place_of(page.source, page.span(run[0])),
        args={"count": len(run), "spaces": inner},
        hint=None if level is None else " " * level + page.given[run[0]].strip(),
    )
