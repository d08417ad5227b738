"""Classes of records: a column that no file has, told from those it has (满意客户: 总体满意程度≥7).

A class is a column of its source like any other from here on: results are split by it, measures count by it.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from engine.data.cells import Problem, folded, read_answer, read_number
from engine.data.columns import Converted, distinct_column, faults_of
from engine.data.faults import NAMED, Faults
from engine.data.grids import Asked
from engine.data.opening import Loaded
from engine.data.validity import holds, ordered
from engine.language.policy import DataSource, answers_to
from engine.language.syntax import Comparison, Condition

if TYPE_CHECKING:
    from pandas import Series


def read_for(source: DataSource, headers: Iterable[str]) -> list[Asked]:
    """The columns of the file that must be there for these headers: for a class, those its conditions look at."""
    return [asked for header in headers for asked in _looked_at(source, header)]


def _looked_at(source: DataSource, header: str) -> Iterable[Asked]:
    if header not in source.classes:
        return (Asked(header=header),)
    conditions = (each for rule in source.classes[header].values() for each in rule.where)
    return dict.fromkeys(_asked(source, condition) for condition in conditions)


def _asked(source: DataSource, condition: Condition) -> Asked:
    """The column of a condition, which may be named by the id of a question."""
    name = condition.column.text
    return Asked(header=source.questions[name], question=True) if name in source.questions else Asked(header=name)


def class_column(source: DataSource, loaded: Loaded, name: str) -> Converted:
    """For each record the first class whose conditions it fulfils, None where it fulfils none's.

    An answer that was not given fulfils no condition. A cell that cannot be compared is a fault (E914 to E916).
    """
    from pandas import Series

    labels: Series[Any] = Series([None] * len(loaded.sheet.rows), dtype=object)
    named: dict[object, Any] = {}
    more = 0
    for label, rule in source.classes[name].items():
        fits = labels.isna()
        for condition in rule.where:
            fulfilled, faults = _fulfilled(source, loaded, condition)
            fits &= fulfilled
            named |= {(fault.place, fault.code): fault for fault in faults.named}
            more = max(more, faults.more)
        labels = labels.mask(fits, label)
    faults = Faults(named=tuple(named.values())[:NAMED], more=more)
    return Converted(values=labels.astype(object).where(labels.notna(), None), faults=faults)


def _fulfilled(source: DataSource, loaded: Loaded, condition: Condition) -> tuple["Series[bool]", Faults]:
    from numpy import array
    from pandas import Series

    position = loaded.positions[_asked(source, condition)]
    question = condition.column.text in source.questions
    distinct = distinct_column(loaded.sheet, position, _answer(source, condition) if question else _text(condition))
    faults = faults_of(loaded.sheet, position, distinct.codes, distinct.reads)
    found: Any = array([read is True for read in distinct.reads], dtype=bool)
    return Series(found[distinct.codes]), faults


def _text(condition: Condition) -> Callable[[str], bool | Problem]:
    return lambda text: holds(text, condition)


def _answer(source: DataSource, condition: Condition) -> Callable[[str], bool | Problem]:
    """Whether an answer fulfils the condition: answers are compared as the numbers they count as."""
    question = condition.column.text
    words, scale = answers_to(source, question)
    value = read_number(condition.value)
    bound = next((n for word, n in words.items() if folded(word) == folded(condition.value)), None)
    if bound is None and not isinstance(value, Problem):
        bound = Fraction(value[0])

    def fulfils(text: str) -> bool | Problem:
        number = read_answer(text, words, scale)
        if number is None or isinstance(number, Problem):
            return False if number is None else number
        if bound is None:
            return condition.comparison is Comparison.NOT_EQUAL
        return ordered((Fraction(number) > bound) - (Fraction(number) < bound), condition.comparison)

    return fulfils
