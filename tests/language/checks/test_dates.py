"""Dates: E801 to E804."""

from dataclasses import replace
from datetime import date

import pytest

from engine.language.policy import DataSource
from engine.language.syntax import CountRows, Name
from engine.source import NOWHERE, Span
from tests.language.checks.written import HEADER, assert_clean, assert_found

OF_100 = "总分：满分100分，倒扣分\n"


def test_a_later_value_has_its_date() -> None:
    """E801 at the value without one; the first may have none, it holds from the beginning."""
    assert_found(OF_100 + "  甲：目标95%自2024-01-01起、⟦96%⟧，每低1个百分点扣1分\n", "E801")
    scheme = assert_clean(OF_100 + "  甲：目标95%、96%自2025-01-01起，每低1个百分点扣1分\n")

    assert [value.since for value in scheme.indicators["总分/甲"].target] == [None, date(2025, 1, 1)]


@pytest.mark.parametrize(("second", "code"), [("2024-01-01", "E802"), ("2025-01-01", "E802/same")])
def test_dates_stand_in_order(second: str, code: str) -> None:
    """E802 at the value whose date is not later than the one before."""
    assert_found(OF_100 + f"  甲：目标95%自2025-01-01起、⟦96%自{second}起⟧，每低1个百分点扣1分\n", code)


def test_dates_of_a_defined_value_are_checked_once() -> None:
    """A `设` is checked where it stands, not at every use."""
    assert_found(
        "- 设目标值甲 = 95%自2025-01-01起、⟦96%自2024-01-01起⟧\n"
        + OF_100
        + "  甲：目标目标值甲，每低1个百分点扣1分\n  乙：目标目标值甲，每低1个百分点扣1分\n",
        "E802",
    )


def test_a_name_with_dates_stands_alone() -> None:
    """Dated values behind a name cannot be dated again."""
    assert_found(
        "- 设基准 = 95%自2024-01-01起、96%自2025-01-01起\n"
        + OF_100
        + "  甲：目标⟦“基准”自2026-01-01起⟧，每低1个百分点扣1分\n",
        "E802/name",
    )


def test_there_is_a_value_when_the_policy_takes_effect() -> None:
    """E803: the first value may not begin after the policy does."""
    header = replace(HEADER, effective_from=date(2024, 6, 1))
    text = OF_100 + "  甲：目标{}，每低1个百分点扣1分\n"
    assert_found(text.format("⟦95%自2025-01-01起⟧"), "E803", header=header)
    assert_clean(text.format("95%自2024-01-01起"), header)
    assert_clean(text.format("95%自2025-01-01起"))


def test_a_cap_per_month_needs_dates() -> None:
    """E804 where the ledger says no date of its rows."""
    ledger = DataSource(name="ledger", kind="events", file="l.xlsx", span=NOWHERE)
    measure = CountRows(Name("ledger", "ledger"))
    header = replace(HEADER, data=(ledger,), measures={"投诉": measure}, measure_spans={"投诉": Span(0, 1)})
    text = OF_100 + "  投诉：每发生一次扣1分，{}\n"
    assert_found(text.format("⟦每月最多扣3分⟧"), "E804", header=header)
    assert_clean(text.format("每月最多扣3分"), replace(header, data=(replace(ledger, date="日期"),)))
