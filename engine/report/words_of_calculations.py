"""The words of a calculation, 中文 and English side by side: methods, roundings, statistics, operators, functions."""

from collections.abc import Mapping

from engine.report.words import Pair

METHODS: Mapping[str, Pair] = {
    "weighted mean": ("加权平均", "weighted mean"),
    "equal weights": ("等权平均", "equal weights"),
    "worst of all": ("取最低分", "worst of all"),
    "best of all": ("取最高分", "best of all"),
    "geometric mean": ("几何平均", "geometric mean"),
    "harmonic mean": ("调和平均", "harmonic mean"),
    "median": ("中位数", "median"),
    "power mean": ("{0}次幂平均", "power mean of order {0}"),
    "mean of the best": ("最高{0}项的平均", "mean of the best {0}"),
    "mean of the worst": ("最低{0}项的平均", "mean of the worst {0}"),
    "trimmed mean": ("去掉{0}个最高分、{1}个最低分后平均", "mean without the {0} highest and the {1} lowest"),
}

ROUNDINGS: Mapping[str, Pair] = {
    "half up": ("四舍五入保留{decimals}位小数", "rounded half up to {decimals} decimal{s}"),
    "half even": ("四舍六入五成双保留{decimals}位小数", "rounded half even to {decimals} decimal{s}"),
    "down": ("舍去保留{decimals}位小数", "rounded down to {decimals} decimal{s}"),
    "up": ("进一保留{decimals}位小数", "rounded up to {decimals} decimal{s}"),
    "none": ("不修约", "not rounded"),
}

STATISTICS: Mapping[str, Pair] = {
    "mean": ("问卷{questions}均值", "mean of {questions}"),
    "top 2 box": ("问卷{questions}前两档比例", "top 2 box of {questions}"),
    "NPS": ("问卷{questions}净推荐值", "NPS of {questions}"),
    "distribution": ("问卷{questions}分布", "distribution of {questions}"),
}

OPERATORS: Mapping[str, Pair] = {
    "weighted average": ("加权平均算子", "weighted average"),
    "max-min": ("取大取小算子", "max-min"),
    "max-product": ("主因素突出型算子", "max-product"),
}

FUNCTIONS: Mapping[str, Pair] = {
    "mean": ("平均", "mean"),
    "min": ("最小", "min"),
    "max": ("最大", "max"),
    "median": ("中位数", "median"),
    "geometric mean": ("几何平均", "geometric mean"),
    "harmonic mean": ("调和平均", "harmonic mean"),
    "standard deviation": ("标准差", "standard deviation"),
    "sample standard deviation": ("样本标准差", "sample standard deviation"),
    "square root": ("平方根", "square root"),
    "cube root": ("立方根", "cube root"),
    "ln": ("自然对数", "ln"),
    "log10": ("常用对数", "log10"),
    "exp": ("自然指数", "exp"),
    "absolute value": ("绝对值", "abs"),
    "if": ("如果", "if"),
}

# How often a policy is assessed: `every` of its period.
