"""What stands in a column: its kind, told from its header and its cells, and as much of its contents as may be shown.

Answers of closed questions are shown; what people wrote, who they are and where they were is counted and not shown.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from engine.data.cells import Problem, folded, is_unanswered, read_number, read_seconds, read_time
from engine.data.headers import identity
from engine.data.sheets import Sheet
from engine.data.vendors import DURATION_HEADERS
from engine.data.vendors.recognition import is_called
from engine.data.vendors.vendor import Vendor
from engine.data.wordings import coded, wordings_of

Kind = Literal[
    "blank", "personal", "key", "own", "duration", "date", "scale", "words", "part", "several", "choice", "number",
    "mixed", "text",
]  # fmt: skip
Texts = Mapping[str, int]

MOST_ANSWERS = 12  # a question with more different answers is an open one
_MOSTLY = Fraction(4, 5)  # cells of one kind make the column's kind; the others are its faults
_LONGEST = 40
_WIDEST = 10
_PERSONAL = re.compile(
    r"ip(地址)?$|^来自ip|姓名|联系人|电话|手机|邮箱|电子邮件|e-?mail|phone|mobile|身份证|住址|地址$|address|微信|qq号?$|昵称"
    r"|^name$|(first|last|full|user|contact|customer)[ _]?name|客户名称|顾客名称|latitude|longitude",
    re.IGNORECASE,
)
_ABOUT_A_PERSON = re.compile(r"\d{1,3}(\.\d{1,3}){3}\b.*|[^@\s]+@[^@\s]+\.[^@\s]+|(\+?86)?-?1[3-9]\d{9}|\+\d[\d -]{7,}")
_OPEN = re.compile(
    r"意见|建议|备注|说明|描述|评论|留言|想法|改进的方面|comment|suggest|remark|descri|explain|proposal",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"权重$|^weight$|[ _]weight$", re.IGNORECASE)
_KEY = re.compile(r"(序号|编号|单号|编码|客户号|id|no\.?|number|#|key)$", re.IGNORECASE)
_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?!\d)")
_RECOMMENDED = re.compile(r"推荐|推介|净推荐|NPS|recommend", re.IGNORECASE)  # asked from 0 to 10 everywhere
_ASIDE = re.compile(r"〖.*〗")
_MARKS = frozenset(("1", "0", "y", "n", "yes", "no", "是", "否", "true", "false"))
_DECIMALS = re.compile(r"-?\d{1,9}(\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One column.

    `header`: as the policy names it; `title`: what else stands in its header. `filled`: cells that are not blank;
    `distinct`: different texts among them. `answers`: what may be shown, with how often it stands there; `once`:
    different answers not shown. `numbers`: what answers in words count as; `wordings`: which known wordings they fit.
    `scale`: the interval that the numbers fit. `low`, `high`: of moments, numbers and lengths of time, as text.
    `order`: of dates, `mdy`, `dmy`, "" the year first, `?` not to be told. `others`: cells of another kind than the
    column's, of a mixed one the numbers.
    """

    position: int
    header: str
    kind: Kind
    title: str = ""
    filled: int = 0
    blank: int = 0
    distinct: int = 0
    answers: tuple[tuple[str, int], ...] = ()
    once: int = 0
    numbers: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])
    wordings: tuple[int, ...] = ()
    scale: tuple[int, int] | None = None
    low: str = ""
    high: str = ""
    order: str = ""
    others: int = 0


def profile_of(sheet: Sheet, position: int, vendor: Vendor | None) -> Profile:
    """The column at the position; `vendor`: the platform that wrote the sheet, whose own columns are known."""
    texts = Counter(text for text in sheet.columns[position] if text)
    header = " ".join(sheet.headers[position].split())
    given = {text: n for text, n in texts.items() if not is_unanswered(folded(text), None)}
    kind = _Column(header=header, texts=texts, given=given, sheet=sheet, vendor=vendor)
    found = _known(kind) or _by_contents(kind)
    filled = sum(texts.values())
    return Profile(
        position=position,
        header=header,
        filled=filled,
        blank=len(sheet.rows) - filled,
        distinct=len(texts),
        **found,  # pyright: ignore[reportArgumentType] - each way of telling gives the fields it knows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """The column's header and its different texts with their numbers; `given`: without those that say unanswered."""

    header: str
    texts: Texts
    given: Texts
    sheet: Sheet
    vendor: Vendor | None

    @property
    def count(self) -> int:
        return sum(self.given.values())


Found = dict[str, object]


def _known(column: _Column) -> Found | None:
    """What the header says, or the platform of its own columns."""
    header, vendor = column.header, column.vendor
    if not column.texts:
        return {"kind": "blank"}
    if vendor and is_called(header, vendor.personal):
        return {"kind": "personal"}
    if vendor and is_called(header, vendor.key[:1]):
        return {"kind": "key"}
    if vendor and is_called(header, vendor.own):
        return _date(column) or {"kind": "own"}
    if is_called(header, DURATION_HEADERS):
        return _duration(column)
    personal = sum(n for text, n in column.texts.items() if _ABOUT_A_PERSON.fullmatch(text))
    if (_PERSONAL.search(header) and not _is_option(column)) or personal * 2 > sum(column.texts.values()):
        return {"kind": "personal"}
    unique = max(column.texts.values()) == 1 and sum(column.texts.values()) == len(column.sheet.rows)
    return {"kind": "key"} if unique and _KEY.search(header) else None


def _is_option(column: _Column) -> bool:
    """Whether the column says if an option was chosen that is called like what a person has: heard of us by/Phone."""
    option = re.split(r"[/|_:\[(]", column.header)[-1].rstrip(")]").strip()
    return all(text.lower() in _MARKS or text == option for text in column.given)


def _by_contents(column: _Column) -> Found:
    for tell in (_nothing, _date, _duration, _scale, _words, _several, _number, _choice):
        if found := tell(column):
            return found
    return {"kind": "text"}


def _nothing(column: _Column) -> Found | None:
    """Only marks of what was not answered."""
    return {"kind": "text"} if not column.given else None


def _date(column: _Column) -> Found | None:
    order = _order(column.given)
    moments = {text: read_time(text, column.sheet.epoch, "mdy" if order == "?" else order) for text in column.given}
    read = {text: moment for text, moment in moments.items() if isinstance(moment, datetime)}
    if any(re.fullmatch(r"\d{5}(\.\d+)?", folded(text)) for text in read):
        return None  # the days of a workbook are numbers in all other columns
    count = sum(column.given[text] for text in read)
    if not read or count < _MOSTLY * column.count:
        return None
    low, high = min(read.values()).date(), max(read.values()).date()
    return {
        "kind": "date",
        "low": low.isoformat() if order != "?" else "",
        "high": high.isoformat() if order != "?" else "",
        "order": order,
        "others": column.count - count,
    }


def _order(texts: Texts) -> str:
    """In which order the dates are written that do not begin with the year; `?` where either would do."""
    found = [(int(m[1]), int(m[2])) for text in texts if (m := _SHORT.match(folded(text)))]
    if not found:
        return ""
    if any(first > 12 for first, _ in found):
        return "dmy"
    return "mdy" if any(second > 12 for _, second in found) else "?"


def _duration(column: _Column) -> Found | None:
    known = is_called(column.header, DURATION_HEADERS)
    read = {text: read_seconds(text) for text in column.given}
    lengths = {text: length for text, length in read.items() if isinstance(length, Fraction)}
    bare = any(_DECIMALS.fullmatch(folded(text)) for text in lengths)
    count = sum(column.given[text] for text in lengths)
    if not lengths or (bare and not known) or (count < _MOSTLY * column.count and not known):
        return {"kind": "duration"} if known else None
    by_length = sorted(lengths, key=lambda text: lengths[text])
    return {"kind": "duration", "low": by_length[0], "high": by_length[-1], "others": column.count - count}


def _scale(column: _Column) -> Found | None:
    """Whole numbers, few of them, on a scale of at most ten steps."""
    if _WEIGHT.search(column.header):
        return None
    numbers = {text: _whole(text) for text in column.given}
    fit = {text: n for text, n in numbers.items() if n is not None and 0 <= n <= _WIDEST}
    count = sum(column.given[text] for text in fit)
    if not fit or count < _MOSTLY * column.count or set(fit.values()) <= {0, 1}:
        return None
    low, high = min(fit.values()), max(fit.values())
    recommended = high > 5 and _RECOMMENDED.search(column.header)
    return {
        "kind": "scale",
        "scale": (0, 10) if low == 0 or recommended else (1, 5) if high <= 5 else (1, 7) if high <= 7 else (1, 10),
        "answers": tuple((str(n), sum(column.given[t] for t in fit if fit[t] == n)) for n in sorted(set(fit.values()))),
        "others": column.count - count,
    }


def _whole(text: str) -> int | None:
    plain = folded(text).removesuffix("分")
    return int(plain) if re.fullmatch(r"-?\d{1,3}", plain) and plain.isascii() else None


def _words(column: _Column) -> Found | None:
    """Answers of a known wording, or with their number in them; a few others are slips."""
    numbers = coded(tuple(column.given)) if len(column.given) <= MOST_ANSWERS else None
    if numbers is not None:
        return {"kind": "words", "numbers": numbers, "answers": _shown(column.given)}
    known = [text for text in column.given if wordings_of((text,))]
    count = sum(column.given[text] for text in known)
    wordings = wordings_of(known)
    single = len(known) == 1 < len(column.given)  # 一般 beside 重要 is a class of customers
    if not wordings or single or count < _MOSTLY * column.count:
        return None
    answers = _shown({text: column.given[text] for text in known})
    return {"kind": "words", "wordings": wordings, "answers": answers, "others": column.count - count}


def _several(column: _Column) -> Found | None:
    """Several options in one cell: they come again and again, in different combinations."""
    for separator in column.vendor.several if column.vendor else ("┋", "|"):
        if not any(separator in text for text in column.given):
            continue
        options: Counter[str] = Counter()
        for text, n in column.given.items():
            options.update({_ASIDE.sub("", part.strip()): n for part in text.split(separator)})
        if len(options) <= MOST_ANSWERS and (separator == "┋" or sum(options.values()) >= 2 * len(options)):
            return {"kind": "several", **_closed(options)}
    return None


def _number(column: _Column) -> Found | None:
    read = {text: read_number(text) for text in column.given}
    numbers = {text: n[0] for text, n in read.items() if not isinstance(n, Problem)}
    count = sum(column.given[text] for text in numbers)
    if count < _MOSTLY * column.count:
        return {"kind": "mixed", "others": count} if count * 5 >= column.count else None
    by_amount: Sequence[str] = sorted(numbers, key=lambda text: numbers[text])
    if _is_mark(numbers):
        return {"kind": "choice", "answers": _shown(column.given)}
    return {"kind": "number", "low": by_amount[0], "high": by_amount[-1], "others": column.count - count}


def _is_mark(numbers: Mapping[str, Decimal]) -> bool:
    return set(numbers.values()) <= {Decimal(0), Decimal(1)}


def _choice(column: _Column) -> Found | None:
    """Few different short texts that come again; what stands there once may be what somebody wrote."""
    again = [text for text, n in column.given.items() if n > 1]
    closed = len(column.given) <= MOST_ANSWERS and column.count >= 2 * len(column.given)
    seldom = 2 * column.count < len(column.sheet.rows) and len(column.given) > 2  # what may be left out is often open
    if seldom or _OPEN.search(column.header) or not again or not closed or max(map(len, again)) > _LONGEST:
        return None
    return {"kind": "choice", **_closed({_ASIDE.sub("", text): n for text, n in column.given.items()})}


def _closed(answers: Texts) -> Found:
    shown = {text: n for text, n in answers.items() if n > 1}
    return {"answers": _shown(shown), "once": len(answers) - len(shown)}


def _shown(answers: Texts) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(answers.items(), key=lambda entry: (-entry[1], entry[0])))


# ---------------------------------------------------------------- columns beside each other


_PART = re.compile(r"(?P<stem>.+?)(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\]|[/|_:](?P<rest>[^/|_:]+))$")


def stem_of(header: str) -> str:
    """The question that a column is part of: `第6题` of `第6题(价格)`, `Q5` of `Q5[SQ001]`, `q5` of `q5/price`."""
    found = _PART.match(header)
    return identity(found["stem"]) if found else ""


def is_mark(profile: Profile) -> bool:
    """Whether a column only says if something was chosen: 1 or 0, Y or nothing, its own option or nothing."""
    if profile.kind not in ("choice", "text", "blank"):
        return False
    answers = {text.lower() for text, _ in profile.answers}
    return profile.kind == "blank" or answers <= _MARKS or profile.distinct == 1
