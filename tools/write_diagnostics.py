"""Writes `docs/diagnostics/`: one page for each code, from the catalogue and from what rubric really says.

The pages are committed; a test holds that they are what this script writes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.diagnostics import FAMILIES, Lang, catalogue
from tools.examples import findings_of, shown

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "diagnostics"

HEADINGS = {
    "0": "文件 · The file",
    "1": "版面 · Layout",
    "2": "语句 · Sentences",
    "3": "名称 · Names",
    "4": "合计 · Sums",
    "5": "等级 · Bands",
    "6": "单位 · Units",
    "7": "须定事项 · Open choices",
    "8": "日期 · Dates",
    "9": "数据 · Data",
}

WORDS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "why": "为什么要紧",
        "repair": "应该怎么写",
        "cases": "其他情形",
        "bad": "这样写会被指出",
        "good": "这样写可以",
    },
    "en": {
        "why": "Why it matters",
        "repair": "What to write",
        "cases": "Other cases",
        "bad": "This is reported",
        "good": "This is fine",
    },
}

INTRODUCTION = """\
每个代码一页，`rubric rule 代码` 也会说明。示例是评价方案里的几行或一个数据文件；诊断里的行号按整个文件计。

One page for each code; `rubric rule CODE` explains it too. An example is a few lines of a policy or a data file; the
line numbers of a finding count the whole file.
"""

Entry = Mapping[str, Any]


def entries() -> Iterator[tuple[str, Entry]]:
    """Every code with its entry, in order."""
    for family in FAMILIES:
        yield from sorted(catalogue(family).items(), key=lambda entry: entry[0][1:])


def _said(template: Mapping[str, str] | None, lang: Lang) -> str:
    """The sentence with `…` for what depends on the case."""
    return " ".join(template[lang].format_map(defaultdict(lambda: "…")).split()) if template else ""


def _fenced(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


def _half(code: str, entry: Entry, lang: Lang) -> Iterator[str]:
    """One language's half of a page."""
    words = WORDS[lang]
    yield f"## {entry['title'][lang]}\n"
    yield f"{_said(entry['message'], lang)}\n"
    if entry.get("why"):
        yield f"**{words['why']}** {_said(entry['why'], lang)}\n"
    if repair := _said(entry.get("repair"), lang) or _said(entry.get("otherwise"), lang):
        yield f"**{words['repair']}** {repair}\n"
    if cases := [case["message"] for case in entry.get("cases", {}).values() if "message" in case]:
        yield f"**{words['cases']}**\n"
        yield "".join(f"- {_said(message, lang)}\n" for message in cases)
    yield f"**{words['bad']}**\n"
    yield _fenced(entry["bad"])
    if found := [finding for finding in findings_of(entry["bad"]) if finding.code == code]:
        yield _fenced(shown(found, lang))
    yield f"**{words['good']}**\n"
    yield _fenced(entry["good"])


def page(code: str, entry: Entry) -> str:
    """The page of one code: Chinese, then English."""
    severity = "警告 · warning" if code.startswith("W") else "错误 · error"
    head = f"# {code}\n\n{severity} · [{HEADINGS[code[1]]}](README.md)\n"
    return "\n".join([head, *_half(code, entry, "zh"), *_half(code, entry, "en")])


def index() -> str:
    """The list of all codes by family."""
    lines = ["# 诊断一览 · The findings\n", INTRODUCTION]
    for family, heading in HEADINGS.items():
        codes = [(code, entry["title"]) for code, entry in entries() if code[1] == family]
        lines.append(f"## {heading}\n")
        lines.append("".join(f"- [{code}]({code}.md) {title['zh']} · {title['en']}\n" for code, title in codes))
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
