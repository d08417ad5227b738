"""What is proposed for a faulty sentence says what was meant, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, cast

import pytest
from hypothesis import given, settings, strategies as st

from engine.diagnostics import Lang
from engine.language import syntax as s
from engine.language.formatter import format_sentence
from engine.language.parser import parse_scheme, parse_sentence
from engine.source import Span, source_of
from engine.values import Frozen
from tests.properties.syntax import PLAIN
from tests.slips.kinds import KINDS

SLIPS = ("missing character", "doubled character", "look-alike character", "blank inside a word", "quotation marks")
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def _meant(thing: object) -> Any:
    """What a sentence says but for what it calls things: trigger, effect, direction and every number."""
    match thing:
        case s.Name() | str():
            return ""
        case Frozen():
            named = (f.name for f in fields(cast("Any", thing)) if f.name != "span")
            return (type(thing).__name__, *(_meant(getattr(thing, name)) for name in named))
        case tuple() | list():
            return tuple(_meant(one) for one in cast("list[object]", thing))
        case _:
            return thing


def _slipped(right: str, chance: st.DataObject) -> str:
    """The sentence with one slip that touches no number."""
    slips = [
        slip
        for kind in SLIPS
        for slip in KINDS[kind](right)
        if not re.search(r"[\d.%一-十半]", right[slip.start : slip.end] + slip.typed)
    ]
    return chance.draw(st.sampled_from(slips)).made(right) if slips else right


def _hints(wrong: str) -> Iterator[str]:
    """The cells that are proposed for a line with this cell."""
    text = f"甲：{wrong}\n"
    _, found = parse_scheme(source_of("policy.yaml", text), "scheme", Span(0, len(text)))
    for finding in found:
        if finding.hint is not None:
            yield re.sub("^甲[^:：]*[:：]", "", finding.hint)


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=20)
@given(sentence=PLAIN, chance=st.data())
def test_a_hint_has_the_effect_the_direction_and_the_numbers_that_were_meant(
    lang: Lang, sentence: s.Sentence, chance: st.DataObject
) -> None:
    """A hint reads without a finding, as the sentence before the slip; where that cannot be shown there is none."""
    wrong = _slipped(format_sentence(sentence, lang), chance)
    for hint in _hints(wrong):
        assert _meant(parse_sentence(hint)) == _meant([sentence]), (wrong, hint)
