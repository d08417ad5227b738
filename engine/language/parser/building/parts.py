"""What every builder needs: where a tree stands, its tokens, numbers and names."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeGuard

from engine.language import syntax as s
from engine.language.parser.tree import Token, Tree
from engine.language.seldom import Seldom
from engine.language.text import Text, identity
from engine.source import Span

Parts = list[Any]


class Ambiguous(Exception):
    """A rule that can be read in two ways; carries the span of what is counted, or both sentences to choose from."""

    def __init__(self, span: Span, *readings: str) -> None:
        super().__init__("ambiguous")
        self.span, self.readings = span, readings


class Misplaced(Exception):
    """A part that makes no sense where it stands: the code and case of the finding, and its span."""

    def __init__(self, span: Span, code: str, case: str = "", **args: str) -> None:
        super().__init__(code, case)
        self.span, self.code, self.case, self.values = span, code, case, args


class Where:
    """The span and the words of a tree, found only when asked for."""

    __slots__ = ("text", "tree")

    def __init__(self, tree: Tree, text: Text) -> None:
        self.tree, self.text = tree, text

    @property
    def ends(self) -> tuple[int, int]:
        """The offsets in the text of its first and behind its last character."""
        return self.tree.start, self.tree.end

    @property
    def span(self) -> Span:
        """Its span in the source."""
        return self.text.span(*self.ends)

    @property
    def words(self) -> str:
        """Its words as the author wrote them."""
        return self.text.shown[slice(*self.ends)]


def span_of(token: Token, text: Text) -> Span:
    """The source span of a token."""
    return text.span(token.start, token.end)


def name_of(token: Token, text: Text) -> s.Name:
    """The name a token stands for, sliced from the original text."""
    start, end = token.start, token.end
    folded, shown = text.folded[start:end].rstrip(), text.shown[start:end].strip()
    quoted = folded.lstrip().startswith('"')
    if quoted:
        shown = shown[1:-1].strip()
    return s.Name(shown, identity(shown), quoted, span=text.span(start, start + len(folded)))


def label_of(parts: Parts, where: "Where") -> s.Name:
    """The name of a grade."""
    return name_of(tokens(parts, "LABEL", "LAST_LABEL", "E_WORD")[0], where.text)


Builders = Mapping[str, Callable[[Parts, Where], Any]]
Words = Mapping[str, Any]


def tokens(parts: Parts, *types: str) -> list[Token]:
    """The tokens of these types, in order."""
    return [p for p in parts if isinstance(p, Token) and p.type in types]


def are_several(part: Any) -> TypeGuard[Parts]:
    """Whether a part is a list of parts."""
    return isinstance(part, list)


def first(parts: Parts, kind: Any) -> Any:
    """The first part of this class, or None."""
    for part in parts:  # asked of every sentence some times: as fast as can be
        if isinstance(part, kind):
            return part
    return None


_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}


def number(token: Token) -> Fraction:
    """The value of a number token, `12.5` or 十二; 半 is one half."""
    if token.type != "CNUM":
        whole, _, decimals = token.partition(".")
        return Fraction(int(whole + decimals), 10 ** len(decimals)) if decimals else Fraction(int(whole))
    word = str(token)
    if word == "半":
        return Fraction(1, 2)
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return Fraction(_DIGITS[word])
    return Fraction((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


def subject_of(token: Token, where: Where) -> s.Name:
    """A subject or condition: the open words without 的, 者 or 时 at their end and 如, 若 before them."""
    found = name_of(token, where.text)
    return found if found.quoted else bare_name(where.text.part(token.start, token.end))


# 时 closes a condition (发生火灾时), but it is part of 及时, 准时, 按时; 则 leads on to its effect (无需求，则不扣分).
_CLOSING = Seldom(
    r"^(如果|如有|如(?![实期数约])|若有|若|凡)(?=\S)|[，,；;]\s*则$"
    r"|(的|者|情况|情形|(?<![及准按临定实小工学课平延超用计])时)+$"
)


def bare_name(text: Text) -> s.Name:
    """The name that a stretch of open words says."""
    stretch = text.stripped()
    shown = _CLOSING.sub("", stretch.shown).strip()
    return s.Name(shown, identity(shown), span=stretch.span(0, len(stretch.shown)))
