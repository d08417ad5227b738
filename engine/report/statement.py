"""The query for a warehouse as a text: what it expects and what becomes of its result, then the query itself."""

from collections.abc import Iterator, Mapping

from engine.diagnostics import Lang
from engine.evaluation.warehouse import Statement
from engine.report.text import COLUMNS, fold, pad, width

_HOLDS: Mapping[str, tuple[str, str]] = {
    "answer": ("答案，照收上来的样子，不必换算", "answers as they were collected, not converted"),
    "text": ("文字，写法和方案里一样", "texts, written as in the policy"),
    "number": ("数", "numbers"),
    "time": ("日期，或者日期和时间", "dates, or dates with a time"),
    "row": ("行号，按收到的先后", "the row's number, in the order of arrival"),
    "seconds": ("答卷用了多少秒", "how many seconds the questionnaire took"),
}
_HEAD = (
    (
        "这个查询数一数：期内有效的记录，填得一样的各有多少行。把结果存成带表头的CSV，再运行 "
        "rubric run 方案文件 --cells 这个CSV。"
    ),
    (
        "This query counts how many valid rows of the period look the same. Save what it finds as a CSV with its "
        "header, then run: rubric run POLICY --cells THAT.csv"
    ),
)
_TABLES = ("要有这些表和列：", "It expects these tables and columns:")
_MARGIN = "-- "


def render_statement(statement: Statement, dialect: str, lang: Lang) -> str:
    """The query in one dialect below a comment that says which tables and columns it expects."""
    side = 1 if lang == "en" else 0
    lines = [*fold(_HEAD[side], COLUMNS - len(_MARGIN)), _TABLES[side], *_tables(statement, side)]
    return "".join(f"{_MARGIN}{line}\n" for line in lines) + f"{statement.text(dialect)};\n"


def _tables(statement: Statement, side: int) -> Iterator[str]:
    for table, columns in statement.tables.items():
        yield f"  {_line(table)}"
        column = max((width(_line(name)) for name in columns), default=0)
        for name, holds in columns.items():
            yield f"    {pad(_line(name), column)}  {_HOLDS[holds][side]}"


def _line(name: str) -> str:
    """A name on one line: it stands in a comment."""
    return " ".join(name.split())
