"""Kinds of slips of the hand, the input method and the clipboard: for a text, every place where one can happen.

A slip is one edit. The words of comments and notes are left out: no score depends on them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters `[start, end)` of a text replaced by `typed`."""

    start: int
    end: int
    typed: str

    def made(self, text: str) -> str:
        """The text with the slip in it."""
        return text[: self.start] + self.typed + text[self.end :]


_COMMENT = re.compile(r"(?:^|\s)#.*")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_NOTE = re.compile(r"^ *- (?:注|备注|note) ?[:：](?P<words>.*)\S")


def bare(text: str) -> str:
    """The text with blanks for its comments and all of a note but its last sign, so that every place stays."""
    return "\n".join(_bare(line) for line in text.split("\n"))


def _bare(line: str) -> str:
    words = _QUOTED.sub(lambda quoted: "x" * len(quoted[0]), line)
    comment = _COMMENT.search(words)
    line = line if comment is None else line[: comment.start()].ljust(len(line))
    note = _NOTE.match(line)
    return line if note is None else line[: note.start("words")] + " " * len(note["words"]) + line[note.end() - 1 :]


# ---------------------------------------------------------------- signs

_WIDTHS = ",:;()%=+?!<>"
_WIDE = {narrow: chr(ord(narrow) + 0xFEE0) for narrow in _WIDTHS}
_OTHER_WIDTH = {**_WIDE, **{wide: narrow for narrow, wide in _WIDE.items()}, "。": ".", "、": ",", "—": "-"}


def width(text: str) -> Iterator[Edit]:
    """， for , and : for ： and so on: the keyboard was in the other mode."""
    for at, sign in enumerate(text):
        if sign in _OTHER_WIDTH:
            yield Edit(at, at + 1, _OTHER_WIDTH[sign])


def colon(text: str) -> Iterator[Edit]:
    """A colon that was not typed."""
    yield from (Edit(at, at + 1, "") for at, sign in enumerate(text) if sign in ":：")


def half(text: str) -> Iterator[Edit]:
    """Half a pair of brackets or quotation marks that was not typed."""
    yield from (Edit(at, at + 1, "") for at, sign in enumerate(text) if sign in "()（）[]{}\"'“”‘’「」")


def dash(text: str) -> Iterator[Edit]:
    """A dash or a minus that was not typed, or a longer one."""
    for sign in re.finditer(r"[-—–]", text):
        yield from (Edit(*sign.span(), typed) for typed in ("", "—", "－", "--"))


def decimal(text: str) -> Iterator[Edit]:
    """0。5, 0，5 or 0、5 for 0.5."""
    for point in re.finditer(r"(?<=\d)\.(?=\d)", text):
        yield from (Edit(*point.span(), sign) for sign in "。，,·、")


def quotes(text: str) -> Iterator[Edit]:
    """A quotation mark of the other kind, or one before a word that closes nowhere."""
    other = {'"': "“”", "'": "‘’", "“": '"「', "”": '"」', "「": '"“', "」": '"”'}
    for at, sign in enumerate(text):
        yield from (Edit(at, at + 1, typed) for typed in other.get(sign, ""))
    for word in re.finditer(r"[^\W\d_]{2,}", text):
        yield from (Edit(word.start(), word.start(), sign) for sign in "\"“'")


# ---------------------------------------------------------------- characters

_TYPED = re.compile(r"\S")


def missing(text: str) -> Iterator[Edit]:
    """A character that was not typed."""
    yield from (Edit(*one.span(), "") for one in _TYPED.finditer(text))


def doubled(text: str) -> Iterator[Edit]:
    """A character that was typed twice."""
    yield from (Edit(one.end(), one.end(), one[0]) for one in _TYPED.finditer(text))


# Characters that look or sound alike, and neighbours on the keyboard.
_ALIKE = [
    "未末",
    "己已",
    "土士",
    "人入",
    "低底",
    "扣叩",
    "分份",
    "像象",
    "的得",
    "一—",
    "第弟",
    "权全",
    "重中",
    "均匀",
    "百白",
    "点店",
    "满慢",
    "计记",
    "每海",
    "次欠",
    "折拆",
    "合和",
    "目日",
    "标表",
    "数教",
    "项顶",
    "等第",
    "级极",
    "缺决",
    "加家",
    "减碱",
    "超起",
    "过国",
    "限线",
    "时是",
    "报抱",
    "归规",
    "率律",
    "卷券",
    "质值",
    "量最",
    "评平",
    "客容",
    "户护",
    "ec",
    "nm",
    "uv",
    "rt",
    "as",
    "io",
    "‐-",
    "×x",
]
_LOOKS = {a: b for pair in _ALIKE for a, b in (pair, reversed(pair))}


def look_alike(text: str) -> Iterator[Edit]:
    """A character that looks or sounds like the right one, or lies beside it on the keyboard."""
    yield from (Edit(at, at + 1, _LOOKS[sign]) for at, sign in enumerate(text) if sign in _LOOKS)


def swapped(text: str) -> Iterator[Edit]:
    """Two digits of a number in the wrong order."""
    for at in range(len(text) - 1):
        one, two = text[at : at + 2]
        if one.isdigit() and two.isdigit() and one != two:
            yield Edit(at, at + 2, two + one)


def letter(text: str) -> Iterator[Edit]:
    """L or O for 1 or 0."""
    letters = {"0": "oO", "1": "lI"}
    for at, sign in enumerate(text):
        yield from (Edit(at, at + 1, typed) for typed in letters.get(sign, ""))


def blank(text: str) -> Iterator[Edit]:
    """A blank inside a word or a number."""
    for inside in re.finditer(r"(?<=[^\W_])(?=[^\W_])", text):
        yield from (Edit(inside.start(), inside.start(), sign) for sign in " \u3000")


def full_width(text: str) -> Iterator[Edit]:
    """Digits of the other width."""
    for number in re.finditer(r"[0-9]+", text):
        yield Edit(*number.span(), "".join(chr(ord(digit) + 0xFEE0) for digit in number[0]))


_TRADITIONAL = {pair[0]: pair[1] for pair in (
    "标標", "数數", "质質", "务務", "户戶", "顾顧", "产產", "问問", "值値", "级級", "满滿", "间間", "时時", "达達", "项項", "权權", "总總",
    "评評", "计計", "记記", "为為", "报報", "档檔", "条條", "门門", "关關", "单單", "发發", "响響", "应應", "规規", "额額", "处處", "业業",
    "员員", "过過", "诉訴", "险險", "费費", "网網", "话話", "语語", "车車", "开開", "约約", "损損", "价價", "节節", "减減",
)}  # fmt: skip


def traditional(text: str) -> Iterator[Edit]:
    """標 for 标: typed or copied with the other characters."""
    yield from (Edit(at, at + 1, _TRADITIONAL[sign]) for at, sign in enumerate(text) if sign in _TRADITIONAL)


_PINYIN = {
    "数": "shù", "分": "fēn", "顾": "gù", "客": "kè", "服": "fú", "务": "wù", "质": "zhì", "量": "liàng", "目": "mù",
    "标": "biāo", "权": "quán", "率": "lǜ", "问": "wèn", "卷": "juàn", "均": "jūn", "值": "zhí", "等": "děng", "低": "dī",
    "扣": "kòu", "每": "měi", "次": "cì", "缺": "quē", "品": "pǐn", "交": "jiāo", "诉": "sù", "合": "hé", "项": "xiàng",
}  # fmt: skip


def pinyin(text: str) -> Iterator[Edit]:
    """服务(wù): copied from a page that shows how a character is spoken."""
    for at, sign in enumerate(text):
        if sign in _PINYIN:
            yield from (Edit(at + 1, at + 1, spoken.format(_PINYIN[sign])) for spoken in ("({})", "（{}）"))


# ---------------------------------------------------------------- units


def per_cent(text: str) -> Iterator[Edit]:
    """A per cent sign that was not typed."""
    yield from (Edit(at, at + 1, "") for at, sign in enumerate(text) if sign in "%％")


_UNITS = re.compile(r"(?<=\d)\s*(?:%|％|分(?!钟)|次|个百分点|points?\b|pp\b)|(?<=[一二两三五])(?:分(?!钟)|次|个百分点)")


def unit(text: str) -> Iterator[Edit]:
    """Another of the four units: per cent, percentage points, points, times."""
    for found in _UNITS.finditer(text):
        blanks = found[0][: len(found[0]) - len(found[0].lstrip())]
        others = ("%", " points", " pp", " times") if found[0].strip().isascii() else ("%", "分", "个百分点", "次")
        alike = {found[0].strip(), "%" if found[0] == "％" else ""}
        yield from (
            Edit(*found.span(), blanks + other.strip() if blanks else other)
            for other in others
            if other.strip() not in alike
        )


# ---------------------------------------------------------------- lines


def _indented(text: str) -> Iterator[tuple[int, int]]:
    """Where the blanks before each line begin and end."""
    yield from (line.span(1) for line in re.finditer(r"^( *)(?=\S)", text, re.MULTILINE))


def outdented(text: str) -> Iterator[Edit]:
    """All blanks before a line lost, or as many as a level has, or one."""
    for start, end in _indented(text):
        lost = sorted({1, 2, end - start})
        yield from (Edit(start, start + n, "") for n in lost if n <= end - start)


def indented(text: str) -> Iterator[Edit]:
    """A blank, a level, or two too many before a line."""
    for start, _ in _indented(text):
        yield from (Edit(start, start, " " * n) for n in (1, 2, 4))


def tab(text: str) -> Iterator[Edit]:
    """A tab for the blanks before a line, or for a blank inside it."""
    for start, end in _indented(text):
        yield from (Edit(start, stop, "\t") for stop in sorted({start, end}))
    yield from (Edit(*one.span(), "\t") for one in re.finditer(r"(?<=\S) (?=\S)", text))


def joined(text: str) -> Iterator[Edit]:
    """A line end that was not typed, with or without the blanks behind it."""
    for end in re.finditer(r"(?<=\S)\n( +)(?=\S)", text):
        yield from (Edit(end.start(), stop, "") for stop in (end.end(), end.start() + 1))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where lines with something on them begin and end."""
    yield from (line.span() for line in re.finditer(r"^.*\S.*$", text, re.MULTILINE))


def doubled_line(text: str) -> Iterator[Edit]:
    """A line that was pasted twice."""
    yield from (Edit(end, end, f"\n{text[start:end]}") for start, end in _lines(text))


def swapped_lines(text: str) -> Iterator[Edit]:
    """Two lines in the other order."""
    for (a, b), (c, d) in pairwise(_lines(text)):
        yield Edit(a, d, f"{text[c:d]}\n{text[a:b]}")


def unseen(text: str) -> Iterator[Edit]:
    """What nobody sees: blanks at the end of a line, a byte order mark, a blank without width, a blank that never breaks."""
    yield Edit(0, 0, "\ufeff")
    yield from (Edit(end, end, blanks) for _, end in _lines(text) for blanks in ("  ", "\u3000", "\t"))
    yield from (Edit(one.start(), one.start(), "\u200b") for one in re.finditer(r"(?<=\w)(?=\w)", text))
    yield from (Edit(*one.span(), "\u00a0") for one in re.finditer(r"(?<=\S) (?=\S)", text))


KINDS: Mapping[str, Callable[[str], Iterator[Edit]]] = {
    "punctuation of the other width": width,
    "missing character": missing,
    "doubled character": doubled,
    "look-alike character": look_alike,
    "blank inside a word": blank,
    "lost indentation": outdented,
    "added indentation": indented,
    "tab": tab,
    "joined lines": joined,
    "lost colon": colon,
    "swapped digits": swapped,
    "letter for a digit": letter,
    "decimal point": decimal,
    "missing per cent sign": per_cent,
    "wrong unit": unit,
    "pasted pinyin": pinyin,
    "quotation marks": quotes,
    "half a pair": half,
    "dash": dash,
    "full-width digits": full_width,
    "traditional character": traditional,
    "doubled line": doubled_line,
    "swapped lines": swapped_lines,
    "unseen signs": unseen,
}
