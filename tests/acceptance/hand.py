"""Acceptance pages: a policy, its data as files people have, and every number worked out by hand.

A page is Markdown as in `tests.cases.page`, with two more kinds of block:

* `csv workbook=NAME sheet=SHEET` is a sheet of an XLSX workbook; a cell is stored as Excel would store what
  was typed: `98%` as 0.98 shown in per cent, numbers as numbers, dates and times as such, the rest as text.
  `csv file=NAME encoding=E` is a text file in that encoding.
* `hand OPTIONS` is what somebody worked out with paper: `@ column=value` begins one result (`@` alone: the whole),
  `path: field calculation; …` says of an indicator what each field is. Fields: value, score, loss (exact), shown,
  grade, state and reason, before (the score a veto replaced), membership. A field that is not named must be absent;
  only `shown` need not be said everywhere, it follows from the exact score.
"""

import ast
import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.cases.page import FENCE

TEXTS = ("shown", "grade", "state", "reason")
_INFO = re.compile(r"(\w+)=(\S+)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d(:\d\d)?)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One `hand` block: the command's options, and by result and path the fields worked out."""

    options: tuple[str, ...]
    results: dict[str, dict[str, dict[str, str]]]


def write_data(text: str, folder: Path) -> None:
    """Put the files and workbooks of a page below `folder`."""
    sheets: dict[str, list[tuple[str, str]]] = {}
    for block in FENCE.finditer(text):
        told = dict(_INFO.findall(block["info"]))
        if "file" in told:
            path = folder / told["file"]
            path.write_bytes(block["body"].encode(told.get("encoding", "utf-8")))
        if "workbook" in told:
            sheets.setdefault(told["workbook"], []).append((told.get("sheet", "Sheet1"), block["body"]))
    for name, written in sheets.items():
        _write_workbook(folder / name, written)


def _write_workbook(path: Path, sheets: list[tuple[str, str]]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    del book["Sheet"]
    for title, body in sheets:
        sheet = book.create_sheet(title)
        for number, row in enumerate(csv.reader(io.StringIO(body)), 1):
            for column, cell in enumerate(row, 1):
                _type(sheet.cell(number, column), cell)
    book.save(path)


def _type(cell: Any, text: str) -> None:
    """What Excel makes of typed text."""
    if re.fullmatch(r"-?\d+(\.\d+)?%", text):
        cell.value, cell.number_format = float(Fraction(text[:-1]) / 100), "0.00%"
    elif re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", text):
        cell.value = float(text) if "." in text else int(text)
    elif _DAY.match(text):
        cell.value = datetime.fromisoformat(text)
    elif text:
        cell.value = text


def hands(text: str) -> list[Hand]:
    """The hand calculations of a page."""
    return [
        Hand(options=tuple(block["info"].split()[1:]), results=_results(block["body"]))
        for block in FENCE.finditer(text)
        if block["info"].split()[:1] == ["hand"]
    ]


def _results(body: str) -> dict[str, dict[str, dict[str, str]]]:
    results: dict[str, dict[str, dict[str, str]]] = {}
    current = results.setdefault("", {}) if not body.lstrip().startswith("@") else {}
    for line in body.splitlines():
        written = re.split(r"(?:^|\s)#\s", line)[0].strip()
        if written.startswith("@"):
            current = results.setdefault(written[1:].strip(), {})
        elif written:
            path, _, said = written.partition(": ")
            current[path] = dict(_field(part) for part in said.split(";"))
    return results


def _field(text: str) -> tuple[str, str]:
    name, _, calculation = text.strip().partition(" ")
    return name, calculation.strip()


def worked(calculation: str) -> Fraction:
    """The exact value of a calculation: numbers, + - * /, brackets, min and max."""
    return _value(ast.parse(calculation.strip(), mode="eval").body, calculation)


def _value(node: ast.expr, text: str) -> Fraction:
    match node:
        case ast.Constant():
            return Fraction(ast.get_source_segment(text.strip(), node) or "")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, text)
        case ast.BinOp(left=left, op=op, right=right):
            return _operate(op, _value(left, text), _value(right, text))
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=args):
            return (min if name == "min" else max)(_value(arg, text) for arg in args)
        case _:
            raise ValueError(f"not a calculation: {text}")


def _operate(op: ast.operator, left: Fraction, right: Fraction) -> Fraction:
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
        case _:
            raise ValueError(type(op).__name__)


def on_paper(hand: Hand) -> dict[str, dict[str, dict[str, str]]]:
    """The calculations of a block carried out, one entry for each field that is there."""
    return {
        result: {path: {n: _text(n, said) for n, said in fields.items()} for path, fields in nodes.items()}
        for result, nodes in hand.results.items()
    }


def _text(name: str, said: str) -> str:
    if name == "membership":
        return " ".join(str(worked(part)) for part in said.split(","))
    return said if name in TEXTS else str(worked(said))


def as_computed(document: dict[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """The same fields of a result document."""
    return {_told(result): {node["path"]: _fields(node) for node in result["nodes"]} for result in document["results"]}


def _told(result: dict[str, Any]) -> str:
    scheme = {"scheme": result["scheme"]} if result["scheme"] != "scheme" else {}
    return " ".join(f"{k}={v}" for k, v in {**scheme, **result["unit"], **result["segment"]}.items())


def _fields(node: dict[str, Any]) -> dict[str, str]:
    found = {
        "value": node["value"] and node["value"]["exact"],
        "score": node["exact"],
        "loss": node["loss"] and node["loss"]["exact"],
        "shown": node["score"],
        "grade": node["grade"],
        "state": node["state"] if node["state"] != "value" else None,
        "reason": node["reason"],
        "membership": " ".join(share["exact"] for share in node["membership"]) or None,
        "before": node["veto"] and node["veto"]["score_before"] and node["veto"]["score_before"]["exact"],
    }
    return {name: said for name, said in found.items() if said is not None}
