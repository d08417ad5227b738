"""One printed figure beside what the data give, and why the two differ where that can be told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from engine.data.amounts import decimal_text
from engine.data.contract import Printed, ValueRow
from engine.diagnostics import Diagnostic
from engine.evaluation.arithmetic import ZERO, rounded
from engine.evaluation.ladder import is_looked_up, parts_of
from engine.evaluation.result import Assessment, NodeResult, State
from engine.language.policy import Added, CheckedScheme, Combined, Indicator, Observed
from engine.language.syntax import Half, Method, Rounding, WeightUnit
from engine.source import Place

_PLACES = 6  # an exact score without end is told with these decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A printed figure and what it speaks of: an indicator of one assessment."""

    printed: Printed
    scheme: CheckedScheme
    assessment: Assessment
    path: str

    @property
    def indicator(self) -> Indicator:
        """The indicator as the policy has it."""
        return self.scheme.indicators[self.path]

    @property
    def node(self) -> NodeResult:
        """What became of it."""
        return next(node for node in self.assessment.nodes if node.path == self.path)

    @property
    def name(self) -> str:
        """The indicator's name, with the unit where it is not the whole."""
        told = "，".join((*self.assessment.unit.values(), *self.assessment.segment.values()))
        return f"{self.indicator.name}（{told}）" if told else self.indicator.name
