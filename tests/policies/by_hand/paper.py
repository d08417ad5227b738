"""What a calculation by hand needs: the cells of a sheet, exact numbers, and a form to write the figures on."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from openpyxl import load_workbook

Line = dict[str, object]


@dataclass(kw_only=True)
class Paper:
    """The figures of one assessment, by the path of the indicator.

    `measured`: values in their own unit. `losses`: points deducted. `scores`: exact points out of 100.
    `rows`: for each file its rows, its valid rows, those out of the period, and the invalid ones by reason.
    """

    measured: dict[str, Fraction] = field(default_factory=dict)
    losses: dict[str, Fraction] = field(default_factory=dict)
    scores: dict[str, Fraction] = field(default_factory=dict)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    score: Fraction = Fraction(0)
    grade: str | None = None


def lines_of(path: Path, header: int = 1) -> list[Line]:
    """The rows below the header row, each as column name and cell."""
    rows = _csv_rows(path) if path.suffix == ".csv" else list(_first_sheet(path))
    names = [str(name) for name in rows[header - 1]]
    return [dict(zip(names, row, strict=True)) for row in rows[header:]]


def _first_sheet(path: Path) -> Iterable[tuple[object, ...]]:
    return load_workbook(path, data_only=True).worksheets[0].iter_rows(values_only=True)


def _csv_rows(path: Path) -> list[tuple[object, ...]]:
    """The rows of a CSV file; an empty field is no cell."""
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(field or None for field in row) for row in csv.reader(file)]


def number(cell: object) -> Fraction:
    """The number a cell shows, exactly: 0.9842 is 4921/5000."""
    return Fraction(str(cell))


def submitted(form: Line) -> datetime:
    """When a questionnaire was handed in."""
    return datetime.strptime(str(form["提交答卷时间"]), "%Y/%m/%d %H:%M:%S")


def seconds(form: Line) -> int:
    """How long a respondent took: `96秒` is 96."""
    return int(str(form["所用时间"]).removesuffix("秒"))


def numbered(form: Line, question: int) -> object:
    """The cell of a question, whose column begins with its number: `3、…` or `3. …`."""
    return next(cell for column, cell in form.items() if column.startswith((f"{question}、", f"{question}. ")))


def sieve(forms: list[Line], wrong: dict[str, Callable[[Line], bool]], count: dict[str, int], each: str) -> list[Line]:
    """The forms with which nothing is wrong, of every customer the last: an export lists them as they came in.

    `count`: is filled with how many there are, how many are left out for each reason, the first one wrong naming
    it, how many are followed by a later one of the same customer, who stands in the column `each`, and how many stay.
    """
    reasons = [next((name for name, is_wrong in wrong.items() if is_wrong(form)), None) for form in forms]
    kept = [form for form, reason in zip(forms, reasons, strict=True) if reason is None]
    last = {form[each]: form for form in kept}
    valid = [form for form in kept if last[form[each]] is form]
    count |= {"rows": len(forms), **{name: reasons.count(name) for name in wrong}}
    count |= {"重复": len(kept) - len(valid), "valid": len(valid)}
    return valid


def mean(numbers: list[Fraction]) -> Fraction:
    """The plain mean."""
    return sum(numbers, Fraction(0)) / len(numbers)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """四舍五入 to so many decimals."""
    shifted = value * 10**decimals + Fraction(1, 2)
    return Fraction(shifted.numerator // shifted.denominator, 10**decimals)
