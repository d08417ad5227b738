"""The printed tables 2-1 to 2-3 and 2-5 to 2-7 worked out by hand, from the files as they stand."""

import csv
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import half_up, mean

Row = dict[str, str]
F = Fraction

# 由三组照印的得分反推，取两位小数
WEIGHTS = {"企业形象": F("16.5"), "服务质量": F("38.04"), "客户价值": F("24.25"), "服务公平": F("21.21")}
BRANDS = {"全球通/移动C网": F("0.2196"), "动感地带/移动C网": F("0.12"), "神州行/移动G网": F("0.6604")}
# C11至C14是企业形象，C21至C27服务质量，C31至C33客户价值，C41至C45服务公平
GROUPS = {"企业形象": "C1", "服务质量": "C2", "客户价值": "C3", "服务公平": "C4"}


def rows(path: Path) -> list[Row]:
    """The rows of a table, by its header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def checklist(path: Path, given: str) -> dict[str, Fraction]:
    """Of 2-1 and 2-2: what the parts are worth and got, and what they lost, added up; and the three printed totals."""
    total, *parts = rows(path)
    return {
        "full": sum((F(part["应得分"]) for part in parts), F(0)),
        "given": sum((F(part[given]) for part in parts), F(0)),
        "lost": sum((-F(part["失分数"]) for part in parts), F(0)),
        "printed full": F(total["应得分"]),
        "printed given": F(total[given]),
        "printed lost": -F(total["失分数"]),
    }


def gaps(path: Path) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
    """Of 2-3: own score, the competitor's, and the difference."""
    return {
        row["要素"]: (F(row["内蒙古分公司"]), F(row["竞争对手"]), F(row["内蒙古分公司"]) - F(row["竞争对手"]))
        for row in rows(path)
    }


def brands(path: Path) -> dict[str, tuple[Fraction, Fraction, Fraction]]:
    """Of 2-5: own score, the competitor's and the gap by brand; the whole by the derived weights, not rounded."""
    found = {row["品牌"]: (F(row["内蒙古分公司"]), F(row["内蒙古联通"])) for row in rows(path)}
    own = sum((found[brand][0] * share for brand, share in BRANDS.items()), F(0))
    other = sum((found[brand][1] * share for brand, share in BRANDS.items()), F(0))
    return {brand: (*found[brand], found[brand][0] - found[brand][1]) for brand in BRANDS} | {
        "": (own, other, own - other)
    }


def observed(path: Path) -> dict[str, Fraction]:
    """Of 2-6: the score of each variable."""
    return {row["三级指标"]: F(row["得分"]) for row in rows(path)}


def dimensions_of(scores: dict[str, Fraction]) -> dict[str, Fraction]:
    """The four dimensions as plain means of their variables."""
    return {
        name: mean([score for variable, score in scores.items() if variable[-3:].startswith(code)])
        for name, code in GROUPS.items()
    }


def ranks(scores: dict[str, Fraction]) -> dict[str, int]:
    """The place of each variable, the highest first: one more than there are higher ones."""
    return {name: 1 + len([other for other in scores.values() if other > score]) for name, score in scores.items()}


def weighted(scores: dict[str, Fraction]) -> Fraction:
    """Four dimensions by the derived weights."""
    return sum((scores[name] * weight for name, weight in WEIGHTS.items()), F(0)) / 100


def businesses(path: Path) -> dict[str, Fraction]:
    """The three groups of the text by the derived weights, not rounded."""
    return {row["业务"]: weighted({name: F(row[name]) for name in WEIGHTS}) for row in rows(path)}


def solved(path: Path, printed: dict[str, Fraction]) -> list[Fraction]:
    """The four weights from the three printed scores and their sum 1, by elimination."""
    equations = [[F(row[name]) for name in WEIGHTS] + [printed[row["业务"]]] for row in rows(path)]
    equations.append([F(1)] * 5)
    for column in range(4):
        pivot = next(n for n in range(column, 4) if equations[n][column])
        equations[column], equations[pivot] = equations[pivot], equations[column]
        first = equations[column][column]
        equations[column] = [number / first for number in equations[column]]
        for n in range(4):
            factor = equations[n][column]
            if n != column:
                equations[n] = [a - factor * b for a, b in zip(equations[n], equations[column], strict=True)]
    return [equation[4] for equation in equations]


def questionnaires(path: Path) -> dict[str, Fraction]:
    """Each variable's mean answer of 5, as a score: 5 is 100, 1 is 20."""
    forms = rows(path)
    variables = [name for name in forms[0] if name != "序号"]
    return {name: mean([F(form[name]) for form in forms]) * 20 for name in variables}


def reported(score: Fraction) -> Fraction:
    """四舍五入保留2位小数."""
    return half_up(score, 2)
