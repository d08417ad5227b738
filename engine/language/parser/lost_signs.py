"""Signs that are easily lost, looked for before anything is read: the point of a number, the colon behind a name."""

import re
from collections.abc import Callable

from engine.diagnostics import Diagnostic
from engine.language.parser.recogniser import reads
from engine.language.text import Text, placed
from engine.source import Source

_DECIMAL = re.compile(
    r"(?P<a>\d+)\s*[。·'](?P<b>\d+)|(?<!\d)(?P<zero>0),(?P<after>\d+)(?=\s*(?:分|%|个?百分点|points?\b|pp\b|per\b|each\b))"
)


def decimal_sign(text: Text, source: Source) -> Diagnostic | None:
    """E209: 0。5, 0，5 or 0·5 where 0.5 is meant."""
    match = _DECIMAL.search(text.folded)
    if match is None:
        return None
    hint = f"{match['a'] or match['zero']}.{match['b'] or match['after']}"
    return Diagnostic(
        code="E209",
        place=placed(text, source, *match.span()),
        hint=hint,
        args={"text": text.shown[slice(*match.span())]},
    )


# Where a cell may begin in a line that has lost its colon.
_CELL_BEGINS = (
    r"每(?![日天周月季年])|问卷|目标(?=\s*\d)|规定时限|满分(?=\s*\d)|等权|加权平均|超出规定|发生一次|达标|未达标|缺数|(?:百分率|次数|时长|是否)(?=\s*[,;])|"
    r"综合评价法|几何平均|取最[低高]|逐项得分|倒扣分|权重合计|(?<=[^\x00-\x1f!-\x7f])\d+(?:-\d+)+分?折合|"
    r"(?<=[a-z])(?:deduct (?:\d|from)|mean of|top 2|nps of|target \d|equal weights|weighted mean|add up to)|"
    r"(?<=\s)(?:deduct|mean of|top 2|nps of|target|equal weights|weighted mean|add up|lose|yes/no|"
    r"(?:count|rate|score)(?=\s*,)|次数|百分率|得分|是否|实得分|时长)\b"  # `Overall score` is a name
)
# Behind a weight, and at a blank before a Chinese word, a cell may begin whatever its first word is.
_AFTER_HEAD = r"(?<=\d分)\s*(?=\S)|(?<=\d%)\s*(?=\S)|(?<=points)\s+(?=\S)|\s+(?=[^\x00-\x7f])"


def _where_a_cell_may_begin(folded: str) -> list[int]:
    """Offsets, from left to right."""
    begins = (match.start() for match in re.finditer(_CELL_BEGINS, folded, re.IGNORECASE))
    return sorted({*begins, *(match.end() for match in re.finditer(_AFTER_HEAD, folded))})


def without_colon(line: Text, source: Source, cell_reads: Callable[[Text], bool]) -> Diagnostic | None:
    """E206 where a line without a colon holds sentences: `准时交付率 目标95%；每低…`, with or without the blank."""
    for at in _where_a_cell_may_begin(line.folded):
        head, cell = line.part(0, at).stripped(), line.part(at, len(line.folded)).stripped()
        if head.folded and head.folded[-1] not in ",;、" and reads(head.shown, "head") is not None and cell_reads(cell):
            colon = "：" if not line.shown.isascii() else ": "
            hint = f"{head.shown}{colon}{cell.shown}"
            return Diagnostic(code="E206", place=placed(line, source, at, at + 1), hint=hint, args={"name": head.shown})
    return None
