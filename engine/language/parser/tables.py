"""The tables of the two grammars: what the parser does in each state, and how each terminal is spelt.

Lark works them out from `grammar/outline.lark` and `grammar/data.lark`, which takes seconds, and only for
a grammar that is new: they are kept as text, and reading a policy loads neither Lark nor the grammar.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from engine.language.parser.kept import kept
from engine.language.parser.words import STOPPING, beginnings, expression, grammar, grammar_files, stopping
from engine.values import Frozen, named

STARTS = {
    "outline": ("head", "formula", "sentence", "band", "grade_value", "veto", "let"),
    "data": ("measure", "validity", "belonging"),
}
END = "$END"  # what stands behind the last character

_HERE = Path(__file__)


# How a word is spelt: its expression; for a keyword also the expression of its Chinese spellings; what a keyword or a
# sign can begin with; its rank among those that match at one place.
Spelling = tuple[str, str | None, Sequence[str] | None, int]


@named
class Tables(Frozen):
    """What a grammar says, for a machine with a stack.

    `starts`: for each start its first and its last state. `states`: for each state what to do at a
    symbol: the state to go to or, below zero, the rule that is complete, counted from -1; terminals stand
    in the order in which they are tried. `rules`: see `_rule`. `terminals`: how each is spelt.
    `stops`: the words at which open words end.
    """

    starts: Mapping[str, tuple[int, int]]
    states: Sequence[Mapping[str, int]]
    rules: Sequence[tuple[int, str, str, Sequence[int] | None, bool]]
    terminals: Mapping[str, Spelling]
    stops: Mapping[str, Spelling]


@cache
def tables(name: str) -> Tables:
    """The tables of the grammar `outline` or `data`."""
    made_from = (*grammar_files(name), _HERE)
    return Tables(**json.loads(kept(f"{name}.tables", made_from, lambda: json.dumps(_made(name)))))


def _made(name: str) -> Mapping[str, Any]:
    from lark import Lark  # 30 ms that only a new grammar costs

    made: Any = Lark(grammar(name), parser="lalr", start=list(STARTS[name]), maybe_placeholders=False)
    table: Any = made.parser.parser._parse_table  # noqa: SLF001 - Lark shows its tables nowhere else
    terminals = sorted(made.terminals, key=lambda t: (-t.priority, t.name))
    rank = {symbol.name: i for i, symbol in enumerate(terminals)}
    rules = {rule: i for i, rule in enumerate(made.rules)}
    return {
        "starts": {start: (table.start_states[start], table.end_states[start]) for start in STARTS[name]},
        "states": [_actions(table.states[i], rank, rules) for i in range(len(table.states))],
        "rules": [_rule(rule) for rule in rules],
        "terminals": {terminal.name: _terminal(terminal) for terminal in terminals},
        "stops": {word: _stop(word) for word in STOPPING if word in rank},
    }


def _actions(state: Mapping[str, Any], rank: Mapping[str, int], rules: Mapping[Any, int]) -> Mapping[str, int]:
    """What to do at each symbol; an action of Lark carries either a state or the rule to reduce by."""
    symbols = sorted(state, key=lambda symbol: (rank.get(symbol, len(rank)), symbol))
    return {symbol: -1 - rules[to] if (to := state[symbol][1]) in rules else to for symbol in symbols}


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
        return (
            _anycase(expression(terminal.name)),
            _anycase(expression(terminal.name, english=False)),
            begins,
            terminal.priority,
        )
    signs = (terminal.pattern.value,) if terminal.pattern.type == "str" else None
    return terminal.pattern.to_regexp(), None, signs, terminal.priority


def _stop(word: str) -> Spelling:
    return _anycase(stopping(word)), _anycase(stopping(word, english=False)), beginnings(word), 0


def _anycase(expression: str) -> str:
    return f"(?i:{expression})"
