"""A cell's text before it is cut into segments: brackets opened, numbers, examples and asides read as blanks.

What is blanked changes no score, what is opened says the same; and a word that a sheet leaves out is put in where the
rest of the cell leaves no doubt which (有预案10分，无预案0分).
"""

import re
from functools import cache

from engine.language.parser.labels import labelled
from engine.language.parser.plain_english import in_words
from engine.language.parser.words import beginnings, expression
from engine.language.seldom import Seldom
from engine.language.text import Text, blanks, in_english, inserted


def prepared(text: Text) -> Text:
    """The text of a cell as its sentences are read from it."""
    return _with_verbs(_beside_standards(_parted(_without_asides(_opened(_with_thousands(labelled(text)))))))


_THOUSANDS = r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,])"


def _with_thousands(text: Text) -> Text:
    """1,000 parts: the comma between the thousands of an English number is none that parts sentences."""
    if "," not in text.folded or not in_english(text.shown):
        return text
    return Text(text.shown, re.sub(_THOUSANDS, r" \1\2", text.folded), text.offsets)


_BOUNDS = (
    "CAP", "CAP_ALL", "CAP_OWN", "CAP_ADD", "CAP_EARN", "CEILING", "UNTIL_GONE", "PERIOD", "PARTS_NONE", "PARTS_WHOLE",
    "PARTS_SHARE",
)  # fmt: skip


def _opening(*terminals: str) -> tuple[str, ...]:
    """A bracket with what one of these can begin with."""
    return tuple(f"({begin}" for terminal in terminals for begin in beginnings(terminal) or ())


@cache
def _bracketed_bound(*, english: bool) -> Seldom:
    bounds = "|".join(expression(t, english=english) for t in _BOUNDS)
    return Seldom(rf"\(((?:{bounds})[^()]*)\)", re.IGNORECASE, signs=_opening(*_BOUNDS))


# 迟交（扣2分）; 漏项扣1分（如缺签名、缺日期）, an example that changes nothing.
_BRACKETED_EFFECT = Seldom(
    r"(?<=[^,;。(])\(((?:扣|减|加)\s*\d+(?:\.\d+)?\s*分|(?:[-+]|(?i:minus|plus|deduct|lose|add|score) )"
    r"\d+(?:\.\d+)?(?:\s*(?:points?|marks?|pts?))?(?:\s+each|\s+per [a-z ]+)?(?:,[^()]*)?"
    r"|\d+(?:\.\d+)?[ -](?:points?|marks?|pts?)[ -](?i:off|deduct|deduction|penalty|lost|bonus)[^()]*"
    r"|(?i:(?:an )?automatic fail(?:ure)?))\)"
)
_REMARK = Seldom(
    r"(?<=[分为止])\((?:如|例如|比如)[^()\d]*\)|\s\((?i:e\.g\.|i\.e\.|for example|such as|including|see)[^()]*\)"
)


# (迟到每次扣0.5分；旷工每次扣3分)
_WHOLLY_IN_BRACKETS = r"^\(([^()]{6,})\)$"
# four (4) hours, five per cent (5%): a number in words and in figures; the figures are read where both say the same.
_TWICE = r"\b([A-Za-z]+(?:-[A-Za-z]+)?)((?:\s+per\s?cent)?\s*\()(\d+)(\s*%)?\s*\)"


def _said_once(match: re.Match[str]) -> str:
    """The figures, with blanks in place of the words and brackets."""
    if in_words(match[1]) != int(match[3]):
        return match[0]
    return f"{match[3]}{match[4] or ''}".rjust(match.end() - match.start() - 1) + " "


@cache
def _bracketed_discretion() -> Seldom:
    words = expression("DISCRETION")
    return Seldom(rf"(?<=分)\s*\((?:{words})\)", re.IGNORECASE, signs=_opening("DISCRETION"))


def _opened(text: Text) -> Text:
    """每发生一次扣1分（最多扣5分）: brackets around a bound or an effect are read as commas, examples as blanks."""
    if "(" not in text.folded:
        return text
    folded = re.sub(_WHOLLY_IN_BRACKETS, r" \1 ", text.folded)
    folded = re.sub(_TWICE, _said_once, folded)
    in_letters = re.search(r"\([^()]*[A-Za-z]", folded) is not None
    folded = _bracketed_bound(english=in_letters).sub(lambda m: f",{m[1]},", folded)
    folded = _BRACKETED_EFFECT.sub(lambda m: f",{m[1]},", folded)
    for blank in (_REMARK, _bracketed_discretion()):
        folded = blank.sub(blanks, folded)
    return Text(text.shown, folded, text.offsets)


# What follows from a rule besides its points: 扣2分并通报批评; nothing that holds a number, points or a grade.
_CONSEQUENCE = Seldom(
    r"(?:(?<=分)|(?<=/\w))[,;\s]*(?:并且?|同时|且)"
    r"(?![^,;。]*(?:[\d扣减加奖罚分每累叠倍顶]|上限|为止|[得计记不][\d分]|合格|否决|[评定判视列降]为|[一二两三四五六七八九十]))[^,;。]{1,24}(?=[,;。]|$)",
    signs=("并", "同时", "且"),
)
_DEALT_WITH = Seldom(
    r"(?<=,)(?:按|视|作为?|算)[^,;。]{1,10}(?:处理|论处|对待|看待),", signs=("处理", "论处", "对待", "看待")
)
# 查资料。缺1项扣1分: how it is found out; 以此类推.
_FOUND_OUT = Seldom(
    r"(?:^|(?<=[。;]))\s*(?:现场|实地)?(?:查阅?|查看|检查|抽查|核查|看){records}(?:[、和与及或]{records})*[。;:]".format(
        records=r"(?:查阅?|查看)?(?:相关|有关|原始)?(?:资料|现场|记录|台[账帐]|档案|文件|实物|监控|图纸|证书|报告)"
    ),
    signs=("查", "看"),
)
_AND_SO_ON = Seldom(r"[,;]\s*[以依]此类推(?=\s*(?:[,;。]|$))", signs="类推")
_WHOSE = r"(?<=扣)(?:{words})(?=\s*(?:\d+(?:\.\d+)?\s*[分至到~-]|[一二两三四五六七八九十半]+\s*分))"


@cache
def _whose() -> Seldom:
    whose = _WHOSE.format(words=expression("WHOSE_POINTS"))
    return Seldom(rf"{whose}|{whose.replace('(?<=扣)', '(?<=扣[除减罚])')}", signs="扣")


def _without_asides(text: Text) -> Text:
    """扣除责任部门2分并通报批评: 扣2分."""
    folded = text.folded
    for aside in (_CONSEQUENCE, _DEALT_WITH, _FOUND_OUT, _AND_SO_ON, _whose()) if "分" in folded else ():
        folded = aside.sub(blanks, folded)
    return text if folded is text.folded else Text(text.shown, folded, text.offsets)


# What numbers the rules of a cell, and where a sheet's line end became a blank (得4分 未落实，不得分). Compiled by `re`
# when first needed: most cells hold neither.
_STYLES = ("1.", "1、", "1)", "①", "(一)", "一、")
_NUMBERED = (
    r"(?:^|(?<=[,;。:分止]))\s*(?:(\d{1,2})[.、)](?!\s*[\d、])|\((\d{1,2})\)|([①-⑳])|\(([一二三四五六七八九十])\)"
    r"|([一二三四五六七八九十])、)(?=\s*\S)"
)
_CHINESE_ALONE = 5  # the style 一、
_ORDER = "一二三四五六七八九十"
_LINE_END = r"(?<=[\d满得扣]分|为止) +(?=[\u4e00-\u9fff≥≤<>])"


def _parted(text: Text) -> Text:
    """1.迟到扣1分 2.早退扣2分: numbers that run from 1 are read as blanks, line ends and what parts them as commas."""
    folded = text.folded
    if "分 " in folded or "止 " in folded:
        folded = re.sub(_LINE_END, lambda m: ",".ljust(len(m[0])), folded)
    if any(mark in folded for mark in _STYLES):
        folded = _without_numbers(folded)
    return text if folded is text.folded else Text(text.shown, folded, text.offsets)


def _without_numbers(folded: str) -> str:
    """A cell without its numbers, where those of one style run 1, 2, 3 …; 一、二级事件 is no list."""
    found = list(re.finditer(_NUMBERED, folded))
    for style in range(1, _CHINESE_ALONE + 1):
        marks = [m for m in found if m[style]]
        runs = [_place(m[style]) for m in marks] == list(range(1, len(marks) + 1))
        if runs and (style < _CHINESE_ALONE or len(marks) > 1):
            for mark in marks:
                blank = (";" if folded[: mark.start()].strip() else " ").ljust(len(mark[0]))
                folded = f"{folded[: mark.start()]}{blank}{folded[mark.end() :]}"
    return folded


def _place(mark: str) -> int:
    """1 for 1, ① and 一."""
    if mark.isascii():
        return int(mark)
    return 1 + (_ORDER.index(mark) if mark in _ORDER else ord(mark) - ord("①"))


# 合格率以95%为标准，每降低1个百分点扣2分; 接通率90%，每降低1个百分点…: 低于95%的，每降低…
_STANDARD = (
    r"(?:以?(\d+(?:\.\d+)?\s*%)\s*(?:及?以[上下])?为(?:合格|达标|目标|标准|基准|基数|基础|底线)(?:线|值|数)?的?\s*[,;]\s*"
    r"|(?<=率)(\d+(?:\.\d+)?\s*%)\s*[,;]?\s*)"
    r"(?=每再?(?:(?P<low>降低|下降|减少|降|低|少)|(?:升高|上升|增加|提高|超出|超过|高|超|升|增)))"
)


def _beside_standards(text: Text) -> Text:
    """A standard named before a step, as what the step goes from."""
    found = re.search(_STANDARD, text.folded) if "%" in text.folded and "每" in text.folded else None
    if found is None:
        return text
    begin, end = found.span(1 if found[1] else 2)
    folded = f"{text.folded[: found.start()]}{text.folded[begin:end].rjust(end - found.start())}".ljust(found.end())
    blanked = Text(text.shown, folded + text.folded[found.end() :], text.offsets)
    return inserted(blanked, [(begin, begin, "低于" if found["low"] else "高于")])


# Where the verb is left out between what happened and its points; behind a range none is missing (90%以上5分).
_EARNED = r"(?<=[^\W\da-zA-Z])(?<![上下内分得计记为给评满至到合])(?=\d+(?:\.\d+)?分[\s.]*(?:[,;。]|$))"
_NOTHING = r"(?<![\d.])0分[\s.]*(?:[,;。]|$)"


def _with_verbs(text: Text) -> Text:
    """有预案10分，无预案0分: 得10分, where the nothing of another mark says that points are given, not taken."""
    if "0分" not in text.folded or not re.search(_NOTHING, text.folded) or re.search("[扣减加每奖罚]", text.folded):
        return text
    return inserted(text, [(found.start(), found.start(), "得") for found in re.finditer(_EARNED, text.folded)])
