"""The calculation on paper: every indicator with its clause, its figures and how they lead to its score."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.diagnostics import Lang, listed
from engine.evaluation.result import Assessment, Beside, Result, State
from engine.insight.trace import besides, trace
from engine.language.policy import FuzzyEvaluation, Indicator, Policy
from engine.language.syntax import WeightUnit
from engine.report.case import Case
from engine.report.courses import beside_text, change_text
from engine.report.names import reader, scheme_of, score_text, unit_text, value_text
from engine.report.numbers import marked, percent
from engine.report.sheet import accounts_text, because, facts, heading, remark
from engine.report.text import indented, visible
from engine.report.words import say
from engine.report.workings import workings
from engine.source import place_of

_STEP = "  "
# Weights written as shares, and what they are shares of.
_SHARES = {WeightUnit.PERCENT: 100, WeightUnit.FRACTION: 1}
_DEEPEST = 10  # deeper levels are not moved further to the right: the text needs the room


def render_explanation(policy: Policy, result: Result, paths: Sequence[str], lang: Lang) -> str:
    """Each assessment of the result explained, from the indicators at `paths` down (none: from the result)."""
    blocks = ["\n".join([heading(policy, lang), *facts(policy, result, lang)]) + "\n"]
    explained = (_explained(policy, assessment, paths, lang) for assessment in result.assessments)
    blocks += ["".join(f"{line}\n" for line in lines) for lines in explained]
    if result.data and not paths:
        blocks.append(accounts_text(result, lang))
    return "\n".join(blocks)


def _explained(policy: Policy, assessment: Assessment, paths: Sequence[str], lang: Lang) -> Iterator[str]:
    reads, scheme = reader(policy, lang), scheme_of(policy, assessment)
    unit = unit_text(assessment, reads, say("whole", lang) if assessment.nodes[0].units else "")
    head = [say("scheme", lang, name=reads.name(scheme.name))] if len(policy.schemes) > 1 else []
    head += [visible(unit)] if unit else []
    yield from [*head, ""] if head else []
    for number, path in enumerate(paths or [scheme.result]):
        entry = trace(scheme, assessment, path)
        yield from [""] if number else []
        yield from _entry(Case(policy=policy, scheme=scheme, entry=entry, reads=reads), 0)
    others = () if paths else besides(scheme, assessment)
    if others:
        yield from ("", say("besides", lang))
    for entry in others:
        yield from _entry(Case(policy=policy, scheme=scheme, entry=entry, reads=reads), 1)


def explained_alone(policy: Policy, assessment: Assessment, path: str, lang: Lang, depth: int) -> list[str]:
    """The lines of the calculation of one indicator, without those of its parts, `depth` steps to the right."""
    scheme = scheme_of(policy, assessment)
    entry = trace(scheme, assessment, path)
    case = Case(policy=policy, scheme=scheme, entry=entry, reads=reader(policy, lang))
    return list(_own(_graded(case), depth))


def _entry(case: Case, depth: int) -> Iterator[str]:
    case = _graded(case)
    yield from _own(case, depth)
    for part in case.entry.parts:
        yield from _entry(replace(case, entry=part, grades=case.grades), depth + 1)


def _graded(case: Case) -> Case:
    """With the grades of the fuzzy evaluation that begins here."""
    fuzzy = case.indicator.value
    if isinstance(fuzzy, FuzzyEvaluation) and fuzzy.grades:
        return replace(case, grades=tuple(label for label, _ in fuzzy.grades))
    return case


def _own(case: Case, depth: int) -> Iterator[str]:
    """The lines of one indicator."""
    margin = _STEP * min(depth, _DEEPEST)
    yield from indented(visible(_headline(case)), margin)
    if case.entry.again:
        return
    notes = (case.say("note", text=note) for note in case.indicator.notes)
    for line in (_weights(case), *workings(case), *notes, *_others(case), _sources(case)):
        blanks = line[: len(line) - len(line.lstrip())]
        if line:
            yield from _hanging(visible(line.lstrip()), f"{margin}{_STEP}  {blanks}")


def _hanging(text: str, margin: str) -> list[str]:
    """The text folded, its further lines two columns to the right of the first."""
    first, *rest = indented(text, margin)
    if not rest:
        return [first]
    return [first, *indented(text[len(first) - len(margin) :].lstrip(), margin + _STEP)]


def _headline(case: Case) -> str:
    node, reads = case.node, case.reads
    name = reads.name(case.indicator.name)
    if node.state is not State.VALUE:
        return reads.labelled(name, because(node, case.scheme, reads))
    score = score_text(case.scheme, case.indicator, node)
    told = [score or _own_figure(case), reads.name(node.grade or ""), remark(node, case.scheme, reads)]
    again = f" ({case.say('see above')})" if case.entry.again else ""
    figures = "  ".join(text for text in told if text)
    return f"{name} = {figures}{again}" if figures else f"{name}{again}"


def _own_figure(case: Case) -> str:
    """What stands for an indicator without a score: what it takes from the heading above, or its value."""
    node = case.node
    if node.loss is not None and not node.loss:
        return case.say("no loss")
    if node.loss is not None:
        return case.say("add" if node.loss < 0 else "deduct", points=marked(abs(node.loss)))
    return "" if node.value is None else value_text(node.value, case.indicator, node.unit, case.reads)


def _weights(case: Case) -> str:
    node = case.node
    if node.weight is None or node.effective is None or node.contribution is None:
        return ""
    own = percent(node.weight)
    written = case.indicator.weight
    if written is not None and written.unit in _SHARES and written.amount / _SHARES[written.unit] != node.weight:
        own = case.say("normalised", own=own, written=f"{marked(100 * written.amount / _SHARES[written.unit])}%")
    told = percent(node.effective)
    return case.say("weights", own=own, effective=told, contribution=marked(node.contribution))


def _others(case: Case) -> Iterator[str]:
    """What the indicator came to in the periods before, the latest first, and in the shorter ones within this one."""
    node = case.node
    if node.earlier:
        yield case.say("earlier", periods=_told(node.earlier, case), change=change_text(node))
    if node.within:
        yield case.say("by period", periods=_told(node.within, case))


def _told(besides: Sequence[Beside], case: Case) -> str:
    figures = [(one.period, beside_text(one, case.scheme, case.indicator, case.reads)) for one in besides]
    return case.reads.listed(f"{period} {figure}".rstrip() for period, figure in figures)


def _sources(case: Case) -> str:
    """Where this stands: the procedure's clause, who collects it, and the line of the policy."""
    indicator: Indicator = case.indicator
    place = place_of(case.policy.source, indicator.span)
    clause = case.say("sources", clause=indicator.clause) if indicator.clause else ""
    owner = case.reads.name(indicator.owner or "")
    names = listed(case.reads.name(name) for name in indicator.feedback)
    told = case.say("feedback", names=names[case.reads.lang]) if indicator.feedback else ""
    return f"[{case.reads.listed([clause, owner, told, f'{place.file}:{place.line}'])}]"
