"""The published schema and the reader must never disagree: jsonschema is the independent judge."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import given, settings, strategies as st
from jsonschema import Draft7Validator

from engine.language.reader import read_document
from engine.language.reader.shape import UNDERSTOOD
from engine.resources import resource
from engine.source import source_of
from tests.language.whole_policy import SCHEME, START, WHOLE

SCHEMA = json.loads(resource("grammar", "policy.schema.json").read_text(encoding="utf-8"))
JUDGE = Draft7Validator(SCHEMA)
# What the schema says too; other codes speak of what no schema can say (calendars, writing, sentences).
OF_SHAPE = {
    "E007": ("", "policy"),
    "E008": ("", "policy", "kind", "scheme", "both"),
    "E009": ("", "empty", "policy", "nothing"),
    "E003": ("list",),
    "E011": ("",),
    "E012": ("", "form"),
    "E016": ("",),
    "E018": ("",),
}


def of_shape(text: str) -> list[str]:
    """What the reader says about the shape of a policy file."""
    _, found = read_document(source_of("p.yaml", text))
    return [f"{d.code} {d.case} {d.place} {dict(d.args)}" for d in found if d.case in OF_SHAPE.get(d.code, ())]


class _Texts(yaml.BaseLoader):
    """Every value a text, but for those that are empty or one of YAML's words for nothing."""


def _text_or_nothing(loader: yaml.BaseLoader, node: yaml.ScalarNode) -> str | None:
    nothing = node.style is None and node.value in ("", "~", "null", "Null", "NULL")
    return None if nothing else str(loader.construct_scalar(node))


_Texts.add_constructor("tag:yaml.org,2002:str", _text_or_nothing)


class _Typed(yaml.SafeLoader):
    """The values as an editor sees them, by YAML 1.2: numbers and truth values, but no dates and no clock times."""

    yaml_implicit_resolvers: ClassVar[Any] = {}


for tag, form, first in (
    ("bool", r"(?:true|True|TRUE|false|False|FALSE)", "tTfF"),
    ("null", r"(?:~|null|Null|NULL|)", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Typed.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^{form}$"), list(first))


def test_the_schema_is_a_schema() -> None:
    """Draft 7, with closed objects and no address to fetch."""
    Draft7Validator.check_schema(SCHEMA)
    assert all(reference.startswith("#/definitions/") for reference in _values(SCHEMA, "$ref"))


def _values(part: object, key: str) -> Iterator[Any]:
    if isinstance(part, dict):
        if key in part:
            yield part[key]
        for inner in part.values():
            yield from _values(inner, key)
    elif isinstance(part, list):
        for inner in part:
            yield from _values(inner, key)


def _schemas(part: Any) -> Iterator[dict[str, Any]]:
    """Every schema within a schema."""
    yield part
    for key in ("properties", "definitions"):
        for inner in part.get(key, {}).values():
            yield from _schemas(inner)
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(part.get(key), dict):
            yield from _schemas(part[key])
    for key in ("anyOf", "oneOf"):
        for inner in part.get(key, ()):
            yield from _schemas(inner)


def test_the_reader_understands_every_word_of_the_schema() -> None:
    """A keyword that the reader would pass over silently cannot enter the schema."""
    words = {"$schema", "$id", "title", "description", "examples", "definitions", *UNDERSTOOD}
    assert {key for schema in _schemas(SCHEMA) for key in schema} <= words


def test_every_key_explains_itself_in_both_languages() -> None:
    """Titles and descriptions are Chinese / English."""
    for schema in _schemas(SCHEMA):
        for text in (schema.get("title"), schema.get("description")):
            assert text is None or re.fullmatch(r"[^/]*[\u4e00-\u9fff].* / .*[A-Za-z]{2}.*", text), text
    for schema in _schemas(SCHEMA):
        for name, inner in schema.get("properties", {}).items():
            target = SCHEMA["definitions"].get(inner.get("$ref", "").rsplit("/", 1)[-1], {})
            assert inner.get("description") or target.get("description") or inner.get("title"), name


def test_an_object_is_closed() -> None:
    """Every object lists its keys or says what its values are."""
    assert all("additionalProperties" in schema for schema in _schemas(SCHEMA) if schema.get("type") == "object")


SHIPPED = [path for path in sorted(Path("policies").glob("*.yaml")) if ".test." not in path.name]
GOOD = [WHOLE, START + SCHEME, *(path.read_text(encoding="utf-8") for path in SHIPPED)]


@pytest.mark.parametrize("text", GOOD)
def test_a_good_policy_is_good_for_everybody(text: str) -> None:
    """The reader, the judge over texts and the judge over an editor's typed values accept it."""
    assert of_shape(text) == []
    assert list(JUDGE.iter_errors(loaded(text, _Texts))) == []
    assert list(JUDGE.iter_errors(loaded(text, _Typed))) == []


def loaded(text: str, loader: Any) -> Any:
    """The file as one of the loaders above reads it."""
    return yaml.load(text, loader)  # noqa: S506 - all of them make plain values only


def _paths(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(tree, dict | list):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _paths(value, (*path, key))


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


TEXTS = (
    *(
        "",
        " ",
        "x",
        "1",
        "0",
        "01",
        "1.5",
        "-1",
        "1e3",
        "12:30",
        "60%",
        "１２",
        "1-5",
        "0～10",
        "5 to 9",
        "1-",
        "true",
        "True",
    ),
    *(
        "2025-01-01",
        "2025-1-1",
        "2025-01-01/2025-01-02",
        "2025",
        "2025-Q1",
        "2025-13",
        "２０２５年上半年",
        "周日",
        "sat",
        "8",
    ),
    *("a.csv", "../a.csv", "/a", "a/./b", "C:a", "a b", "名-1", "x" * 65, "utf-8", "甲：乙"),
    *("values", "events", "responses", "long", "mean", "weights", "zh", "en"),
)
TREES = (
    *(None, [], {}, ["x"], ["x", "x"], [None], [[]], {"x": "y"}, {"by": ["a"]}, {"weights": {"a": "1"}}),
    *({"kind": "values", "file": "a"}, {"column": "a"}, {"column": "a", "answers": "1-5"}, {"name": "a", "data": "b"}),
)
VALUES = st.sampled_from((*TEXTS, *TREES))
KEYS = st.sampled_from(
    ["x", "kind", "file", "by", "scheme", "schemes", "weights", "column", "value", "数据", "a b", "titel"]
)


@st.composite
def mutated(draw: Callable[..., Any]) -> Any:
    """The whole policy with a few of its values replaced, left out, renamed or added."""
    tree = copy.deepcopy(loaded(WHOLE, yaml.BaseLoader))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(sorted(_paths(tree), key=str)))
        parent, key = _at(tree, path[:-1]), path[-1]
        change = draw(st.sampled_from(["replace", "leave out", "rename", "add"]))
        if change == "leave out":
            del parent[key]
        elif change == "rename" and isinstance(parent, dict):
            parent.setdefault(draw(KEYS), parent.pop(key))
        elif change == "add" and isinstance(parent[key], dict):
            parent[key].setdefault(draw(KEYS), copy.deepcopy(draw(VALUES)))
        elif change == "add" and isinstance(parent[key], list):
            parent[key].append(copy.deepcopy(draw(VALUES)))
        else:
            parent[key] = copy.deepcopy(draw(VALUES))
        if not tree:
            break
    return tree


def written(tree: Any) -> str:
    """The tree as YAML, every text in quotes so that it stays a text, everything between brackets."""
    if isinstance(tree, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {written(value)}" for key, value in tree.items())
            + "}"
        )
    if isinstance(tree, list):
        return "[" + ", ".join(map(written, tree)) + "]"
    return "null" if tree is None else json.dumps(tree, ensure_ascii=False)


@settings(max_examples=200)
@given(mutated())
def test_reader_and_schema_agree(tree: Any) -> None:
    """On any document the reader finds something wrong with the shape exactly where the judge does not accept it."""
    text = written(tree)
    said = of_shape(text)
    errors = [error.message for error in JUDGE.iter_errors(loaded(text, _Texts))]
    assert bool(said) == bool(errors), (said, errors)


@settings(max_examples=100)
@given(mutated())
def test_an_editor_never_refuses_what_the_reader_accepts(tree: Any) -> None:
    """Unquoted values that an editor types as numbers or truth values are fine wherever the reader takes them."""
    text = yaml.safe_dump(_plain(tree), allow_unicode=True, sort_keys=False, width=10_000)
    if read_document(source_of("p", text))[1] == ():
        assert list(JUDGE.iter_errors(loaded(text, _Typed))) == []


def _plain(tree: Any) -> Any:
    """Texts of digits as numbers, so that they are written without quotes."""
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_plain(value) for value in tree]
    return int(tree) if isinstance(tree, str) and re.fullmatch(r"[1-9][0-9]{0,8}", tree) else tree


def _keys_misspelt() -> Iterator[tuple[str, str, str]]:
    """Every key of the whole policy with two letters exchanged, left out or doubled: text, wrong key, right key."""
    for match in re.finditer(r"(?m)(?:^ *|[{,] *)([a-z]{4,}):", WHOLE):
        key = match[1]
        if key not in ("survey", "words", "complaints"):
            for wrong in (key[0] + key[2] + key[1] + key[3:], key[:-2] + key[-1], key[:2] + key[1:]):
                if wrong != key:
                    yield WHOLE[: match.start(1)] + wrong + WHOLE[match.end(1) :], wrong, key


@pytest.mark.parametrize(("text", "wrong", "right"), [pytest.param(*case, id=case[1]) for case in _keys_misspelt()])
def test_a_misspelt_key_is_named_with_the_right_one(text: str, wrong: str, right: str) -> None:
    """One slip in any key: E007 with the key that was meant, and no complaint that this key is missing."""
    _, found = read_document(source_of("p", text))
    assert ("E007", wrong, right) in [(d.code, d.args.get("key"), d.hint) for d in found]
    assert not [d for d in found if d.code == "E008" and d.args["key"] == right]
