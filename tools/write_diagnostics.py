"""Writes `docs/diagnostics/`: one page for each code, from the catalogue and from what rubric really says.

The pages are committed; a test holds that they are what this script writes.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from engine.diagnostics import FAMILIES, Lang, catalogue, codes
from engine.insight.examples import example
from engine.report.rule_page import case_titles, findings_shown
from engine.report.text import visible
from engine.report.words import FAMILY_TITLES

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "diagnostics"

WORDS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {"bad": "这样写", "finding": "会被指出", "good": "应该这样写", "cases": "这个代码也用于"},
    "en": {"bad": "Written like this", "finding": "rubric says", "good": "Right", "cases": "The code also stands for"},
}

INTRODUCTION = """\
每个代码一页，`rubric rule 代码` 也会说明。示例是计分办法的几行、一份完整的方案或一个数据文件；行号按示例计。
数据文件的第一行写文件名，表格文件里各行就是工作表的各行。

One page for each code; `rubric rule CODE` explains it too. An example is a few lines of a scheme, a whole policy or a
data file; lines are counted within the example. The first line of a data file is its name; in a workbook the rows are
the rows of the sheet.
"""


def entries() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every code with its entry, in order."""
    for code in codes():
        yield code, catalogue(code[1])[code]


def _fenced(text: str) -> str:
    shown = "\n".join(visible(line) for line in text.rstrip().split("\n"))
    return f"```text\n{shown}\n```\n"


def _shown(code: str, kind: Literal["bad", "good"], lang: Lang) -> Iterator[str]:
    yield f"**{WORDS[lang][kind]}**\n"
    yield _fenced(example(code, kind, lang))


def _half(code: str, entry: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """One language's half of a page."""
    yield f"## {entry['title'][lang]}\n"
    yield f"{entry['why'][lang].strip()}\n"
    yield from _shown(code, "bad", lang)
    yield f"**{WORDS[lang]['finding']}**\n"
    yield _fenced(findings_shown(code, lang))
    yield from _shown(code, "good", lang)
    if cases := case_titles(entry, lang):
        yield f"**{WORDS[lang]['cases']}**\n"
        yield "".join(f"- {title}\n" for title in cases)


def _heading(family: str) -> str:
    return " · ".join(FAMILY_TITLES[family])


def page(code: str, entry: Mapping[str, Any]) -> str:
    """The page of one code: Chinese, then English."""
    severity = "警告 · warning" if code.startswith("W") else "错误 · error"
    head = f"# {code}\n\n{severity} · [{_heading(code[1])}](README.md)\n"
    return "\n".join([head, *_half(code, entry, "zh"), *_half(code, entry, "en")])


def index() -> str:
    """The list of all codes by family."""
    lines = ["# 诊断一览 · The findings\n", INTRODUCTION]
    for family in FAMILIES:
        titles = [(code, entry["title"]) for code, entry in entries() if code[1] == family]
        lines.append(f"## {_heading(family)}\n")
        lines.append("".join(f"- [{code}]({code}.md) {title['zh']} · {title['en']}\n" for code, title in titles))
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """All pages by file name."""
    return {"README.md": index(), **{f"{code}.md": page(code, entry) for code, entry in entries()}}


if __name__ == "__main__":
    written = pages()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    for stale in {path.name for path in FOLDER.glob("*.md")} - set(written):
        (FOLDER / stale).unlink()
