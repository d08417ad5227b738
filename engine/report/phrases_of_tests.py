"""Every word and phrase about the tests of a policy, 中文 and English side by side."""

from collections.abc import Mapping

from engine.diagnostics import Lang

Pair = tuple[str, str]

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
    "summed up": (
        "测试了{files}个文件的{cases}个用例：{passed}个符合，{failed}个不符",
        "{files} file{s}, {cases} case{t}: {passed} as expected, {failed} not",
    ),
    "faulty files": ("，{count}个文件有错没有运行", "; {count} not run because of errors"),
}


def told(key: str, lang: Lang, **values: object) -> str:
    """A phrase with its places filled."""
    return PHRASES[key][lang == "en"].format(**values)


def about(key: str, lang: Lang) -> str:
    """What an expectation is about."""
    return ABOUT[key][lang == "en"]
