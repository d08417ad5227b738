"""How one rule is read, for people: when, what then, its plain words in both languages, an example calculation."""

import re
from collections.abc import Iterator

from engine.diagnostics import Lang
from engine.insight.rule_reading import RuleReading
from engine.language import syntax as s
from engine.language.formatter import format_cell, format_effect, format_expression, format_trigger, time_counted
from engine.report.explanation import explained_alone
from engine.report.words import say

# Its line, its source and its weight say nothing about a rule by itself.
_LINE = re.compile(r" \(line \d+\)|（第\d+行）")
_PLACED = re.compile(r"\s*(?:\[--rule|weight 100%|权重100%)")


def render_reading(reading: RuleReading, lang: Lang) -> str:
    """Every rule of the cell in words, then the cell as rubric writes it, then one calculation."""
    return "".join(f"{line}\n" for line in _lines(reading, lang))


def _lines(reading: RuleReading, lang: Lang) -> Iterator[str]:
    for sentence in reading.sentences:
        if isinstance(sentence, s.Rule):
            yield say("rule when", lang, words=_when(sentence, lang))
            yield say("rule then", lang, words=format_effect(sentence.effect, lang))
    if reading.formula:
        yield say("rule formula", lang, words=format_expression(reading.formula, lang))
    yield ""
    yield say("rule zh", lang, words=_cell(reading, "zh"))
    yield say("rule en", lang, words=_cell(reading, "en"))
    if reading.supposed:
        yield say("rule supposed", lang, words=say("rule and", lang).join(reading.supposed))
    if reading.policy is not None and reading.assessment is not None:
        yield ""
        yield say("rule example", lang)
        told = explained_alone(reading.policy, reading.assessment, reading.path, lang, 0)
        yield from (f"  {_LINE.sub('', line)}" for line in told if not _PLACED.match(line))


def _cell(reading: RuleReading, lang: Lang) -> str:
    """The cell as rubric writes it."""
    sentences = format_cell(reading.sentences, lang)
    if not reading.formula:
        return sentences
    formula = say("rule score is", lang, words=format_expression(reading.formula, lang))
    return say("rule and", lang).join(filter(None, (formula, sentences)))


def _when(rule: s.Rule, lang: Lang) -> str:
    """The trigger in words, with what it is about and what has to be known for it."""
    if isinstance(rule.trigger, s.AlwaysTrigger) and isinstance(rule.effect, s.Interpolation):
        return say("rule between", lang)
    if isinstance(rule.trigger, s.AlwaysTrigger) and not isinstance(rule.effect, s.Proportion | s.Deduct | s.Add):
        return say("rule otherwise", lang)
    key = "rule late" if time_counted(rule.trigger) else _KEYS[type(rule.trigger)]
    words = say(key, lang, words=format_trigger(rule.trigger, lang))
    return say("rule about", lang, subject=rule.subject.text, words=words) if rule.subject else words


_KEYS: dict[type[s.Node], str] = {
    s.StepTrigger: "rule step",
    s.CountTrigger: "rule count",
    s.LateTrigger: "rule late",
    s.RangeTrigger: "rule range",
    s.TargetTrigger: "rule target",
    s.ConditionTrigger: "rule condition",
    s.AlwaysTrigger: "rule always",
}
