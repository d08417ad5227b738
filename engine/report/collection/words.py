"""The words of the collection workbook, 中文 and English side by side."""

from collections.abc import Mapping

from engine.diagnostics import Lang
from engine.language.syntax import Kind, Unit
from engine.report.words import Pair, word

# Which of the two words for a guide and a policy's id, an answer, a column the workbook writes: 中文, English.
SIDE: Mapping[Lang, int] = {"zh": 0, "en": 1}

HEADERS: Mapping[str, Pair] = {
    "indicator": ("指标", "indicator"),
    "value": ("值", "value"),
    "period": ("期间", "period"),
    "unit": ("计量单位", "unit"),
    "score": ("得分", "score"),
}

# What the reader of the workbook takes for a unit of measurement.
UNITS_OF_KINDS: Mapping[Kind, Pair] = {
    Kind.RATE: ("%", "%"),
    Kind.COUNT: ("次", "times"),
    Kind.SCORE: ("分", "points"),
    Kind.POINTS: ("分", "points"),
}
UNITS_OF_TIME: Mapping[Unit, Pair] = {
    Unit.SECOND: ("秒", "s"),
    Unit.MINUTE: ("分钟", "min"),
    Unit.HOUR: ("小时", "hours"),
    Unit.DAY: ("天", "days"),
    Unit.WORKING_DAY: ("工作日", "working days"),
    Unit.WEEK: ("周", "weeks"),
    Unit.MONTH: ("月", "months"),
}

PHRASES: Mapping[str, Pair] = {
    # the guide
    "title": ("{title}：数据收集表", "{title}: collection workbook"),
    "policy": ("方案", "policy"),
    "version": ("版本", "version"),
    "scheme": ("评分方案", "scheme"),
    "period": ("统计期间", "period"),
    "days": ("{text}（{begin}至{end}）", "{text} ({begin} to {end})"),
    "several": ("{first}至{last}", "{first} to {last}"),
    "any period": ("按数据里的日期", "by the dates in the data"),
    "due": ("交回日期", "to be returned by"),
    "open due": ("由汇总人填写", "filled in by whoever puts it together"),
    "units": ("评价对象", "units"),
    "use": ("怎么填", "How to fill it in"),
    "use 1": (
        "一张工作表收集一种数据；只填浅黄色的格子，表头和表的名称不要改。",
        (
            "Each sheet collects one kind of data; fill in the light yellow cells only, and leave headers and names "
            "of sheets as they are."
        ),
    ),
    "use 2": (
        "没有收集到的空着：空格是缺数，不会当成0。一次也没有发生的要填0；整张台账都没有发生的，在第一格填“无”。",
        (
            "Leave blank what was not collected: a blank is missing and never counts as 0. What never happened is a 0 "
            "that has to be written; in a ledger without any event, write “none” into the first cell."
        ),
    ),
    "use 3": (
        "不涉及的指标，值填“不适用”。百分数填97.2或97.2%，日期填2025-03-02这样。",
        (
            "Where an indicator does not apply, write “not applicable”. Write per cents as 97.2 or 97.2%, dates "
            "like 2025-03-02."
        ),
    ),
    "use 4": (
        "问卷一份一行，台账一件一行，行数不够接着往下填；可以在右边加自己的列。",
        "One row for each questionnaire or event, as many as there are; columns of your own may be added on the right.",
    ),
    "use 5": (
        "填好后运行：rubric run 方案文件 --data 这个工作簿。填错的格子会按“文件!工作表!单元格”指出来。",
        "When it is filled in: rubric run POLICY --data THIS_WORKBOOK. Faulty cells are named as file!sheet!cell.",
    ),
    "sheets": ("工作表", "Sheets"),
    "sheet": ("工作表", "sheet"),
    "holds": ("内容", "what it holds"),
    "owners": ("收集部门", "collected by"),
    "fields": ("要填的项数", "to be filled in"),
    "items": ("逐项说明", "Each item"),
    "item": ("填什么", "what to fill in"),
    "how": ("怎样填", "how"),
    "unit": ("单位", "unit"),
    "target": ("目标值", "target"),
    "clause": ("依据", "clause"),
    "purpose": ("用于", "used for"),
    # what a sheet holds
    "responses": ("问卷，一份答卷一行", "questionnaires, one row each"),
    "events": ("台账或名单，一件（一户）一行", "a ledger or list, one row for each event or customer"),
    "values": ("指标的值，一个值一行", "values, one row each"),
    "values wide": ("指标的值，一个指标一列", "values, one column for each indicator"),
    "control": ("照印的数，用来核对结果，可以不填", "printed figures to hold the result against; may be left blank"),
    "benchmark": ("“{name}”的得分，用来对比，可以不填", "scores of “{name}” to compare with; may be left blank"),
    # what is typed
    "text": ("文字", "text"),
    "identifier": ("编号，每份答卷不同", "a number or name, different for each questionnaire"),
    "one of": ("选一个：{choices}", "one of: {choices}"),
    "for instance": ("方案按这些统计：{choices}", "the policy counts: {choices}"),
    "answer": ("没有回答的空着", "blank if not answered"),
    "whole between": ("{low}至{high}的整数", "a whole number from {low} to {high}"),
    "between": ("{low}至{high}的数", "a number from {low} to {high}"),
    "words mean": ("{word}＝{number}", "{word} = {number}"),
    "date": ("日期，必填；不在统计期间的行不计", "a date, required; rows outside the period do not count"),
    "dated moment": (
        "日期和时间，如2025-03-02 14:30，必填；不在统计期间的行不计",
        "date and time, like 2025-03-02 14:30, required; rows outside the period do not count",
    ),
    "moment": (
        "日期和时间，如2025-03-02 14:30；还没有的空着",
        "date and time, like 2025-03-02 14:30; blank if not yet",
    ),
    "number": ("数", "a number"),
    "weight": ("权重，0以上的数，必填", "a weight of 0 or more, required"),
    "seconds": ("答卷用了多少秒", "seconds it took to answer"),
    "unit column": ("属于哪个评价对象", "which unit it belongs to"),
    "segment": ("客户群，可以不填", "the segment; may be left blank"),
    "listed": ("在“{sheet}”表里登记的才有效", "valid only if it stands in sheet “{sheet}”"),
    "open question": ("简答，原话照录，不计分", "free text as answered; not scored"),
    "rate": ("百分数，0至100", "per cent, 0 to 100"),
    "count": ("次数，整数；没有发生填0", "how many; 0 if there were none"),
    "duration": ("时长，按所写的单位", "a length of time in the unit given"),
    "points": ("0至{high}分", "0 to {high} points"),
    "amount": ("没有扣分填0；扣分填{low}至{high}", "0 if nothing is taken, else {low} to {high}"),
    "yes/no": ("是或否", "yes or no"),
    "condition": ("是否“{text}”", "whether “{text}”"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "none": ("无", "none"),
    "inapplicable": ("不适用", "not applicable"),
    "validity": ("{text}的才有效", "valid if {text}"),
    # validation messages
    "not this": ("这里不能这样填", "This does not fit here"),
    "unknown label": ("方案里没有这个写法", "The policy knows no such label"),
    "unknown why": (
        "{how}。别的写法不会计入这些指标；确实是别的类别，选“是”。",
        "{how}. Anything else is not counted there; choose Yes if it is really another label.",
    ),
    # usage
    "written": (
        "写好了 {file}：{sheets}张表，{items}项要填；填好后运行 rubric run {policy} --data {file}",
        "wrote {file}: {sheets} sheets, {items} items to fill in; when filled in: rubric run {policy} --data {file}",
    ),
}


def phrase(key: str, lang: Lang, **places: object) -> str:
    """A phrase of the workbook in a language, its places filled."""
    text = word(PHRASES[key], lang)
    return text.format(**places) if places else text
