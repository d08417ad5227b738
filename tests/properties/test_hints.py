"""What is proposed for a faulty sentence says what was meant, in both languages, also once it stands in the file."""

import re
from collections.abc import Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any, cast

import pytest
from hypothesis import given, settings, strategies as st

from engine.diagnostics import Diagnostic, Lang
from engine.language import syntax as s
from engine.language.formatter import format_sentence
from engine.language.parser import parse_scheme
from engine.source import Span, source_of
from engine.values import Frozen
from tests.properties.syntax import PLAIN
from tests.slips.kinds import KINDS
from tests.slips.repairs import repaired

OF_LINES = ("lost indentation", "added indentation", "joined lines", "doubled line", "swapped lines")
LANGUAGES: tuple[Lang, ...] = ("zh", "en")


def _meant(thing: object, *, amounts: bool = True) -> Any:
    """What a sentence says but for what it calls things: trigger, effect, direction and every number with its unit.

    `amounts`: with the numbers and their units; without, all but these.
    """
    match thing:
        case s.Name() | str():
            return ""
        case Frozen():
            named = (f.name for f in fields(cast("Any", thing)) if f.name != "span")
            return (type(thing).__name__, *(_meant(getattr(thing, name), amounts=amounts) for name in named))
        case tuple() | list():
            return tuple(_meant(one, amounts=amounts) for one in cast("list[object]", thing))
        case Fraction() | int() | s.Unit() if not isinstance(thing, bool):
            return thing if amounts else 0
        case _:
            return thing


# Numbers with their units, as they are written.
_AMOUNTS = re.compile(r"\d+(?:\.\d+)?\s*(?:%|个?百分点|分钟|分|次|points?|pp|times)?")


def _amounts(text: str) -> list[str]:
    return [re.sub(r"\s", "", amount) for amount in _AMOUNTS.findall(text)]


def _read(text: str) -> tuple[Sequence[s.Sentence], tuple[Diagnostic, ...]]:
    """The sentences of a scheme's only line, and what is found."""
    scheme, found = parse_scheme(source_of("policy.yaml", text), "scheme", Span(0, len(text)))
    return (scheme.lines[0].sentences if scheme.lines else ()), found


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=30)
@given(sentence=PLAIN, chance=st.data())
def test_a_hint_has_the_effect_the_direction_and_the_numbers_that_were_meant(
    lang: Lang, sentence: s.Sentence, chance: st.DataObject
) -> None:
    """Put into the file a hint reads as the sentence before the slip, or its finding is gone and others are left.

    Numbers and units are those that were meant, or, where the slip was in one of them, those that stand there.
    """
    right = format_sentence(sentence, lang)
    slips = [slip for kind in KINDS if kind not in OF_LINES for slip in KINDS[kind](right)]
    wrong = chance.draw(st.sampled_from(slips)).made(right) if slips else right
    text = f"甲：{wrong}\n"
    for finding in _read(text)[1]:
        better = repaired(text, finding)
        if better is None:
            continue
        said, left = _read(better)
        told = [(other.code, other.case, other.place) for other in left]
        assert (finding.code, finding.case, finding.place) not in told, (text, better)
        if not any(other.severity == "error" for other in left):
            same = _meant(said) == _meant([sentence])
            kept = _meant(said, amounts=False) == _meant([sentence], amounts=False)
            assert same or (kept and _amounts(better) == _amounts(text)), (text, better)
