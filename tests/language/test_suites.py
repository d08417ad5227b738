"""Files of tests: the reader and the published schema agree, and every fault has its place."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from engine.evaluation.result import State
from engine.insight.cases import STATES
from engine.language.reader.shape import UNDERSTOOD, published_schema
from engine.language.reader.suites import read_suite
from engine.report.words import STATES as SAID
from engine.resources import resource
from engine.source import source_of
from tests.language.test_shape import _schemas, _Texts, _Typed, loaded

SCHEMA = json.loads(resource("grammar", "test.schema.json").read_text(encoding="utf-8"))
JUDGE = Draft7Validator(SCHEMA)
START = "rubric: 1\npolicy: shop.yaml\ncases:\n"


def found(text: str) -> list[str]:
    """Code, case and place of everything wrong with a file of tests."""
    return [
        f"{d.code} {d.case} {d.place.line}:{d.place.column}".replace("  ", " ")
        for d in read_suite(source_of("t", text))[1]
    ]


def case(*lines: str) -> str:
    """A file of tests with one case."""
    return START + "  - name: A\n" + "".join(f"    {line}\n" for line in lines)


def test_the_schema_is_a_schema() -> None:
    """Draft 7, with closed objects and only words that the reader understands."""
    Draft7Validator.check_schema(SCHEMA)
    words = {"$schema", "$id", "title", "description", "examples", "definitions", *UNDERSTOOD}
    assert {key for schema in _schemas(SCHEMA) for key in schema} <= words
    assert all("additionalProperties" in schema for schema in _schemas(SCHEMA) if schema.get("type") == "object")
    assert published_schema("test") == SCHEMA


@pytest.mark.parametrize("path", sorted(Path("policies").rglob("*.test.yaml")), ids=str)
def test_shipped_tests_are_good_for_everybody(path: Path) -> None:
    """The reader and the judge, over texts and over an editor's typed values, accept the shipped files."""
    text = path.read_text(encoding="utf-8")
    suite, findings = read_suite(source_of(str(path), text))
    assert suite is not None
    assert findings == ()
    for loader in (_Texts, _Typed):
        assert list(JUDGE.iter_errors(loaded(text, loader))) == []


def test_every_state_has_its_words() -> None:
    """A state is expected in the words in which results print it, and the schema knows the same words."""
    for name, words in SAID.items():
        assert [STATES[word] for word in words] == [State(name)] * 2
    assert SCHEMA["definitions"]["state"]["enum"] == sorted(STATES, key=SCHEMA["definitions"]["state"]["enum"].index)
    assert set(SCHEMA["definitions"]["state"]["enum"]) == set(STATES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["E009 test 1:1"]),
        ("rubric: 1\n", ["E008 test 1:1", "E008 test 1:1"]),
        ("- a\n", ["E009 test 1:1"]),
        (START + "  - name: A\n", ["E008 4:5"]),
        (case("expcet: {score: 1}"), ["E007 5:5"]),
        (case("expect: {score: eins}"), ["E016 5:21"]),
        (case("expect: {score: 1,000}"), ["E007 5:23"]),
        (case("expect: {state: fehlt}"), ["E012 5:21"]),
        (case("expect: {score: [82, 81]}"), ["E946 interval 5:21"]),
        (case("expect: {score: [81]}"), ["E946 interval 5:21"]),
        (case("expect: {nodes: {B: [≈1, 2]}}"), ["E946 interval 5:25"]),
        (case("as-of: 2025-02-30", "expect: {score: 1}"), ["E011 none 5:12"]),
        (case("as-of: 30.2.2025", "expect: {score: 1}"), ["E011 5:12"]),
        (case("expect: {refused: [910]}"), ["E012 form 5:24"]),
        (case("data: /etc", "expect: {score: 1}"), ["E012 form 5:11"]),
        (case("data：数据", "expect: {score: 1}"), ["E111 5:9"]),
        (case("expect: *a"), ["E004 alias 5:13"]),
    ],
)
def test_a_fault_of_form_has_its_place(text: str, expected: list[str]) -> None:
    """What is wrong with the form is said as it is of policies: code, line and column."""
    assert found(text) == expected


def figure(written: str) -> Any:
    """What the reader makes of an expected score: lowest and highest value, decimals, per cent."""
    suite, _ = read_suite(source_of("t", case(f"expect: {{score: {written}}}")))
    assert suite is not None
    (expected,) = suite.cases[0].subjects[0].expected
    return str(expected.low), str(expected.high), expected.places, expected.percent


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("81.2", ("406/5", "406/5", None, False)),
        ("81.20", ("406/5", "406/5", None, False)),
        ("-3", ("-3", "-3", None, False)),
        ("97%", ("97", "97", None, True)),
        ("８１．２", ("406/5", "406/5", None, False)),
        ("≈81.1255", ("162251/2000", "162251/2000", 4, False)),
        ("≈33.3333%", ("333333/10000", "333333/10000", 4, True)),
        ("≈81", ("81", "81", 0, False)),
        ("[81, 82.5]", ("81", "165/2", None, False)),
    ],
)
def test_figures_are_exact(written: str, expected: tuple[str, str, int | None, bool]) -> None:
    """An expected figure is the number written, an interval, or a number with the decimals it was rounded to."""
    assert figure(written) == expected
