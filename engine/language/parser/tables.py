"""The tables of the two grammars: what the parser does in each state, and how each terminal is spelt.

Lark works them out from `grammar/outline.lark` and `grammar/data.lark`, which takes seconds, and only for
a grammar that is new: they are kept as text, and reading a policy loads neither Lark nor the grammar.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from engine.language.parser.kept import kept
from engine.language.parser.words import STOPPING, beginnings, expression, grammar, grammar_files, stopping
from engine.values import Frozen, named

STARTS = {
    "outline": ("head", "formula", "sentence", "band", "grade_value", "veto", "let"),
    "data": ("measure", "validity", "belonging"),
}
END = "$END"  # what stands behind the last character

_HERE = Path(__file__)


class Form(NamedTuple):
    """An expression, and the words, in lower case, of which a text must hold one for it to match; None: none."""

    expression: str
    signs: tuple[str, ...] | None


class Spelling(NamedTuple):
    """How a word is spelt.

    `begins`: in lower case what a keyword or a sign can begin with, `letters` the first letters of these; None for
    another terminal. `chinese`: for a keyword the form of its Chinese spellings. `priority`: of those that match at one
    place the one with the highest is taken.
    """

    letters: str | None
    begins: tuple[str, ...]
    form: Form
    chinese: Form | None
    priority: int


# A state of the machine: which of the lists of terminals may stand in it; where a symbol leads, to a state or, below
# zero, to the rule that is complete, counted from -1; and to which at every other terminal, if to any.
State = tuple[int, Mapping[str, int], int | None]


@named
class Tables(Frozen):
    """What a grammar says, for a machine with a stack.

    `starts`: for each start its first and its last state. `accepts`: lists of terminals, by
    their places in `terminals`. `rules`: see `_rule`. `terminals`: how each is spelt, in the order
    in which they are tried. `stops`: the words at which open words end.
    """

    starts: Mapping[str, tuple[int, int]]
    states: Sequence[State]
    accepts: Sequence[Sequence[int]]
    rules: Sequence[tuple[int, str, str, Sequence[int] | None, bool]]
    terminals: Mapping[str, Spelling]
    stops: Mapping[str, Spelling]


@cache
def tables(name: str) -> Tables:
    """The tables of the grammar `outline` or `data`."""
    made_from = (*grammar_files(name), _HERE, _HERE.with_name("signs.py"))
    said: dict[str, Any] = json.loads(kept(f"{name}.tables", made_from, lambda: json.dumps(_made(name))))
    for part in ("terminals", "stops"):
        said[part] = {word: _spelling(*spelt) for word, spelt in said[part].items()}
    return Tables(**said)


def _spelling(letters: str | None, begins: Sequence[str], form: Any, chinese: Any, priority: int) -> Spelling:
    both, one = (made and Form(made[0], made[1] and tuple(made[1])) for made in (form, chinese))
    return Spelling(letters, tuple(begins), both, one, priority)


def _made(name: str) -> Mapping[str, Any]:
    from lark import Lark  # 30 ms that only a new grammar costs

    made: Any = Lark(grammar(name), parser="lalr", start=list(STARTS[name]), maybe_placeholders=False)
    table: Any = made.parser.parser._parse_table  # noqa: SLF001 - Lark shows its tables nowhere else
    terminals = sorted(made.terminals, key=lambda t: (-t.priority, t.name))
    rank = {symbol.name: i for i, symbol in enumerate(terminals)}
    rules = {rule: i for i, rule in enumerate(made.rules)}
    accepts: dict[tuple[int, ...], int] = {}
    return {
        "starts": {start: (table.start_states[start], table.end_states[start]) for start in STARTS[name]},
        "states": [_state(table.states[i], rank, rules, accepts) for i in range(len(table.states))],
        "accepts": list(accepts),
        "rules": [_rule(rule) for rule in rules],
        "terminals": {terminal.name: _terminal(terminal) for terminal in terminals},
        "stops": {word: _stop(word) for word in STOPPING if word in rank},
    }


def _state(
    state: Mapping[str, Any],
    rank: Mapping[str, int],
    rules: Mapping[Any, int],
    accepts: dict[tuple[int, ...], int],
) -> State:
    """A state of Lark's, whose every action carries either a state or the rule to reduce by.

    That a rule is complete at most terminals is said once. At one that cannot stand there it is then found complete,
    too, and the terminal refused a few rules later: never is another symbol taken before.
    """
    accepted = tuple(sorted(rank[symbol] for symbol in state if symbol in rank))
    goes = {symbol: -1 - rules[to] if to in rules else to for symbol, (_, to) in sorted(state.items())}
    completed = Counter(to for to in goes.values() if to < 0).most_common(1)
    completes = completed[0][0] if completed else None
    goes = {symbol: to for symbol, to in goes.items() if to != completes}
    return accepts.setdefault(accepted, len(accepts)), goes, completes


def _rule(rule: Any) -> tuple[int, str, str, Sequence[int] | None, bool]:
    """How many symbols it takes, what it is for other rules, what it is called in the tree, its parts, and whether
    a single part stands for itself.

    The parts are the symbols that stay in the tree; one whose own parts take its place (`_and`) counts
    from -1 downwards. None: all of them, as they are.
    """
    keeps_all = rule.options.keep_all_tokens
    stay = [(i, symbol) for i, symbol in enumerate(rule.expansion) if keeps_all or not getattr(symbol, "filter_out", 0)]
    parts = [-1 - i if not symbol.is_term and symbol.name.startswith("_") else i for i, symbol in stay]
    plain = parts == list(range(len(rule.expansion)))
    alone = rule.options.expand1 and not rule.alias
    return len(rule.expansion), rule.origin.name, rule.alias or rule.origin.name, None if plain else parts, alone


def _terminal(terminal: Any) -> Spelling:
    begins = beginnings(terminal.name)
    if begins is not None:
        both, chinese = (expression(terminal.name, english=english) for english in (True, False))
        return _spelt(begins, both, chinese, terminal.priority)
    form = _form(terminal.pattern.to_regexp())
    if terminal.pattern.type == "str":
        return Spelling(terminal.pattern.value[0], (terminal.pattern.value,), form, None, terminal.priority)
    return Spelling(None, (), form, None, terminal.priority)


def _stop(word: str) -> Spelling:
    return _spelt(beginnings(word) or (), stopping(word), stopping(word, english=False), 0)


def _spelt(begins: tuple[str, ...], both: str, chinese: str, priority: int) -> Spelling:
    letters = "".join(sorted({begin[0] for begin in begins}))
    return Spelling(letters, begins, _form(f"(?i:{both})"), _form(f"(?i:{chinese})"), priority)


def _form(expression: str) -> Form:
    from engine.language.parser.signs import signs  # only a new grammar needs it

    return Form(expression, signs(expression))
