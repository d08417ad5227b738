"""The keyword table `grammar/words.yaml` as terminals of the grammar.

The table's notation is explained at its head; `pattern` turns one word into a regular expression.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from engine.language.parser.kept import kept
from engine.resources import resource

_HERE = Path(__file__)

# Open words (a subject, what is counted) end where one of these begins: the words that begin or carry a rule.
OPEN = ("WORD", "E_WORD")
STOPPING = (
    "EVERY", "DEDUCT", "CUT", "ADD", "SCORES", "FULL", "NONE", "PROPORTION", "LINEAR", "DISCRETION", "GRADES_AS", "CAP",
    "CAP_ALL", "CAP_OWN", "CAP_ADD", "CAP_EARN", "UNTIL_GONE", "GONE_AT", "LATE", "E_LATE", "MET", "UNMET", "OVER_AIM",
    "AT_LEAST", "AT_MOST", "MORE", "LESS", "CEILING", "IF", "CNUM", "EACH_SIGN", "SEPARATELY", "OTHERWISE", "APPLIES",
    "RESULTS", "HALF", "AUTO_FAIL", "POINTS_ON", "AT_RATE", "E_BETWEEN",
)  # fmt: skip
# What must follow one of these for an open word to end there (a word alone is a word: 超过 in a name).
_STOPPED_BY_NUMBER = frozenset({"AT_LEAST", "AT_MOST", "MORE", "LESS"})
# Where a word belongs to a condition (if the report is late) an open word does not end at it.
# 未每月上报, 平均得分: one word each. 水质全部达标 says of several things that they are good, not of one value.
_OF_ALL = "(?<!全部)(?<![均都全])"
_NOT_BEHIND = {
    "EVERY": "(?<![未没])",
    "EACH_SIGN": "(?<!平)",
    "ADD": "(?<![获评中颁得])",
    "E_LATE": r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!ed )(?<!\b(?:in|up) )(?<!\bout )",
    "SCORES": "(?<![获取值])(?!(?<=[差中好批])评)",
    "MET": _OF_ALL,
    "UNMET": _OF_ALL,
}
_NUMBER = (
    r"(?=\s*(?:[\d一二两三四五六七八九十半]"
    r"|(?:规定|要求|计划|任务|应完成)(?:数|量|数量|人数|例数|时间|任务)的?\s*\d))"
)
# What no word of a rule ends: 3个工作日内, a quoted name, the hyphen of double-check, words in brackets.
WHOLE = (
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十半]+)\s*个?(?:秒钟?|分钟|小时|天|日|工作日|星期|周|月|年)(?:以内|之内|内)"
    r"(?!\s*的?\s*(?:[,;:。得扣计记不每评\d]|为\d|$))|(?:19|20)\d\d ?年度?"
    r'|(?<=[^\W\d_])"[^"\n]{1,16}"|(?<=[A-Za-z])[-/](?=[A-Za-z])|\((?![^()]*(?<![A-Za-z/.\-\d])\d)[^()\n]*\)'
)
# Less than 80% of calls are answered within 20 seconds: behind a number the words of what is counted may name a time.
WITHIN = r"\bwithin \d+ (?:seconds?|minutes?|hours?|(?:working |business |calendar )?days?|weeks?|months?)\b"


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """The table: terminal name to `{zh: [...], en: [...], before, priority}`."""
    table = resource("grammar", "words.yaml")
    return json.loads(kept("words.json", (table, _HERE), lambda: json.dumps(_read(table))))


def _read(table: Path) -> Mapping[str, Mapping[str, Any]]:
    import yaml  # only for a table that is new

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    text = table.read_text(encoding="utf-8")
    entries = yaml.load(with_parts(text), Loader=loader)  # noqa: S506 - our own file, every scalar a text
    del entries["PARTS"]
    return entries


def with_parts(table: str) -> str:
    """The text of the table with what several keywords share in place of `<its name>`."""
    parts = dict(re.findall(r"^  ([a-z]+): '(.*)'$", table, re.MULTILINE))
    return re.sub(r"<([a-z]+)>", lambda part: parts[part[1]], table)


def _spelling(word: str, blank: str) -> str:
    word = re.sub(r"(?<!\\)\((?!\?)", "(?:", word)
    word = re.sub(r"\[([^\[\]]*)\] ", r"(?:(?:\1) )?", word)
    word = re.sub(r" \[([^\[\]]*)\]", r"(?: (?:\1))?", word)
    return word.replace("[", "(?:").replace("]", ")?").replace(" ", blank)


def pattern(word: str, *, chinese: bool) -> str:
    """The regular expression of one word of the table, in Chinese or in English."""
    if chinese:
        return _spelling(word, r"\s*")
    start = r"\b" if word[0].isalpha() or word[0] in "[(" else ""
    end = r"\b" if word[-1].isalpha() or (word[-1] in ")]" and word[-2] != "\\") else ""
    return start + _spelling(word, r"\s+") + end


@cache
def beginnings(terminal: str) -> tuple[str, ...] | None:
    """What a terminal of the table can begin with, in lower case, as far as it is spelt out; None for another terminal.

    No text that begins otherwise can be this keyword, so its expression need not be compiled to know.
    """
    entry = words().get(terminal)
    if entry is None:
        return None
    spelt = [*entry.get("zh", ()), *entry.get("en", ())]
    return tuple(sorted({begin for word in spelt for begin in _beginnings(word)}))


def _beginnings(word: str) -> list[str]:
    """The beginnings of one word: of `[规定[的]]目标`, 规定 and 目标."""
    first = word[:1]
    if first in "[(":
        inner, rest = _bracketed(word)
        begins = [b for part in _parts(inner) for b in _beginnings(part)]
        optional = first == "[" or rest.startswith("?")  # [x] and (x)? may be left out
        return begins + (_beginnings(rest.removeprefix("?").lstrip()) if optional else [])
    if first == "\\":
        return list("0123456789") if word[1] == "d" else [word[1]]
    spelt = re.match(r"[^\[(\\? ]*", word)
    literal = spelt[0] if spelt else ""
    if word[len(literal) :][:1] == "?":  # the last letter may be left out
        return [literal[:-1]] if len(literal) > 1 else [literal, *_beginnings(word[2:])]
    return [literal.lower()]


def _bracketed(word: str) -> tuple[str, str]:
    """What stands in the bracket that the word begins with, and what stands behind it."""
    depth = 0
    for i, c in enumerate(word):
        depth += (c in "[(") - (c in ")]")
        if depth == 0:
            return word[1:i], word[i + 1 :]
    return word[1:], ""


def _parts(inner: str) -> list[str]:
    """The alternatives of a bracket, cut at the bars that stand in no bracket of their own."""
    parts, depth = [""], 0
    for c in inner:
        depth += (c in "[(") - (c in ")]")
        if c == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += c
    return parts


@cache
def alternatives(terminal: str, *, english: bool = True) -> str:
    """All spellings of a terminal, longest first, as one regular expression without its `before`.

    `english` False: the Chinese ones only, which are all that can begin at a Chinese character.
    """
    entry = words()[terminal]
    spellings = [pattern(w, chinese=True) for w in entry.get("zh", ())]
    spellings += [pattern(w, chinese=False) for w in entry.get("en", ()) if english]
    return "|".join(sorted(spellings, key=lambda s: (-len(s), s)))


@cache
def expression(terminal: str, *, english: bool = True) -> str:
    """The terminal's regular expression with what must follow it."""
    before = words()[terminal].get("before", "")
    return f"(?:{alternatives(terminal, english=english)})" + (f"(?={before})" if before else "")


def stopping(terminal: str, *, english: bool = True) -> str:
    """The regular expression of a word of STOPPING where an open word ends at it."""
    after = _NUMBER if terminal in _STOPPED_BY_NUMBER else ""
    return _NOT_BEHIND.get(terminal, "") + expression(terminal, english=english) + after


def _terminals() -> str:
    """The table as Lark terminal definitions."""
    lines: list[str] = []
    for name, entry in words().items():
        lines.append(f"{name}.{entry.get('priority', 5)}: /{_slashed(expression(name))}/i")
    return "\n".join(lines)


def _slashed(body: str) -> str:
    return re.sub(r"(?<!\\)/", r"\/", body)


# The words at which a column or a value of a data sentence ends.
_DATA_STOPPING = (
    "_ROWS", "_SHARE", "SUM", "MEAN", "MINIMUM", "MAXIMUM", "MEDIAN", "_TO", "_TIME", "_NUMBER", "_BOTH", "_WHERE",
    "_LISTED", "LAST", "FIRST",
)  # fmt: skip
_DATA_SIGNS = r"的(?=[^<>=]*(?:合计|均值|最小值|最大值|中位数|不同))|从(?=.*时长)|\bin\s|\bto\s"


# Where a value ends because another amount or the number it is counted for follows.
_OVER_SIGNS = r"÷|\s/\s(?=\s*(?:count|number|sum|mean|average|min|max|minimum|maximum|median|distinct)\b)"


def _filled(name: str) -> str:
    """What stands for `%name%` in a grammar."""
    if name in ("WHOLE", "WITHIN"):
        return WHOLE if name == "WHOLE" else WITHIN
    if name == "OVER_STOP":
        return f"{_OVER_SIGNS}|{expression('_PER')}"
    if name == "DATA_STOP":
        return "|".join([*(expression(t) for t in _DATA_STOPPING), _DATA_SIGNS])
    return alternatives(name)


def grammar_files(name: str) -> tuple[Path, ...]:
    """The files that a grammar is made from."""
    return resource("grammar", f"{name}.lark"), resource("grammar", "words.yaml"), _HERE


def grammar(name: str) -> str:
    """`grammar/<name>.lark` with the table's terminals.

    In it `%DATA_STOP%` is where columns end, `%WHOLE%` what stays whole in open words, `%NAME%` a terminal's words.
    """
    text = resource("grammar", f"{name}.lark").read_text(encoding="utf-8")
    filled = re.sub(r"%([A-Z_]+)%", lambda m: _slashed(_filled(m[1])), text)
    return f"{filled}\n{_terminals()}\n"
