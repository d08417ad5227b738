"""Writes the appendix of the language reference: every keyword of `grammar/words.yaml`, in words people can read.

The pages themselves are written by hand; a test holds that their appendix is what this script writes.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from engine.resources import resource

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {"zh": DOCS / "language.zh.md", "en": DOCS / "language.md"}
BEGIN, END = "<!-- words -->\n", "<!-- /words -->\n"

# The parts of the table of keywords, as its own headings call them.
HEADINGS = {
    "rules: triggers": ("规则：什么情况", "Rules: when"),
    "rules: effects": ("规则：扣几分、得几分", "Rules: what then"),
    "rules: bounds": ("上限、不足一步", "Caps, parts of a step"),
    "units and numbers": ("单位和数", "Units and numbers"),
    "comparisons": ("比较和范围", "Comparisons and ranges"),
    "measures": ("取数、目标、折合", "Measures, targets, conversions"),
    "how parts combine": ("怎样合成", "How parts combine"),
    "conventions": ("方案写明的事项", "Conventions"),
    "alone on their line": ("独占一行的句子", "Alone on their line"),
    "heads and formulas": ("权重和公式", "Weights and formulas"),
    "data sentences": ("取数句和有效问卷", "Data sentences"),
}


def _table() -> str:
    return resource("grammar", "words.yaml").read_text(encoding="utf-8")


def keywords(text: str | None = None) -> Iterator[tuple[str, Mapping[str, list[str]]]]:
    """Every entry of the table (or of one part of it) that has words: its name, and its spellings in each language."""
    entries = yaml.safe_load(_table() if text is None else text) or {}
    for name, entry in entries.items():
        if name == "PARTS":  # no keyword: what several of them share
            continue
        yield name, {lang: [readable(word) for word in entry.get(lang, [])] for lang in PAGES}


def _parts() -> Iterator[tuple[str, str]]:
    """The parts of the table: heading and entries."""
    pieces = re.split(r"^# -{10,} (.+)$", _table(), flags=re.MULTILINE)
    yield from zip(pieces[1::2], pieces[2::2], strict=True)


def readable(word: str) -> str:
    """A spelling without the signs that only a program needs: [x] may be left out, (x / y) is a choice, N a number."""
    word = _without_looking_around(word)
    word = re.sub(r"\[-\| \]|\[ \|-\]", "-", word)
    word = re.sub(r"\\s[*+]", " ", word).replace(r"\d+", "N").replace(r"\d", "N")
    word = re.sub(r"\(([^()\\]*)\)\?", r"[\1]", word)
    word = re.sub(r"([^()\[\]|.])\?", r"[\1]", word).replace(".?", "").replace("]?", "]")
    word = word.replace(r"\(", "（").replace(r"\)", "）").replace("\\", "")
    return re.sub(r"\s*\|\s*", " / ", word).strip()


def _without_looking_around(word: str) -> str:
    """Without what must or must not stand before or behind the word: `(?!…)`, `(?<=…)`."""
    while (start := re.search(r"\(\?[!=<]", word)) is not None:
        depth, end = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(word[end], 0)
            end += 1
        word = word[: start.start()] + word[end:]
    return word


def spelt(words: list[str]) -> str:
    """All spellings of one keyword, on one line of the table."""
    return "- " + " · ".join(f"`{word}`" for word in dict.fromkeys(words)) + "\n"


def table(lang: str) -> str:
    """The appendix in one language: part by part, the spellings of one keyword on one line."""
    blocks = [
        (HEADINGS[heading][list(PAGES).index(lang)], [spelt(words[lang]) for _, words in keywords(text) if words[lang]])
        for heading, text in _parts()
    ]
    text = "\n".join(f"### {title}\n\n{''.join(dict.fromkeys(lines))}" for title, lines in blocks if lines)
    return f"{_shared()}\n{text}" if lang == "en" else text


def _shared() -> str:
    """What stands for the words in <> of English spellings."""
    parts = yaml.safe_load(_table())["PARTS"]
    lines = "".join(f"- `<{name}>`: `{readable(words)}`\n" for name, words in parts.items())
    return f"What several of them share:\n\n{lines}"


def with_table(page: str, lang: str) -> str:
    """A page with its appendix as it should be."""
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{table(lang)}\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    for language, path in PAGES.items():
        path.write_text(with_table(path.read_text(encoding="utf-8"), language), encoding="utf-8")
