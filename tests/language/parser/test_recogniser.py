"""The machine that runs the grammar's tables: what a text becomes, and where reading stops."""

import subprocess
import sys

import pytest

from engine.language.parser.recogniser import recognised
from engine.language.parser.tables import STARTS, tables
from engine.language.parser.tree import Token, Tree, Unread


def _told(tree: Tree | Token) -> str:
    if isinstance(tree, Token):
        return f"{tree.type}[{tree.start}:{tree.end}]"
    return f"{tree.kind}({' '.join(_told(part) for part in tree.parts)})"


@pytest.mark.parametrize(
    ("words", "start", "grammar", "tree"),
    [
        ("每发生一次扣1分", "sentence", "outline", "rule(count(EVERY[0:1] counted(OCCUR[1:3] number_of(CNUM[3:4]) TIMES[4:5])) deduct(DEDUCT[5:6] points(NUM[6:7] POINTS[7:8])))"),
        ("每十次扣1分", "sentence", "outline", "rule(count(EVERY[0:1] counted(number_of(CNUM[1:2]) TIMES[2:3])) deduct(DEDUCT[3:4] points(NUM[4:5] POINTS[5:6])))"),
        ("甲、乙", "head", "outline", "head_group(named(NAME[0:1]) ENUM[1:2] named(NAME[2:3]))"),  # `_and` is no part, its sign is
        ("甲——乙", "head", "outline", "head_chain(named(NAME[0:1]) named(NAME[3:4]))"),  # a sign whose terminal begins with _ is none
        ("甲", "formula", "outline", "reference(NAME[0:1])"),  # one part alone is no formula, no term, no factor
        ("甲 + 乙*2", "formula", "outline", "binary(reference(NAME[0:1]) PLUS[2:3] binary(reference(NAME[4:5]) number(NUM[6:7])))"),
        ("投诉的次数", "measure", "data", "count_rows(SOURCE[0:2])"),
    ],
)  # fmt: skip
def test_a_tree(words: str, start: str, grammar: str, tree: str) -> None:
    """Rules by name or alias, with what stays in the tree and where it stands."""
    assert _told(recognised(words, start, grammar)) == tree


@pytest.mark.parametrize(
    ("words", "at"),
    [("每发生一次扣1分吧", 8), ("每发生一次扣", 6), ("", 0), ("  每扣1分", 3), ("每发生一次扣1分  ", None)],
)
def test_where_reading_stops(words: str, at: int | None) -> None:
    """At the first character that fits nothing, or at the end of words that say half a thing; blanks are passed over."""
    if at is None:
        recognised(words, "sentence")
        return
    with pytest.raises(Unread) as stopped:
        recognised(words, "sentence")
    assert stopped.value.at == at


@pytest.mark.parametrize("grammar", ["outline", "data"])
def test_no_tree_without_parts_stands_in_another(grammar: str) -> None:
    """A tree begins where its first part does: only a whole sentence may keep no part."""
    keeping_none = {origin for _, origin, _, parts, _ in tables(grammar).rules if parts is not None and not parts}
    assert {origin for origin in keeping_none if not origin.startswith("_")} <= set(STARTS[grammar])


def test_a_policy_is_read_without_lark() -> None:
    """What Lark makes of the grammar is kept: a later run loads neither Lark nor its tables' making."""
    recognised("每发生一次扣1分", "sentence")  # kept from now on
    later = (
        "import sys; from engine.language.parser.recogniser import recognised; "
        "recognised('每发生一次扣1分', 'sentence'); print('lark' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", later], capture_output=True, check=True, text=True).stdout == "False\n"
