"""What a spreadsheet checks while it is filled in: numbers, words, dates; and what it says about each cell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from engine.diagnostics import Lang
from engine.report.collection.forms import Field, Filling
from engine.report.collection.words import phrase
from engine.report.numbers import plain

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_RISKY = ("=", "+", "-", "@", "\t")
_LISTS = ("选项", "Lists")
_MOST_LIST, _MOST_TITLE, _MOST_PROMPT = 250, 32, 250


def put(cell: "Cell", text: str) -> None:
    """Write a text that stays a text whatever it begins with: no `=` of anybody's name is ever worked out."""
    target: Any = cell
    target.value = text or None
    if text:
        target.data_type = "s"
    if text.startswith(_RISKY):
        target.quotePrefix = True


class Validations:
    """The validations of a workbook; words that fit into none stand in a hidden sheet behind the others."""

    def __init__(self, book: "Workbook", lang: Lang) -> None:
        self.book = book
        self.lang: Lang = lang
        self.lists: dict[tuple[str, ...], str] = {}
        self.places: dict[tuple[str, Filling, Field], list[str]] = {}

    def add(self, sheet: "Worksheet", cells: str, filling: Filling, field: Field) -> None:
        """Check what is typed into the cells, and say how when one is entered."""
        self.places.setdefault((sheet.title, filling, field), []).append(cells)

    def write(self) -> None:
        """Put the checks into their sheets, one for all cells of which the same is asked."""
        for (name, filling, field), places in self.places.items():
            self._write(self.book[name], places, filling, field)

    def _write(self, sheet: "Worksheet", places: Sequence[str], filling: Filling, field: Field) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        how = field.told.how if field.told else ""
        first = places[0].split(":")[0]
        rule: Any = DataValidation(allow_blank=True, sqref=" ".join(places), **self._rule(first, filling))
        rule.promptTitle, rule.prompt = field.header[:_MOST_TITLE], how[:_MOST_PROMPT]
        rule.showInputMessage = bool(how)
        rule.showErrorMessage = rule.type is not None
        rule.errorStyle = "warning" if filling.open else "stop"
        rule.errorTitle = phrase("unknown label" if filling.open else "not this", self.lang)
        rule.error = (phrase("unknown why", self.lang, how=how) if filling.open else how)[:_MOST_PROMPT]
        sheet.add_data_validation(rule)

    def _rule(self, cell: str, filling: Filling) -> dict[str, Any]:
        if filling.sort == "choice":
            return {"type": "list", "formula1": self._list(filling.choices)}
        if filling.sort in ("date", "moment"):
            return {"type": "custom", "formula1": _moment(cell, filling)}
        if filling.sort == "text":
            return {"type": None}
        return {"type": "custom", "formula1": _number(cell, filling)}

    def _list(self, choices: tuple[str, ...]) -> str:
        """The words themselves, or where they stand in the hidden sheet."""
        text = ",".join(choices)
        if len(text) <= _MOST_LIST and not any({",", '"'} & set(choice) for choice in choices):
            return f'"{text}"'
        return self.lists[choices] if choices in self.lists else self._written(choices)

    def _written(self, choices: tuple[str, ...]) -> str:
        """Write the words into a column of the hidden sheet, and say where."""
        from openpyxl.utils import get_column_letter

        name = _LISTS[0] if self.lang == "zh" else _LISTS[1]
        if name not in self.book.sheetnames:
            self.book.create_sheet(name).sheet_state = "hidden"
        sheet: Any = self.book[name]
        column = len(self.lists) + 1
        for number, choice in enumerate(choices, 1):
            put(sheet.cell(number, column), choice)
        letter = get_column_letter(column)
        self.lists[choices] = f"'{name}'!${letter}$1:${letter}${len(choices)}"
        return self.lists[choices]


def _moment(cell: str, filling: Filling) -> str:
    """The formula of a date, which a spreadsheet keeps as a number, or of the word that nothing happened."""
    test = f"ISNUMBER({cell})"
    return f'OR({cell}="{filling.nothing}",{test})' if filling.nothing else test


def _number(cell: str, filling: Filling) -> str:
    """The formula of a number in its bounds, or of the word that there can be none."""
    parts = [f"ISNUMBER({cell})"]
    bounds = [f"{cell}>={plain(filling.low)}"] if filling.low is not None else []
    bounds += [f"{cell}<={plain(filling.high)}"] if filling.high is not None else []
    if filling.or_zero:
        bounds = [f"OR({cell}=0,AND({','.join(bounds)}))"]
    parts += bounds
    if filling.sort == "whole":
        parts.append(f"{cell}=INT({cell})")
    test = f"AND({','.join(parts)})"
    return f'OR({cell}="{filling.inapplicable}",IFERROR({test},FALSE))' if filling.inapplicable else test
