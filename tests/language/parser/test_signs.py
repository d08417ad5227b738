"""What a text must hold for an expression to match in it."""

import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import cast

import pytest

from engine import language
from engine.language.parser.signs import Signs, needed, signs
from engine.language.parser.tables import tables
from engine.language.seldom import Seldom
from engine.language.text import fold
from engine.resources import resource


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[Pp]er day", ("per day",)),
        (r"(?i:Per)\s+Cent", ("cent",)),  # the longest
        (r"不足(?:一步|部分)", ("不足一步", "不足部分")),
        (r"不足\d(?:步|分)内", ("不足",)),  # of as long ones the fewest
        (r"[a-d][e-g]", ("e", "f", "g")),  # twelve spellings are too many
        (r"\d+(?:\.\d+)?(?=\s*(?:points?|marks?))", ("mark", "point")),  # what follows must be there, too
        (r"(?<=points) off", ("points",)),
        (r"(?:late|lateness|overdue)", ("late", "overdue")),
        (r"[>→]", (">", "→")),
        (r"[0-2a]x?", ("0", "1", "2", "a")),
        (r"(?:a|\d)", None),  # one choice needs nothing
        (r"(?:late)?", None),
        (r"(?:late)*\d", None),
        (r"(?!late)\d", None),
        (r"(?<!late)\d", None),
        (r"[^a]", None),
        (r"[一-鿿]", None),
        ("(a)(?(1)b|c)", ("a",)),
        (r"days?\b late", ("day late", "days late")),
        ("", None),
    ],
)
def test_signs(expression: str, expected: Signs | None) -> None:
    """The words of which a text must hold one; none where the expression can do without."""
    assert signs(expression) == expected


@pytest.mark.parametrize("grammar", ["outline", "data"])
@pytest.mark.parametrize("policy", ["bank", "complaints", "telecom"])
def test_no_terminal_is_missed(grammar: str, policy: str) -> None:
    """Wherever a terminal, or a word at which open words end, stands in a procedure's lines, these hold its signs."""
    known = tables(grammar)
    spelt = [*known.terminals.values(), *known.stops.values()]
    forms = {form for word in spelt for form in (word.form, word.chinese) if form and form.signs}
    lines = resource("policies", f"{policy}.yaml").read_text(encoding="utf-8").splitlines()
    missed = {
        (line, form.expression)
        for line in map(fold, lines)
        for form in forms
        if not any(sign in line.lower() for sign in form.signs or ()) and re.search(form.expression, line)
    }

    assert missed == set()


def _seldom(values: Iterable[object]) -> Iterator[Seldom]:
    for value in values:
        if isinstance(value, Seldom):
            yield value
        elif isinstance(value, tuple):
            yield from _seldom(cast("tuple[object, ...]", value))


def test_no_seldom_expression_is_missed() -> None:
    """Whatever an expression matches holds one of the signs that are said of it."""
    modules = [import_module(module.name) for module in walk_packages(language.__path__, "engine.language.")]
    said = {found for module in modules for found in _seldom(vars(module).values()) if found.signs}
    missed = {
        seldom.expression: needed(seldom.expression)
        for seldom in said
        if not any(
            all(any(sign in word for sign in seldom.signs) for word in words) for words in needed(seldom.expression)
        )
    }

    assert said
    assert missed == {}
