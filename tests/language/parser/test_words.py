"""The table of words and the lexer: every keyword is read as itself wherever the grammar expects it."""

import logging
import re

import pytest
from lark import Lark, logger

from engine.language.parser.recogniser import lexer as lexer_of
from engine.language.parser.spellings import written_out
from engine.language.parser.tables import STARTS, tables
from engine.language.parser.words import beginnings, grammar as text_of, words
from engine.language.text import fold

# What may stand behind a keyword that is one only before something (its `before` in the table).
FOLLOWING = (
    "", "1", "一次", " 1", ":", "Q1", "目标", "1天", "(甲", "30个有效", " 30 valid", "扣", "最多", " target", "X=1", "E101",
    " week", "本项分值1", " time", "到时长", "÷", "月", "3分", "不得分", " 3 points", " points", " zero",
    "一百分点", " per", "5分/个", "5%", "5分扣完",
)  # fmt: skip


def _samples(terminal: str, expression: str) -> list[tuple[str, str]]:
    """Each spelling of a terminal with a following text that makes it one."""
    found: list[tuple[str, str]] = []
    for word in (*words()[terminal].get("zh", ()), *words()[terminal].get("en", ())):
        for spelling in written_out(word):
            for after in FOLLOWING:
                match = re.match(expression, spelling + after)
                if match and match.end() >= len(spelling):
                    found.append((spelling, after))
                    break
            else:
                found.append((spelling, "never read"))
    return found


@pytest.mark.parametrize("grammar", ["outline", "data"])
def test_every_keyword_in_every_state(grammar: str) -> None:
    """In each state of the parser, each spelling of each keyword it accepts is read as that keyword."""
    lexer, known = lexer_of(grammar), tables(grammar)
    names = list(known.terminals)
    samples = {name: _samples(name, known.terminals[name].form.expression) for name in words() if name in names}

    wrong = {
        (spelling, names[i], token.type)
        for number, accepted in enumerate(known.accepts)
        for i in accepted
        for spelling, after in samples.get(names[i], ())
        if (token := lexer.token(spelling + after, 0, number)).type != names[i]
    }

    assert wrong == set()
    assert not [s for found in samples.values() for s in found if s[1] == "never read"]


@pytest.mark.parametrize("grammar", ["outline", "data"])
def test_the_grammar_has_no_conflicts(grammar: str, caplog: pytest.LogCaptureFixture) -> None:
    """LALR(1) without conflicts: the parser never decides by shifting first."""
    logger.setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG, logger="lark"):
        Lark(text_of(grammar), parser="lalr", start=list(STARTS[grammar]), debug=True)
    logger.setLevel(logging.CRITICAL)

    assert [r.message for r in caplog.records if "conflict" in r.message.lower()] == []


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        ("规定[的]目标", ["规定目标", "规定的目标"]),
        ("(最多|至多)扣", ["最多扣", "至多扣"]),
        ("[the] target [value]", ["target", "target value", "the target", "the target value"]),
    ],
)
def test_the_notation_of_the_table(word: str, spellings: list[str]) -> None:
    """[x] may be left out, (x|y) is either."""
    assert sorted(written_out(word)) == sorted(spellings)


def test_the_beginnings_of_a_word() -> None:
    """No spelling of a keyword begins otherwise than `beginnings` says."""
    missed = {
        (name, spelling)
        for name, entry in words().items()
        for word in (*entry.get("zh", ()), *entry.get("en", ()))
        for spelling in written_out(word)
        if spelling and not spelling.lower().startswith(beginnings(name) or ())
    }

    assert missed == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("未及时处理每次扣1分", "未及时处理"),  # 每 begins a rule
        ("未在三个工作日内答复扣2分", "未在三个工作日内答复"),  # 三 begins no number of days there
        ("未签“每日巡检”单扣1分", '未签"每日巡检"单'),  # a quoted name stays whole
        ("乱堆乱放（每处）的扣1分", "乱堆乱放(每处)的"),  # and so do words in brackets
        ("甲 每次扣1分", "甲"),  # a blank before the word that ends them is none of theirs
        ("late reports per month", "late reports"),
        ("double-check missed lose 1 point", "double-check missed"),
    ],
)
def test_where_open_words_end(text: str, words: str) -> None:
    """Before the first word of a rule, unless it stands in what is whole."""
    subjects = {"WORD", "E_WORD"}
    known = tables("outline")
    accepted = [{list(known.terminals)[i] for i in row} for row in known.accepts]
    number = next(i for i, names in enumerate(accepted) if subjects <= names and "EVERY" not in names)
    token = lexer_of("outline").token(fold(text), 0, number)

    assert (token.type in subjects, str(token)) == (True, words)
