"""What `report:` asks for: how results are shown and beside what; it never changes a score."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.source import NOWHERE, Span
from engine.values import Frozen, named

if TYPE_CHECKING:
    from engine.language.policy import DataSource, Header

UNITS, INDICATORS = "units", "indicators"


@named
class Goal(Frozen):
    """What an indicator is to reach from a day on (None: from the beginning)."""

    amount: Fraction
    since: date | None = None


@named
class Benchmark(Frozen):
    """Something the results are set beside: another company's data, or goals.

    `data`: a `values` source of the policy that holds its scores by indicator, or else a folder below the data
    folder with the files of the policy, filled in for it; "" where there are goals. `goals`: by indicator, as
    written. `span`: of the entry; `spans`: of what stands in it (`name`, `data`, the names of the goals).
    """

    name: str
    data: str = ""
    goals: Mapping[str, tuple[Goal, ...]] = field(default_factory=dict[str, tuple[Goal, ...]])
    span: Span = NOWHERE
    spans: Mapping[str, Span] = field(default_factory=dict[str, Span])


@named
class Report(Frozen):
    """`segments`: columns by which results are always split. `rank`: `units`, `indicators`, both or nothing.
    `suppress_below`: groups of fewer respondents are not shown (0: all are). `trend`: how many periods before the
    assessed one are shown beside it. `summary`: the length of the shorter periods it is summed up by. `deviation`:
    whether the standard deviation of the answers is told beside their mean. `spans`: where each key stands.
    """

    segments: tuple[str, ...] = ()
    rank: tuple[str, ...] = ()
    compare: tuple[Benchmark, ...] = ()
    suppress_below: int = 0
    trend: int = 0
    summary: str | None = None
    deviation: bool = False
    spans: Mapping[str, Span] = field(default_factory=dict[str, Span])


def own_sources(header: "Header") -> tuple["DataSource", ...]:
    """The sources that speak of the units themselves: those of `report: compare` speak of others."""
    others = {benchmark.data for benchmark in header.report.compare if benchmark.data}
    return tuple(source for source in header.data if source.name not in others)
