"""The tests of a policy, as their file says them: cases, and what must come out of each.

A file of tests stands beside its policy and is called `<policy>.test.yaml`. Names are not yet looked up here: whether
the policy knows them is decided where the cases are prepared (`insight.cases`).
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from engine.language.reader.tree import Text, Tree
from engine.source import Source, Span
from engine.values import Frozen, named

# What may be expected of an indicator: figures, and words.
FIGURES = ("score", "exact", "deduction", "measured", "weight", "effective")
WORDS = ("grade", "state")


@named
class Expected(Frozen):
    """One thing that must come out: a figure within `[low, high]`, or a word.

    `about`: one of FIGURES or WORDS. `written`: as the file says it. `low` and `high`: both None for a word.
    `places`: of a figure written `≈81.1255` its decimals; the figure found is rounded half up to them first. A per
    cent sign is dropped (97% is 97), as in policies. `percent`: there was one.
    """

    about: str
    written: str
    span: Span
    low: Fraction | None = None
    high: Fraction | None = None
    places: int | None = None
    percent: bool = False


@named
class Subject(Frozen):
    """What is expected of one indicator; `name` None: of the result."""

    name: Text | None
    expected: tuple[Expected, ...]


@named
class ExpectedFinding(Frozen):
    """A code that must be found; `places`: where, () anywhere."""

    code: Text
    places: tuple[str, ...] = ()


@named
class Case(Frozen):
    """One case: data or measures in, what must come out.

    `name`: by language. `measures`: None where the case names a data folder. `refused`, `findings`: None where
    nothing is said of them, () where there must be none. `keys`: where each key of the case stands.
    """

    name: Mapping[str, str]
    span: Span
    data: Text | None = None
    measures: tuple[tuple[Text, Tree], ...] | None = None
    period: str | None = None
    as_of: date | None = None
    by: tuple[str, ...] = ()
    scheme: Text | None = None
    encoding: str | None = None
    unit: Mapping[str, str]
    segment: Mapping[str, str]
    subjects: tuple[Subject, ...] = ()
    refused: tuple[ExpectedFinding, ...] | None = None
    findings: tuple[ExpectedFinding, ...] | None = None
    keys: Mapping[str, Span]


@named
class Suite(Frozen):
    """A file of tests: the policy it names, and its cases in the order of the file."""

    source: Source
    policy: Text
    cases: tuple[Case, ...]
