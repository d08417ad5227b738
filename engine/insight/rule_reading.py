"""One rule by itself, without a policy: how it is read, and what it comes to with example values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil

from engine.diagnostics import Diagnostic, Lang, in_order
from engine.evaluation.assessment import score
from engine.evaluation.given import Given
from engine.evaluation.needs import measures_of
from engine.evaluation.plan import lower
from engine.evaluation.result import Assessment
from engine.language import syntax as s
from engine.language.checks import check
from engine.language.checks.measures import of_trigger
from engine.language.checks.references import references_in
from engine.language.checks.sums import shares_of
from engine.language.policy import Item, Policy
from engine.language.reader import read_document
from engine.source import source_of

_CONVENTIONS: Mapping[Lang, str] = {
    "zh": "- {rounding}，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限",
    "en": "- {rounding}, grade on rounded value, missing: error, whole steps only, lower bound included",
}
_DECIMALS: Mapping[Lang, str] = {"zh": "四舍五入保留2位小数", "en": "round half up to 2 decimals"}
_WHOLE: Mapping[Lang, str] = {"zh": "四舍五入取整", "en": "round half up to 0 decimals"}
_TOTAL: Mapping[Lang, str] = {"zh": "总分：满分{points}分，逐项得分", "en": "Total: add up to {points}"}
_ITEM: Mapping[Lang, str] = {"zh": "指标 {points}分：", "en": "Item {points} points: "}
_NAMES: Mapping[Lang, str] = {"zh": "指标", "en": "Item"}
# What a rule needs and the sentence alone does not say; the reading tells it.
_TARGET: Mapping[Lang, str] = {"zh": "目标95%", "en": "target 95%"}
_LIMIT: Mapping[Lang, str] = {"zh": "规定时限3天", "en": "time limit 3 days"}
_SCORE_BELOW: Mapping[Lang, str] = {"zh": "{name}：得分", "en": "{name}: score"}
_NUMBER_BELOW: Mapping[Lang, str] = {"zh": "{name}：数值", "en": "{name}: number"}
_ELSE: Mapping[Lang, str] = {"zh": "其余情况不得分", "en": "otherwise no marks"}
_ADDED_UP: Mapping[Lang, str] = {"zh": "满分{points}分，各条得分相加", "en": "{points} points, the marks add up"}
_FILE = "--rule"
_POINTS = 10
_STEPS = Fraction(5, 2)
_AIM, _DAYS = Fraction(95), Fraction(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What is supposed around the words: in their cell before and behind them, below their line, how scores round."""

    before: str = ""
    behind: str = ""
    below: Sequence[str] = ()
    rounding: Mapping[Lang, str] = field(default_factory=lambda: _DECIMALS)


_ALONE = _Around()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReading:
    """What a rule says: its sentences, what was supposed besides, and one example, or the findings that refuse it.

    `formula`: what the indicator is calculated by. `path`: of the indicator that has the rule. `given`: example values
    by the path of what is measured.
    """

    sentences: tuple[s.Sentence, ...]
    findings: tuple[Diagnostic, ...]
    supposed: tuple[str, ...] = ()
    formula: s.Expression | None = None
    policy: Policy | None = None
    assessment: Assessment | None = None
    path: str = ""
    given: Mapping[str, Given] | None = None


def read_rule(words: str, points: int | None, lang: Lang) -> RuleReading:
    """Read the rules of one cell as those of an item of so many points; None: of ten, or as many as its words give."""
    words = " ".join(words.split())
    first = _checked(words, _ALONE, points or _POINTS, lang)
    if formula := _formula(first[0]):
        return _calculated(words, formula, points, lang)
    sentences, said = _sentences(first[0]), points
    if points is None and (points := _most_said(sentences)) > _POINTS:
        first = _checked(words, _ALONE, points, lang)
    points = points or _POINTS
    supposed, comma = tuple(_supposed(sentences, first[2], lang)), "，" if lang == "zh" else ", "
    policy, findings = first[1], first[2]
    if supposed:
        before = "".join(f"{one}{comma}" for one in supposed)
        _, policy, findings = _checked(words, _Around(before=before), points, lang)
    elif any(found.code == "E501" for found in findings):  # 80-89, 90-100: grades of whole scores
        supposed = (_WHOLE[lang],)
        _, policy, findings = _checked(words, _Around(rounding=_WHOLE), points, lang)
    elif said is None and any(found.code == "E621" for found in findings):  # 有制度得3分，有记录得2分
        points = ceil(_together(sentences))
        supposed = (_ADDED_UP[lang].format(points=points),)
        _, policy, findings = _checked(words, _ALONE, points, lang)
    elif any((one.code, one.case) in {("E507", "condition"), ("E507", "rest")} for one in findings):  # 有预案得10分
        supposed = (_ELSE[lang],)
        _, policy, findings = _checked(words, _Around(behind=f"{comma}{_ELSE[lang]}"), points, lang)
    return _with_example(RuleReading(sentences=sentences, findings=findings, supposed=supposed), policy, lang)


def _calculated(words: str, formula: s.Expression, points: int | None, lang: Lang) -> RuleReading:
    """A cell that is a formula, with every name that it reads below it: scores where it shares them, else numbers."""
    of_scores = shares_of(formula) is not None
    names = dict.fromkeys(reference.names[0].text for reference in references_in(formula))
    below = [(_SCORE_BELOW if of_scores else _NUMBER_BELOW)[lang].format(name=name) for name in names]
    largest = max((int(number) for number in re.findall(r"\d+(?![\d.]*\s*%)", words)), default=0)
    full = points or (100 if of_scores else max(_POINTS, largest))
    scheme, policy, findings = _checked(words, _Around(below=below), full, lang)
    reading = RuleReading(sentences=_sentences(scheme), findings=findings, supposed=tuple(below), formula=formula)
    return _with_example(reading, policy, lang)


def _with_example(reading: RuleReading, policy: Policy | None, lang: Lang) -> RuleReading:
    """The reading with one calculation, where it is whole."""
    if policy is None or not (reading.sentences or reading.formula):
        return reading
    scheme = policy.schemes[0]
    path = f"{scheme.result}/{_NAMES[lang]}"
    asked = measures_of(lower(policy, scheme))
    read = {a.indicator.path: _read(a.indicator.name, n) for n, a in enumerate(asked)}
    shown = _straight_first(scheme.indicators[path].item, reading.sentences)
    given = read if reading.formula else {a.indicator.path: _example(a.kind, shown) for a in asked}
    return replace(
        reading,
        policy=policy,
        assessment=score(policy, scheme, given),
        path=path,
        given=given,
    )


def _straight_first(item: Item | None, sentences: Sequence[s.Sentence]) -> Sequence[s.Sentence]:
    """Marks on a straight line are what is to be shown, between the ends that the ranges beside them say."""
    straight = [one for one in item.rules if isinstance(one.effect, s.Interpolation)] if item else []
    return [*(s.Rule(one.trigger, one.effect) for one in straight), *sentences]


def _checked(
    words: str, around: _Around, points: int, lang: Lang
) -> tuple[s.Scheme | None, Policy | None, tuple[Diagnostic, ...]]:
    """The scheme as read, the policy unless there are errors, and the findings placed in the words alone."""
    item = _ITEM[lang].format(points=points) + around.before
    lines = [
        _CONVENTIONS[lang].format(rounding=around.rounding[lang]),
        _TOTAL[lang].format(points=points),
        f"  {item}{words}{around.behind}",
        *(f"    {line}" for line in around.below),
    ]
    head = f'rubric: 1\npolicy: example\ntitle: x\nlang: {lang}\nversion: "1"\nscheme: |\n'
    document, misread = read_document(source_of(_FILE, head + "".join(f"  {line}\n" for line in lines)))
    if document is None:
        return None, None, tuple(in_order([_alone(d, words, 0) for d in misread]))
    policy, found = check(document)
    findings = tuple(_alone(d, words, len(item) + 4) for d in in_order([*misread, *found]))
    faulty = any(d.severity == "error" for d in findings)
    return document.schemes[0], None if faulty else policy, findings


def _alone(found: Diagnostic, words: str, before: int) -> Diagnostic:
    """A finding placed as if the words were all there is."""
    place = found.place
    start, end = max(1, place.column - before), max(2, place.end_column - before)
    alone = replace(place, line=1, end_line=1, column=start, end_column=min(end, len(words) + 1), text=words)
    return replace(found, place=alone)


def _formula(scheme: s.Scheme | None) -> s.Expression | None:
    return scheme.lines[0].children[0].formula if scheme and scheme.lines and scheme.lines[0].children else None


def _sentences(scheme: s.Scheme | None) -> tuple[s.Sentence, ...]:
    item = next((line.children[0] for line in scheme.lines if line.children), None) if scheme else None
    return item.sentences if item else ()


def _most_said(sentences: Sequence[s.Sentence]) -> int:
    """The highest score that the words speak of, in whole points; 0 where they speak of none."""
    rules = [one.effect for one in sentences if isinstance(one, s.Rule)]
    said = [effect.points.amount for effect in rules if isinstance(effect, s.Score | s.Ceiling)]
    bands = [band.interval for one in sentences if isinstance(one, s.Bands) for band in one.bands]
    said += [end for interval in bands for end in (interval.low, interval.high) if end is not None]
    return ceil(max(said, default=Fraction(0)))


def _together(sentences: Sequence[s.Sentence]) -> Fraction:
    """What all rules that give marks come to."""
    rules = [one.effect for one in sentences if isinstance(one, s.Rule)]
    return sum((effect.points.amount for effect in rules if isinstance(effect, s.Score)), Fraction(0))


def _triggers(sentences: Sequence[s.Sentence]) -> list[s.Trigger]:
    return [one.trigger for one in sentences if isinstance(one, s.Rule)]


def _supposed(sentences: Sequence[s.Sentence], findings: Sequence[Diagnostic], lang: Lang) -> Iterator[str]:
    """A target where the check asks for one (E704), a time limit for what may be late, where none is said."""
    triggers = _triggers(sentences)
    sizes = [t.size.unit for t in triggers if isinstance(t, s.StepTrigger)]
    in_points = all(unit in {s.Unit.PERCENTAGE_POINT, s.Unit.PERCENT} for unit in sizes)
    if in_points and any(found.code == "E704" for found in findings):
        yield _TARGET[lang]
    if any(isinstance(t, s.LateTrigger) for t in triggers) and not any(isinstance(x, s.TimeLimit) for x in sentences):
        yield _LIMIT[lang]


def _read(name: str, place: int) -> Fraction:
    """A number that a formula reads: a share for what is called a rate (批退率), else 80, 90 …"""
    return Fraction(1, 20) if re.search(r"率$|\brate$", name, re.IGNORECASE) else Fraction(80 + 10 * place)


def _example(kind: s.Kind, sentences: Sequence[s.Sentence]) -> Given:
    """A value that the first rule acts on: three cases, two steps and a half, two days too late, in the range."""
    if kind is s.Kind.POINTS:  # an amount that the assessor chooses
        bounds = [s.choice(one.effect) for one in sentences if isinstance(one, s.Rule)]
        return next((max(Fraction(1), least.amount) for least, _ in filter(None, bounds)), Fraction(1))
    if kind is s.Kind.YES_NO:
        return Fraction(1)
    for trigger in _triggers(sentences):
        if of_trigger(trigger) not in (None, kind):
            continue
        if isinstance(trigger, s.LateTrigger):
            return [_DAYS + 2]
        if isinstance(trigger, s.StepTrigger):
            aim = next((t for t in map(_aim, sentences) if t is not None), _AIM)
            away = trigger.size.amount * _STEPS
            return aim - away if trigger.side is s.Side.LOW else aim + away
        if isinstance(trigger, s.RangeTrigger):
            return _inside(trigger.interval)
        if isinstance(trigger, s.TargetTrigger):
            return _AIM if trigger.met else _AIM - 1
        if isinstance(trigger, s.CountTrigger):
            return 3 * trigger.per
    return Fraction(1) if kind is not s.Kind.RATE else _AIM - 5


def _aim(sentence: s.Sentence) -> Fraction | None:
    value = sentence.values[0].value if isinstance(sentence, s.Target) else None
    return value.amount if isinstance(value, s.Quantity) else None


def _inside(interval: s.Interval) -> Fraction:
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        return (low + high) / 2 if interval.unit is not s.Unit.TIME else high
    if low is not None:
        return low if interval.low_closed is not False else low + 1
    return Fraction(0) if high is None else high if interval.high_closed is not False else max(Fraction(0), high - 1)
