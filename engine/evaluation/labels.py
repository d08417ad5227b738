"""Labels a policy counts by that nobody wrote into the data: 类别=质量, where the ledger says 品质."""

from collections.abc import Iterator

from engine.data.contract import Records, Table
from engine.data.headers import closest
from engine.data.validity import holds
from engine.diagnostics import Diagnostic, listed
from engine.evaluation.needs import conditions_of
from engine.language.policy import Policy
from engine.language.syntax import Comparison, Condition, amounts_of
from engine.source import place_of

_MOST = 6  # labels that are listed


def strange_labels(policy: Policy, records: Records) -> Iterator[Diagnostic]:
    """W928 at a measure that counts by a label which no row has, where a row has one spelt almost like it (of two
    characters: with one of them), or where the column has none of the policy's several labels. A label that merely
    did not occur (重大事故) is no finding.
    """
    header = policy.header
    equal = [
        (name, amount.source.text, c)
        for name, sentence in header.measures.items()
        for amount in amounts_of(sentence)
        for c in conditions_of(amount)
        if isinstance(c, Condition) and c.comparison is Comparison.EQUAL
    ]
    for name, source, condition in equal:
        table = records.tables.get(source)
        labels = _labels(table, condition) if table is not None else ()
        if not labels or any(holds(label, condition) is True for label in labels):
            continue
        known = [c for _, other, c in equal if (other, c.column.text) == (source, condition.column.text)]
        strange = [label for label in labels if not any(holds(label, c) is True for c in known)]
        close = closest(condition.value, strange)
        if close or (len(strange) == len(labels) and len({c.value for c in known}) > 1):
            labelled = listed(strange, _MOST)
            args = {"column": condition.column.text, "value": condition.value, "source": source, "labels": labelled}
            place = place_of(policy.source, header.measure_spans[name])
            yield Diagnostic(code="W928", case="label", place=place, args=args, hint=close)


def _labels(table: Table, condition: Condition) -> tuple[str, ...]:
    """The different texts of the condition's column, in order."""
    column = table.find("text", condition.column.text)
    return () if column is None else table.texts(column)
