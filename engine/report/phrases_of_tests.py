"""Every word and phrase about the tests of a policy, 中文 and English side by side."""

from collections.abc import Mapping

from engine.diagnostics import Lang
from engine.report.words import Pair, word

# What an expectation is about: the keys of `expect` and `nodes`.
ABOUT: Mapping[str, Pair] = {
    "score": ("得分", "score"),
    "exact": ("修约前得分", "score before rounding"),
    "deduction": ("扣分", "deduction"),
    "measured": ("测量值", "measured value"),
    "weight": ("权重", "weight"),
    "effective": ("有效权重", "effective weight"),
    "grade": ("等级", "grade"),
    "state": ("状态", "state"),
}

# What no case reached, and what case would; by `Unreached.what`.
UNREACHED: Mapping[str, tuple[Pair, Pair]] = {
    "line": (("“{name}”从来没有值", "“{name}” never had a value"), ("加一个有它的用例", "add a case that has one")),
    "rule": (("“{said}”没有起过作用", "“{said}” never acted"), ("加一个它起作用的用例", "add a case in which it does")),
    "rule cap": (
        ("“{said}”的封顶{amount}分没有起过作用", "the cap of {amount} on “{said}” never held"),
        ("加一个原本超过{amount}分的用例", "add a case in which it would come to more"),
    ),
    "cap": (
        ("“{name}”最多扣{amount}分没有起过作用", "“{name}” never lost its most, {amount}"),
        ("加一个原本会扣得更多的用例", "add a case that would lose more"),
    ),
    "adding cap": (
        ("“{name}”最多加{amount}分没有起过作用", "“{name}” never gained its most, {amount}"),
        ("加一个原本会加得更多的用例", "add a case that would gain more"),
    ),
    "earning cap": (
        ("“{name}”最多得{amount}分没有起过作用", "“{name}” never earned its most, {amount}"),
        ("加一个原本得分更高的用例", "add a case that would earn more"),
    ),
    "period cap": (
        ("“{name}”每期最多扣{amount}分没有起过作用", "“{name}” never lost its most in a period, {amount}"),
        ("加一个有一期原本会扣得更多的用例", "add a case with a period that would lose more"),
    ),
    "band": (
        ("等级“{said}”没有出现过", "no case is graded “{said}”"),
        ("加一个“{name}”{range}的用例", "add a case with “{name}” {range}"),
    ),
    "veto": (
        ("“{said}”没有生效过", "“{said}” never applied"),
        ("加一个它生效的用例", "add a case in which it applies"),
    ),
}

# What was changed without any case noticing, and what case would; by `Mutant.what`.
UNNOTICED: Mapping[str, tuple[Pair, Pair]] = {
    "weight": (
        (
            "“{name}”的权重由{was}%改成{now}%，移给“{said}”",
            "the weight of “{name}” from {was}% to {now}%, moved to “{said}”",
        ),
        ("加一个这两项得分相差很大的用例", "add a case in which these two scores differ widely"),
    ),
    "number": (
        ("“{name}”公式里的{was}改成{now}", "{was} in the formula of “{name}” to {now}"),
        ("加一个核对“{name}”得分的用例", "add a case that expects a score of “{name}”"),
    ),
    "edge": (
        ("等级“{said}”的下限由{was}改成{now}", "the lower bound of “{said}” from {was} to {now}"),
        ("加一个刚到{was}和一个差一点到{was}的用例", "add a case that just reaches {was} and one that just does not"),
    ),
    "owner": (
        ("边界{said}由“{was}”改归“{now}”", "the bound {said} from “{was}” to “{now}”"),
        ("加一个得分正好{said}的用例", "add a case that scores exactly {said}"),
    ),
    "step": (
        ("“{said}”的一步由{was}改成{now}", "the step of “{said}” from {was} to {now}"),
        ("加一个它起几次作用的用例", "add a case in which it acts more than once"),
    ),
    "points": (
        ("“{said}”的分数由{was}改成{now}", "the points of “{said}” from {was} to {now}"),
        ("加一个它起作用的用例", "add a case in which it acts"),
    ),
    "cap": (
        ("“{name}”的封顶由{was}分改成{now}分", "the cap of “{name}” from {was} to {now}"),
        ("加一个原本会超过{now}分的用例", "add a case that would come to more than {now}"),
    ),
    "target": (
        ("“{name}”的目标值由{was}改成{now}", "the target of “{name}” from {was} to {now}"),
        ("加一个实测值就在目标值附近的用例", "add a case measured close to the target"),
    ),
    "limit": (
        ("“{name}”的时限由{was}改成{now}", "the time limit of “{name}” from {was} to {now}"),
        ("加一个用时就在时限附近的用例", "add a case that takes about as long as the limit"),
    ),
    "parts": (
        ("“{said}”由“{was}”改成“{now}”", "“{said}” from “{was}” to “{now}”"),
        ("加一个差额不是整步的用例", "add a case with a part of a step"),
    ),
    "veto": (
        ("“{said}”的界限由{was}改成{now}", "the bound of “{said}” from {was} to {now}"),
        ("加一个正好{was}的用例", "add a case with exactly {was}"),
    ),
}

PARTS: Mapping[str, Pair] = {
    "whole steps only": ("不足一步不扣分", "whole steps only"),
    "part steps count as whole steps": ("不足一步按一步计", "part steps count as whole steps"),
    "part steps pro rata": ("不足一步按比例扣分", "part steps pro rata"),
}

PHRASES: Mapping[str, Pair] = {
    "testing": ("正在运行测试……", "running the tests ..."),
    "all passed": ("{file}：{cases}个用例，全部符合", "{file}: {cases} case{s}, all as expected"),
    "some failed": ("{file}：{cases}个用例，{failed}个不符", "{file}: {cases} case{s}, {failed} not as expected"),
    "not run": ("{file}：测试文件有错，没有运行", "{file}: not run, there are errors in it"),
    "failed": ("{place}: 不符：{name}", "{place}: not as expected: {name}"),
    "wrong": ("{name}：{about}应为{expected}，实为{found}", "{name}: {about} should be {expected}, is {found}"),
    "nothing": ("没有", "none"),
    "not refused": ("数据应当被拒绝（{codes}），却算出了结果", "the data should be refused ({codes}) and were not"),
    "refused otherwise": ("数据被拒绝，但没有{codes}", "the data were refused, but not for {codes}"),
    "refused": ("数据被拒绝：", "the data were refused:"),
    "not warned": ("应当提出警告{codes}，却没有", "there should be the warning {codes}, and there is none"),
    "warned": ("没有预料到的警告：", "warnings nobody expected:"),
    "no such unit": ("没有“{unit}”的结果；有结果的：{units}", "there is no result for “{unit}”; there are: {units}"),
    "which unit": ("没有写明核对哪一个的结果；有结果的：{units}", "whose result is meant? There are: {units}"),
    "all reached": (
        "方案的每一行、每条规则、每个等级都有用例到达",
        "every line, rule, grade and veto is reached by a case",
    ),
    "unreached": ("没有用例到达的有{count}处：", "not reached by any case: {count}"),
    "all noticed": (
        "方案的数改动{changes}处，每一处都有用例发现",
        "{changes} change{s} of the policy, each noticed by a case",
    ),
    "unnoticed": (
        "方案的数改动{changes}处，有{count}处没有用例发现：",
        "{changes} change{s} of the policy, not noticed by any case: {count}",
    ),
    "summed up": (
        "测试了{files}个文件的{cases}个用例：{passed}个符合，{failed}个不符",
        "{files} file{s}, {cases} case{t}: {passed} as expected, {failed} not",
    ),
    "faulty files": ("，{count}个文件有错没有运行", "; {count} not run because of errors"),
}


def told(key: str, lang: Lang, **values: object) -> str:
    """A phrase with its places filled."""
    return word(PHRASES[key], lang).format(**values)


def gap(pair: Pair, lang: Lang, values: Mapping[str, object]) -> str:
    """A sentence about something that is not tested."""
    return word(pair, lang).format_map(values)


def about(key: str, lang: Lang) -> str:
    """What an expectation is about."""
    return word(ABOUT[key], lang)
