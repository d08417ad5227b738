"""One indicator that is being explained, and to whom."""

from dataclasses import dataclass

from engine.evaluation.result import NodeResult
from engine.insight.trace import Entry
from engine.language.policy import CheckedScheme, Indicator, Policy
from engine.report.names import Reader
from engine.report.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One indicator that is being explained, and to whom. `grades`: of a fuzzy evaluation it stands in."""

    policy: Policy
    scheme: CheckedScheme
    entry: Entry
    reads: Reader
    grades: tuple[str, ...] = ()

    @property
    def indicator(self) -> Indicator:
        """What the policy says."""
        return self.entry.indicator

    @property
    def node(self) -> NodeResult:
        """What the evaluation found."""
        return self.entry.node

    def say(self, key: str, **values: object) -> str:
        """A phrase in the reader's language."""
        return say(key, self.reads.lang, **values)
