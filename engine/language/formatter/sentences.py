"""Every sentence of a scheme in its canonical words: one small function for each kind of node."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.diagnostics import Lang
from engine.language import syntax as s
from engine.language.formatter.quoting import spelt
from engine.language.formatter.rules import (
    EFFECTS,
    cap,
    cap_beside_marks,
    effect as effect_words,
    part_steps,
    period_cap,
    rule,
    step_percent,
    trigger as trigger_words,
)
from engine.language.formatter.speech import Speech, dated, ends, figure, interval, measured, quantity
from engine.language.parser import parse_scheme
from engine.source import Span, source_of

Words = tuple[str, str]

# ---------------------------------------------------------------- what is measured


def _survey(survey: s.Survey, speech: Speech) -> str:
    chinese, english = _STATISTICS[survey.statistic]
    if not survey.questions:
        return speech.say(f"问卷同名题{chinese}", f"{english} of its own question")
    questions = [speech.name(question) for question in survey.questions]
    return speech.say(f"问卷{'、'.join(questions)}{chinese}", f"{english} of {' and '.join(questions)}")


_STATISTICS: Mapping[s.Statistic, Words] = {
    s.Statistic.MEAN: ("均值", "mean"),
    s.Statistic.TOP_TWO: ("前两档比例", "top 2 box"),
    s.Statistic.NPS: ("净推荐值", "NPS"),
    s.Statistic.DISTRIBUTION: ("分布", "distribution"),
}


def _scale(scale: s.Scale, speech: Speech) -> str:
    answers = ends(tuple(value for value, _ in scale.points), speech)
    scores = ends(tuple(score for _, score in scale.points), speech)
    return speech.say(f"{answers}分折合{scores}分", f"{answers} as {scores}")


_KINDS: Mapping[s.Kind, Words] = {
    s.Kind.RATE: ("百分率", "rate"),
    s.Kind.COUNT: ("次数", "count"),
    s.Kind.SCORE: ("得分", "score"),
    s.Kind.YES_NO: ("是否", "yes/no"),
    s.Kind.POINTS: ("实得分", "observed points"),
    s.Kind.DURATION: ("时长", "duration"),
    s.Kind.NUMBER: ("数值", "number"),
}


def _over_units(mapped: s.OverUnits, speech: Speech) -> str:
    chinese, english = _PLACINGS[mapped.method]
    if mapped.method in (s.Placing.BEST_SHARE, s.Placing.MEAN_SHARE) and mapped.to_high is not None:
        return speech.say(f"{chinese}为{figure(mapped.to_high)}分", f"{english} as {figure(mapped.to_high)}")
    if mapped.to_low is None or mapped.to_high is None:
        return speech.say(chinese, english)
    scores = ends((mapped.to_low, mapped.to_high), speech)
    return speech.say(f"{chinese}折合{scores}分", f"{english} as {scores}")


_PLACINGS: Mapping[s.Placing, Words] = {
    s.Placing.MIN_MAX: ("以各单位最低至最高", "min-max over units"),
    s.Placing.Z_SCORE: ("按各单位标准化", "z-score over units"),
    s.Placing.SAMPLE_Z_SCORE: ("按各单位标准化(样本标准差)", "z-score over units with sample standard deviation"),
    s.Placing.PERCENTILE: ("按各单位百分位", "percentile over units"),
    s.Placing.RANK: ("按各单位名次", "ranks over units"),
    s.Placing.BEST_SHARE: ("以各单位最优", "best over units"),
    s.Placing.MEAN_SHARE: ("以各单位平均", "mean over units"),
}


# ---------------------------------------------------------------- how parts combine, conventions

_METHODS: Mapping[s.Method, Words] = {
    s.Method.WEIGHTED: ("加权平均", "weighted mean"),
    s.Method.EQUAL: ("等权平均", "equal weights"),
    s.Method.WORST: ("取最低分", "worst of all"),
    s.Method.BEST: ("取最高分", "best of all"),
    s.Method.GEOMETRIC: ("几何平均", "geometric mean"),
    s.Method.HARMONIC: ("调和平均", "harmonic mean"),
    s.Method.MEDIAN: ("取中位数", "median of all"),
}


def _combine(said: s.Combine, speech: Speech) -> str:
    if said.method in _METHODS:
        return speech.say(*_METHODS[said.method])
    if said.method is s.Method.TRIMMED:
        return _trimmed(said, speech)
    (of,) = said.numbers
    match said.method:
        case s.Method.BEST_OF:
            return speech.say(f"取最高{figure(of)}项平均", f"mean of the best {figure(of)}")
        case s.Method.WORST_OF:
            return speech.say(f"取最低{figure(of)}项平均", f"mean of the worst {figure(of)}")
        case _ if of == 2:
            return speech.say("平方平均", "quadratic mean")
        case _:
            return speech.say(f"{figure(of)}次幂平均", f"power mean of order {figure(of)}")


def _trimmed(said: s.Combine, speech: Speech) -> str:
    """去掉一个最高分和一个最低分后平均; more than one in figures."""
    ends = (("最高", "highest"), ("最低", "lowest"))
    dropped = [(count, end) for count, end in zip(said.numbers, ends, strict=True) if count]
    chinese = "和".join(f"{'一' if count == 1 else figure(count)}个{end[0]}分" for count, end in dropped)
    english = " and the ".join(f"{'' if count == 1 else f'{figure(count)} '}{end[1]}" for count, end in dropped)
    return speech.say(f"去掉{chinese}后平均", f"mean without the {english}")


_MODES: Mapping[s.Half, Words] = {
    s.Half.UP: ("四舍五入", "round half up"),
    s.Half.EVEN: ("四舍六入五成双", "round half even"),
    s.Half.FLOOR: ("舍去", "round down"),
    s.Half.CEIL: ("进一", "round up"),
}
_OUTCOMES: Mapping[s.Outcome, Words] = {
    s.Outcome.ERROR: ("缺数报错", "missing: error"),
    s.Outcome.RENORMALISE: ("缺数按其余权重归一", "missing: renormalise"),
    s.Outcome.ZERO: ("缺数计零分", "missing: zero"),
    s.Outcome.FULL: ("缺数计满分", "missing: full marks"),
}


def _normalise(said: s.Normalise, speech: Speech) -> str:
    if said.total is None:
        return speech.say("归一", "normalise weights")
    total = figure(said.total)
    return speech.say(f"权重合计{total}%，归一", f"weights total {total}%, normalise")


def _rounding(said: s.Rounding, speech: Speech) -> str:
    if said.decimals is None:
        return speech.say("不修约", "no rounding")
    mode = speech.say(*_MODES[said.mode])
    if said.decimals == 0:
        return mode + speech.say("取整", " to the nearest integer")
    decimals = "decimal" if said.decimals == 1 else "decimals"
    return mode + speech.say(f"保留{said.decimals}位小数", f" to {said.decimals} {decimals}")


def _bound_owner(said: s.BoundOwner, speech: Speech) -> str:
    if said.lower:
        return speech.say("等级边界含下限", "lower bound included")
    return speech.say("等级边界含上限", "upper bound included")


def _grade_on(said: s.GradeOn, speech: Speech) -> str:
    if said.rounded:
        return speech.say("按修约值定级", "grade on rounded value")
    return speech.say("按全数值定级", "grade on full value")


# ---------------------------------------------------------------- bands, vetoes, fuzzy evaluation


def _bands(said: s.Bands, speech: Speech) -> str:
    pieces = [_band(band, speech) for band in said.bands]
    if said.owner is not None:
        pieces.append(_owned(said.owner, speech))
    return speech.say("等级：", "bands: ") + speech.say("；", "; ").join(pieces)


def _owned(owner: s.BoundOwner, speech: Speech) -> str:
    return speech.say("含下限" if owner.lower else "含上限", _bound_owner(owner, speech))


def _band(band: s.Band, speech: Speech) -> str:
    code = "" if band.code is None else band.code if band.code in "①②③④⑤⑥⑦⑧⑨⑩" else f"{band.code}."
    between = band.interval
    low, high = between.low, between.high
    if low is None or high is None or (between.low_closed is None) != (between.high_closed is None):
        return f"{code}{speech.name(band.label)}{speech.say('', ' ')}({interval(between, speech)})"
    begin, end = measured(low, between.unit, speech), measured(high, between.unit, speech)
    if between.low_closed is None:
        to = "-" if low >= 0 else speech.say("至", " to ")
        return f"{code}{speech.name(band.label)}{speech.say('', ' ')}({end}{to}{begin})"
    opened, closed = "[" if between.low_closed else "(", "]" if between.high_closed else ")"
    return f"{code}{speech.name(band.label)} {opened}{begin}, {end}{closed}"


def _veto(said: s.Veto, speech: Speech) -> str:
    trigger = said.trigger
    subject = ".".join(speech.name(name) for name in trigger.subject.names)
    sign = trigger.comparison.value.replace(">=", "≥").replace("<=", "≤")
    bound = quantity(trigger.bound, speech)
    effect = EFFECTS[type(said.effect)](said.effect, speech)
    return speech.say(f"一票否决：{subject}{sign}{bound}，{effect}", f"veto: {subject} {sign} {bound}, {effect}")


_OPERATORS: Mapping[s.Operator, Words] = {
    s.Operator.WEIGHTED_AVERAGE: ("加权平均算子", "weighted average operator"),
    s.Operator.MAX_MIN: ("取大取小算子", "max-min operator"),
    s.Operator.MAX_PRODUCT: ("主因素突出算子", "max-product operator"),
}


def _fuzzy(said: s.Fuzzy, speech: Speech) -> str:
    grades = [f"{speech.name(label)}={figure(value)}" for label, value in said.grades]
    chosen = speech.say("按最大隶属度", "by maximum membership") if said.by_membership else _by_values(speech)
    operator = speech.say(*_OPERATORS[said.operator])
    begin = speech.say("模糊综合评价：", "fuzzy evaluation: ")
    return begin + speech.say("；", "; ").join([speech.say("、", ", ").join(grades), operator, chosen])


def _by_values(speech: Speech) -> str:
    return speech.say("按等级分值", "by grade values")


def _each(said: s.Each, speech: Speech) -> str:
    return speech.say("各项：", "each item: ") + format_cell(said.sentences, speech.lang)


# ---------------------------------------------------------------- all of them

_SENTENCES: Mapping[type[s.Node], Callable[[Any, Speech], str]] = {
    s.Rule: rule,
    s.PartSteps: part_steps,
    s.Cap: cap,
    s.PeriodCap: period_cap,
    s.MayExceed: lambda _, speech: speech.say("加分可超过满分", "may exceed full marks"),
    s.StepPercent: step_percent,
    s.Target: lambda x, speech: speech.say("目标", "target ") + dated(x.values, speech),
    s.Let: lambda x, speech: speech.say("设", "let ") + f"{speech.name(x.name)} = {dated(x.values, speech)}",
    s.TimeLimit: lambda x, speech: speech.say("规定时限", "time limit ") + dated(x.values, speech),
    s.Survey: _survey,
    s.Scale: _scale,
    s.AnswerScale: lambda x, speech: ends((x.low, x.high), speech) + speech.say("分制", " scale"),
    s.KindIs: lambda x, speech: speech.say(*_KINDS[x.kind]),
    s.RateAsScore: lambda _, speech: speech.say("按百分制计分", "rate as score"),
    s.Clamped: lambda _, speech: speech.say("限幅", "clamped"),
    s.LowerIsBetter: lambda _, speech: speech.say("越低越好", "lower is better"),
    s.LogScale: lambda _, speech: speech.say("按对数折合", "on a log scale"),
    s.NaturalLog: lambda _, speech: speech.say("取自然对数", "natural log"),
    s.OverUnits: _over_units,
    s.MinimumSample: lambda x, speech: speech.say(
        f"至少{x.count}个有效值，否则不评", f"at least {x.count} valid values, else not rated"
    ),
    s.DeductFrom: lambda x, speech: speech.say(f"满分{figure(x.full)}分，倒扣分", f"deduct from {figure(x.full)}"),
    s.AddUp: lambda x, speech: speech.say(f"满分{figure(x.full)}分，逐项得分", f"add up to {figure(x.full)}"),
    s.Combine: _combine,
    s.Normalise: _normalise,
    s.ItemCount: lambda x, speech: speech.say(f"共{x.count}项", f"{x.count} {'item' if x.count == 1 else 'items'}"),
    s.PercentScore: lambda _, speech: speech.say("计算结果采取百分制", "score from 0 to 100"),
    s.Rounding: _rounding,
    s.Missing: lambda x, speech: speech.say(*_OUTCOMES[x.outcome]),
    s.BoundOwner: _bound_owner,
    s.GradeOn: _grade_on,
    s.Each: _each,
    s.Owner: lambda x, speech: speech.say("收集部门：", "collected by ") + x.text,
    s.Feedback: lambda x, speech: (
        speech.say("反馈部门：", "fed back to ") + speech.say("、", " and ").join(x.departments)
    ),
    s.Basis: lambda x, speech: speech.say("依据", "basis ") + x.text,
    s.Note: lambda x, speech: speech.say("注：", "note: ") + x.text,
    s.InformationOnly: lambda _, speech: speech.say("仅供参考", "for information only"),
    s.Accept: lambda x, speech: speech.say(f"认可{x.code}：", f"accept {x.code}: ") + x.reason,
    s.Bands: _bands,
    s.Veto: _veto,
    s.Fuzzy: _fuzzy,
}


def format_trigger(trigger: s.Trigger, lang: Lang) -> str:
    """When a rule acts, in canonical words."""
    return trigger_words(trigger, Speech(lang))


def format_effect(effect: s.Effect, lang: Lang) -> str:
    """What a rule does, in canonical words."""
    return effect_words(effect, Speech(lang))


def format_sentence(sentence: s.Sentence, lang: Lang) -> str:
    """One sentence in its canonical words; a name stands in quotes only where it could not be read without."""
    if isinstance(sentence, s.Each):
        return _each(sentence, Speech(lang))
    return spelt(sentence, lang, _SENTENCES[type(sentence)], _read)


def _read(words: str) -> s.Sentence | None:
    bullet = f"- {words}"
    scheme, found = parse_scheme(source_of("", bullet), "", Span(0, len(bullet)))
    return scheme.bullets[0] if len(scheme.bullets) == 1 and not found else None


def format_cell(sentences: tuple[s.Sentence, ...], lang: Lang) -> str:
    """Several sentences as one cell, in their order. One that stands alone on its line must be given alone."""
    words: list[str] = []
    giving = False
    for said in sentences:
        giving = isinstance(said.effect, s.Add | s.Score) if isinstance(said, s.Rule) else giving
        if giving and isinstance(said, s.Cap):
            words.append(cap_beside_marks(said, Speech(lang)))
        else:
            words.append(format_sentence(said, lang))
    return Speech(lang).say("，", ", ").join(words)
