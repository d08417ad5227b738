"""The house rules that a tool can check: sizes, docstrings, exactness, words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "engine").rglob("*.py"))
# Columns hold binary numbers; which of them decide is what tests/columns asks.
EXACT = [path for path in MODULES if re.match(r"engine/evaluation/(?!columns/)", path.relative_to(ROOT).as_posix())]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _length(function: Function) -> int:
    """Lines from `def` to the last statement, without the docstring."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or 0) - docstring.lineno + 1)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_stays_below_400_lines(path: Path) -> None:
    """A module that grows over 400 lines is two modules."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < 400


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_function_stays_below_40_lines(path: Path) -> None:
    """A function that grows over 40 lines does two things."""
    assert [f.name for f in _functions(_tree(path)) if _length(f) >= 40] == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_everything_public_says_what_it_is(path: Path) -> None:
    """Modules, public classes and public functions have a docstring."""
    tree = _tree(path)
    public = [node for node in tree.body if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")]
    assert ast.get_docstring(tree), "the module has no docstring"
    told = {node.name for node in public if ast.get_docstring(node) is not None}  # overloads share one docstring
    assert [node.name for node in public if node.name not in told] == []


@pytest.mark.parametrize("path", EXACT, ids=_name)
def test_no_float_decides_a_score(path: Path) -> None:
    """Evaluation writes no float: neither a literal nor a conversion."""
    tree = _tree(path)
    literals = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    conversions = [
        n.lineno
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "float"
    ]
    assert literals + conversions == []


# The glossary's words for these things: indicator, line, band, deduction, policy, unit.
FOREIGN = re.compile(
    r"(?<![A-Za-z])(metrics?|kpis?|buckets?|penalt(?:y|ies)|rulesets?|entit(?:y|ies))(?![A-Za-z])", re.IGNORECASE
)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_code_speaks_the_glossary(path: Path) -> None:
    """Names in the code are the glossary's words."""
    names = {node.id for node in ast.walk(_tree(path)) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(_tree(path)) if isinstance(node, ast.Attribute)}
    names |= {node.name for node in ast.walk(_tree(path)) if isinstance(node, Function | ast.ClassDef)}
    assert sorted(name for name in names if FOREIGN.search(name.replace("_", " "))) == []


UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_nothing_is_left_for_later(path: Path) -> None:
    """What is in the engine is finished."""
    assert UNFINISHED.findall(path.read_text(encoding="utf-8")) == []


def test_a_reason_stands_behind_every_exemption() -> None:
    """A linter is silenced only with the reason on the same line."""
    bare = re.compile(
        r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|(?:type|pyright):\s*ignore(?:\[[\w, -]+\])?)\s*$"
    )
    found = [
        f"{_name(path)}:{number}"
        for path in [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert found == []
