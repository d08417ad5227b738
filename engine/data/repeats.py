"""Rows that come again: the same customer with the same class of complaint within so many days."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import Series

    Mask = Series[bool]


def repeated(
    columns: tuple[str, ...], days: int, texts: Mapping[str, "Series[Any]"], dates: "Series[Any]", counted: "Mask"
) -> "Series[Any]":
    """1 for a record that an earlier one precedes by at most `days` days, with the same texts in all columns; else 0.

    `dates`: of every record; days are counted from date to date, whatever the hour. `counted`: the records that are
    valid, those of other periods too: what was reported in June is repeated in July. Of two on one moment the lower
    in the file is the later. A record with a blank in a column, or without a date, repeats nothing.
    """
    from pandas import DataFrame, Series

    frame = DataFrame({str(n): texts[name] for n, name in enumerate(columns)})
    keys = list(frame.columns)
    known = frame[counted & frame.notna().all(axis="columns") & dates.notna()]
    ordered = known.assign(moment=dates[known.index]).sort_values("moment", kind="stable")
    day = ordered["moment"].dt.normalize()
    gap = (day - day.groupby([ordered[key] for key in keys]).shift()).dt.days
    again = Series(0, index=dates.index, dtype="Int64")
    again[gap.index[gap <= days]] = 1
    return again
