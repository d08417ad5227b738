"""From what people type to what the grammar reads, with every position kept.

Three steps, each one to one on what remains: characters nobody sees and pasted pinyin are cut
out (and remembered by the offsets), full-width forms and traditional characters are folded to
the form the keywords have, names keep the original spelling.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple
from unicodedata import category

from engine.source import Place, Source, Span, place_of

# Traditional characters that occur in keywords, each before its simplified form. Names are never
# rewritten: folding serves the keywords only, names are sliced from the original text.
_TRADITIONAL = (
    "發发 項项 處处 達达 標标 規规 響响 應应 時时 間间 過过 準准 個个 點点 減减 獎奖 勵励 記记 計计 給给 "
    "滿满 為为 該该 無无 負负 視视 節节 輕轻 況况 當当 評评 優优 級级 頂顶 總总 數数 進进 後后 於于 額额 "
    "區区 邊边 權权 歸归 態态 實实 際际 問问 題题 卷卷 調调 查查 頻频 檔档 淨净 薦荐 較较 與与 萬万 週周 "
    "鐘钟 單单 筆笔 條条 張张 臺台 輛辆 戶户 場场 層层 組组 隊队 採采 參参 責责 門门 據据 來来 備备 註注 "
    "認认 設设 則则 棄弃 辦办 復复 複复 還还 從从 開开 線线 倉仓 麼么 質质 訴诉 約约 獲获 對对 強强 彙汇 "
    "綜综 簡简 術术 雙双 捨舍 幾几 舉举 損损 誤误 遲迟 報报 補补 驗验 銷销 異异 變变 稱称 係系 屬属 讓让 "
    "聲声 醫医 員员 務务 顧顾 產产 業业 類类 擴扩 決决 測测 內内 長长 東东 車车 軟软 網网 絡络 話话 語语 "
    "課课 資资 費费 購购 覆复 絕绝 結结 續续 隸隶 毎每 "
)
_NARROW = {0xFF01 + i: chr(0x21 + i) for i in range(0x5E)}
_SIGNS = {
    **dict.fromkeys("“”「」＂", '"'),
    **dict.fromkeys("－–−‐‑", "-"),
    **dict.fromkeys("’‘", "'"),
    **dict.fromkeys("\u3000\u00a0\t", " "),
    "﹪": "%",
    "【": "[",
    "】": "]",
    "〔": "(",
    "〕": ")",
}
_FOLD = {
    **_NARROW,
    **{ord(pair[0]): pair[1] for pair in _TRADITIONAL.split()},
    **{ord(sign): plain for sign, plain in _SIGNS.items()},
}

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_TONED_LETTERS = frozenset(_TONED + "ɡ")
# Compiled by `re` when first needed: most policies hold no pinyin.
_PINYIN = rf"(?<=[\u3400-\u9fff])[(（][a-züɡ{_TONED}]*[{_TONED}ɡ][a-züɡ{_TONED}]*[)）]"


class Text(NamedTuple):
    """A stretch of a source without invisible characters and pinyin.

    `shown`: what the author sees; `folded`: what the grammar reads, of the same length;
    `offsets`: for each character its offset in the source, and one more for the end; a range where nothing was cut.
    """

    shown: str
    folded: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The source span of the characters `[start, end)` of this text."""
        if end <= start:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def part(self, start: int, end: int) -> "Text":
        """The characters `[start, end)` as a text of their own."""
        return Text(self.shown[start:end], self.folded[start:end], self.offsets[start : end + 1])

    def stripped(self) -> "Text":
        """Without blanks at either end."""
        folded, kept = self.folded, self.folded.strip()
        if len(kept) == len(folded):
            return self
        start = len(folded) - len(folded.lstrip())
        return self.part(start, start + len(kept))

    def blanked(self, position: int) -> "Text":
        """With the character at `position` read as a blank."""
        return Text(self.shown, f"{self.folded[:position]} {self.folded[position + 1 :]}", self.offsets)


def fold(text: str) -> str:
    """Full-width forms, brackets, quotes and traditional characters of keywords, one to one."""
    return text.translate(_FOLD)


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as ASCII."""
    return text.translate(_NARROW)


def invisible(character: str) -> bool:
    """Whether a character takes no room on the screen (zero-width, soft hyphen, bidi control, BOM)."""
    return category(character) in ("Cf", "Cc") and character not in "\n\r\t"


def pinyin(text: str) -> list[tuple[int, int]]:
    """Where pasted pinyin in brackets stands: 服務(wù)."""
    if _TONED_LETTERS.isdisjoint(text):
        return []
    return [match.span() for match in re.finditer(_PINYIN, text)]


def clean(text: str, start: int) -> Text:
    """The text that begins at source offset `start`, cut and folded."""
    if text.isascii():
        return Text(text, text.replace("\t", " "), range(start, start + len(text) + 1))
    cut = set[int]() if text.isprintable() else {i for i, c in enumerate(text) if invisible(c)}
    for begin, end in pinyin(text):
        cut.update(range(begin, end))
    if not cut:
        return Text(text, fold(text), range(start, start + len(text) + 1))
    kept = [i for i in range(len(text)) if i not in cut]
    shown = "".join(text[i] for i in kept)
    return Text(shown, fold(shown), (*(start + i for i in kept), start + len(text)))


def blanks(match: re.Match[str]) -> str:
    """As many blanks as were matched: what is read as nothing, with all places behind it where they were."""
    return " " * len(match[0])


def inserted(text: Text, changes: Sequence[tuple[int, int, str]]) -> Text:
    """The text with these words in place of what stands between two offsets; they stand where what follows does."""
    for start, end, words in reversed(changes):
        shown, folded = (f"{line[:start]}{words}{line[end:]}" for line in (text.shown, text.folded))
        text = Text(shown, folded, (*text.offsets[:start], *[text.offsets[end]] * len(words), *text.offsets[end:]))
    return text


def in_english(words: str) -> bool:
    """Whether words hold no Chinese; a dash or an apostrophe of a word processor makes none of them."""
    return words.isascii() or all(c < _CHINESE for c in words)


def placed(text: Text, source: Source, start: int = 0, end: int | None = None) -> Place:
    """The place of the characters `[start, end)` of a text; of all of it where nothing is said."""
    return place_of(source, text.span(start, len(text.shown) if end is None else end))


@cache
def identity(name: str) -> str:
    """What two spellings of one name share: width, case, invisible characters, blanks beside Chinese."""
    text = name.translate(_WIDTH)
    if not text.isprintable():
        text = "".join(c for c in text if not invisible(c))
    text = text.strip().strip('"“”「」').casefold()
    first, *others = re.split(r"\s+", text)
    for word in others:
        first += word if _joins(first[-1:]) or _joins(word[:1]) else f" {word}"
    return first


def _joins(letter: str) -> bool:
    """Whether a blank beside it means nothing: a Chinese letter, or a bracket."""
    return letter in _BRACKETS or letter >= _CHINESE


_CHINESE = "\u2e80"
_BRACKETS = ("(", ")")
_WIDTH = _NARROW | {0x3000: " "}
