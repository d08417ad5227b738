"""Returned questionnaires, good and spoilt, and the survey platform's export of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from collected.chance import between, pick
from collected.sheets import Cell, Row

EXPORT = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]


@dataclass(slots=True, kw_only=True)
class Questionnaire:
    """One returned questionnaire before it is written down; `facts` are the columns before the questions."""

    at: datetime
    seconds: int
    facts: Row
    answers: list[Cell]
    remark: str = ""


def blanks(chance: Random, answers: list[Cell], count: int) -> None:
    """Leaves `count` questions unanswered."""
    while sum(answer is None for answer in answers) < count:
        answers[between(chance, 0, len(answers) - 1)] = None


def spoil(chance: Random, forms: list[Questionnaire], kinds: Mapping[str, int]) -> None:
    """Makes some questionnaires what surveys get: hurried, straight-lined, broken off."""
    for kind, count in kinds.items():
        for _ in range(count):
            form = pick(chance, forms)
            if kind == "hurried":
                form.seconds = between(chance, 4, 14)
            elif kind == "straight":
                form.answers[:] = [between(chance, 2, 5)] * len(form.answers)
            elif kind == "broken off":
                blanks(chance, form.answers, len(form.answers) * 2 // 5)
            else:
                blanks(chance, form.answers, 1)


def again(chance: Random, forms: list[Questionnaire], count: int, answer: Callable[[], list[int]]) -> None:
    """Some customers answer a second time, days later and somewhat differently."""
    for _ in range(count):
        first = pick(chance, forms)
        later = first.at + timedelta(days=between(chance, 1, 6), seconds=between(chance, 60, 9000))
        forms.append(
            Questionnaire(
                at=later,
                seconds=between(chance, 61, 200),
                facts=list(first.facts),
                answers=list(answer()),
            )
        )


def export(chance: Random, forms: list[Questionnaire], answer: Callable[[Cell], Cell]) -> list[Row]:
    """The rows of the survey platform's export, oldest first."""
    rows: list[Row] = []
    for number, form in enumerate(sorted(forms, key=lambda each: each.at), start=1):
        source = pick(chance, ["微信", "链接", "手机提交"])
        address = f"198.51.100.{between(chance, 2, 250)}"
        head: Row = [number, f"{form.at:%Y/%m/%d %H:%M:%S}", f"{form.seconds}秒", source, "直接访问", address]
        rows.append([*head, *form.facts, *map(answer, form.answers), form.remark or "(空)"])
    return rows
