"""Every word and phrase about a file that was looked at, 中文 and English side by side."""

from collections.abc import Mapping

from engine.diagnostics import Lang
from engine.report.words import Pair, word

KINDS: Mapping[str, Pair] = {
    "blank": ("空列", "empty"),
    "personal": ("个人信息", "about the person"),
    "key": ("编号", "id"),
    "own": ("平台自带", "the platform's own"),
    "duration": ("用时", "time taken"),
    "date": ("日期", "date"),
    "scale": ("量表", "scale"),
    "words": ("文字量表", "scale in words"),
    "part": ("多选的一项", "one of several"),
    "several": ("多选", "several choices"),
    "choice": ("单选", "single choice"),
    "number": ("数", "number"),
    "mixed": ("数和文字", "numbers and texts"),
    "text": ("文字", "text"),
}
# What a table was recognised by: `Proposal.by`.
REASONS: Mapping[str, Pair] = {
    "vendor": ("{vendor}的导出：有{names}这些列", "An export of {vendor}: it has the columns {names}"),
    "questions": (
        "没有认出是哪个平台的导出；有{count}列是量表，按问卷写",
        "No platform's export that is known; {count} columns hold answers on a scale, so it is taken for a survey",
    ),
    "long": ("有{names}两列，按指标值表写", "It has the columns {names}, so it is taken for an indicator sheet"),
    "wide": (
        "有期间列{names}，其余都是数，按一列一个指标的指标值表写",
        "It has the periods {names} and numbers else, so it is taken for a sheet with one column for each indicator",
    ),
    "date": (
        "没有认出是哪个平台的导出，也没有量表题；有日期列{names}，按台账写",
        "No platform's export that is known, no answers on a scale; it has the dates {names}, so it is a ledger",
    ),
    "rows": (
        "没有认出是哪个平台的导出，没有量表题，也没有日期；一行一件事，按台账写",
        "No platform's export that is known, no answers on a scale, no dates; it is taken for a ledger",
    ),
}
PHRASES: Mapping[str, Pair] = {
    "looking": ("正在看这个文件……", "looking at the file ..."),
    "sheet": ("{file}，工作表“{sheet}”", "{file}, sheet “{sheet}”"),
    "header": ("表头在第{first}行", "header on row {first}"),
    "headers": ("表头在第{first}到{last}行", "header on rows {first} to {last}"),
    "rows": ("数据{count}行，到第{end}行", "{count} rows of data, down to row {end}"),
    "no rows": ("没有数据行", "no rows of data"),
    "encoding": ("编码 {encoding}", "encoding {encoding}"),
    "no questions": (
        "没有认出能计分的题，先按台账写",
        "no question with answers on a scale was found, so it is written as a ledger",
    ),
    "column": ("列", "col"),
    "name": ("表头", "header"),
    "kind": ("种类", "kind"),
    "contents": ("内容", "contents"),
    "no header": ("（没有表头）", "(no header)"),
    "different": ("{count}个，不同的{distinct}个", "{count}, {distinct} different"),
    "not shown": ("{count}个，不显示", "{count}, not shown"),
    "from to": ("{low} 到 {high}", "{low} to {high}"),
    "unclear dates": ("{count}个，分不清月和日", "{count}, day and month cannot be told apart"),
    "blanks": ("空{count}", "blank: {count}"),
    "once": ("另有{count}个只出现一次的", "{count} others once each"),
    "others": ("{count}个不是", "{count} of another kind"),
    "numbers": ("{count}个数，{texts}个文字", "{count} numbers, {texts} texts"),
    "problems": ("程序读它时会指出（{count}处）：", "what will be said when it is read ({count}):"),
    "more problems": ("还有{count}处，见 --format json", "{count} more: see --format json"),
    "no problems": ("没有发现问题。", "Nothing wrong was found."),
    "next": (
        "要写进方案的数据部分：\n  rubric inspect {file} --format yaml",
        "The data part for a policy:\n  rubric inspect {file} --format yaml",
    ),
    # the comments of the YAML
    "folder": ("放在 --data 指的文件夹里", "in the folder that --data names"),
    "seen": ("看到 {answers}", "seen: {answers}"),
    "unsure": (
        "也合乎别的量表（{others}），请对照问卷核对分值",
        "they also fit another scale ({others}): compare the numbers with the survey",
    ),
    "left out": ("没有写进来的列：", "columns that are not written here:"),
    "which order": (
        "日期分不清月和日，写明 dates: 月-日-年 或 dates: 日-月-年",
        "day and month cannot be told apart: write dates: month-day-year or dates: day-month-year",
    ),
    "twice": (
        "{header}：有几列同名，方案里叫不出",
        "{header}: several columns are called so; a policy cannot name one",
    ),
    "nameless": ("{column}列：没有表头，方案里叫不出", "column {column}: it has no header, so a policy cannot name it"),
    "used": (
        "scheme 里写 问卷{first}均值，1-5分折合20-100分 这样的句子",
        "in the scheme: mean of {first}, 1-5 as 20-100",
    ),
    "counted": ("measures 里写 {name}的次数 这样的句子", "in measures: count of {name}"),
    "looked up": ("指标按名称取值", "indicators find their values by name"),
}


def told(key: str, lang: Lang, **values: object) -> str:
    """A phrase with its places filled."""
    return word(PHRASES[key], lang).format(**values)


def joined(names: tuple[str, ...], lang: Lang) -> str:
    """Headers in quotation marks, side by side."""
    return "".join(f"“{name}”" for name in names) if lang == "zh" else ", ".join(f"“{name}”" for name in names)
