"""Survey sentences: which answers are read, and on which scale they are given."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from engine.language.checks.outline import Draft, ancestors, nearest
from engine.language.checks.resolution import Resolution
from engine.language.policy import Answers, FuzzyEvaluation, answers_to
from engine.language.syntax import AnswerScale, Name, Scale, Statistic, Survey
from engine.language.text import narrow

Ends = tuple[Fraction, Fraction]
NPS_ANSWERS: Ends = (Fraction(0), Fraction(10))


def answers_of(resolution: Resolution, draft: Draft, survey: Survey) -> Answers:
    """The answers that a line's survey sentence reads."""
    return Answers(
        questions=tuple(question.text for question in questions_of(draft, survey)),
        statistic=survey.statistic,
        scale=answer_scale(resolution, draft, survey),
    )


def questions_of(draft: Draft, survey: Survey) -> tuple[Name, ...]:
    """The questions a survey sentence names; where it names none, the one called like the line, by [key] or name."""
    own = draft.head.name if draft.head.key is None else replace(draft.head.name, text=draft.head.key)
    return tuple(replace(name, text=narrow(name.text)) for name in survey.questions or (own,))


def answer_scale(resolution: Resolution, draft: Draft, survey: Survey) -> Ends | None:
    """The lowest and the highest answer: as the line says, as the data say, as many as there are grades."""
    if survey.statistic is Statistic.NPS:
        return NPS_ANSWERS
    return (
        stated_scale(resolution, draft, survey)
        or declared_scale(resolution, draft, survey)
        or _by_grades(resolution, draft)
    )


def stated_scale(resolution: Resolution, draft: Draft, survey: Survey) -> Ends | None:
    """The answers' scale as the scheme says it: 1-5分制, or the left side of 1-5分折合20-100分."""
    said = nearest(resolution.outline, draft, AnswerScale)
    if said is not None:
        return (said.low, said.high)
    scale = nearest(resolution.outline, draft, Scale)
    fits = scale is not None and survey.statistic is not Statistic.DISTRIBUTION and scale.low >= 0
    return (scale.low, scale.high) if scale is not None and fits else None


def declared_scale(resolution: Resolution, draft: Draft, survey: Survey) -> Ends | None:
    """The answers' scale as the data contract says it for the survey's questions."""
    for question in questions_of(draft, survey):
        for source in resolution.outline.header.data:
            if question.text in source.questions:
                words, scale = answers_to(source, question.text)
                return scale or _of_words(words.values())
    return None


def _of_words(values: Iterable[Fraction]) -> Ends | None:
    found = list(values)
    return (min(found), max(found)) if found else None


def _by_grades(resolution: Resolution, draft: Draft) -> Ends | None:
    """As many answers as the fuzzy evaluation has grades: 1 is the last grade, the highest answer the first."""
    for above in ancestors(resolution.outline, draft):
        method = resolution.methods.get(above.path)
        if isinstance(method, FuzzyEvaluation):
            return (Fraction(1), Fraction(len(method.grades)))
    return None
