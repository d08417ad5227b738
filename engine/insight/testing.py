"""The cases of a file of tests, run: what came out beside what was expected. Every comparison is exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from engine.diagnostics import Diagnostic, Refused
from engine.evaluation.arithmetic import rounded
from engine.evaluation.assessment import assess, score
from engine.evaluation.histories import own_period
from engine.evaluation.result import Assessment, NodeResult, Result, State
from engine.insight.cases import NO_GRADE, STATES, Prepared, Trial
from engine.language.policy import Policy
from engine.language.suite import Case, Expected, ExpectedFinding
from engine.language.syntax import Half, Rounding

Found = Fraction | State | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One expectation about the indicator at `path` that did not come true, and what was found instead.

    `found`: of a figure the number or None where there is none; of a grade its label or None; of a state a state.
    """

    path: str
    expected: Expected
    found: Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """Findings that are not those expected: which of them did not come, and which came unexpected."""

    refused: bool
    lacking: tuple[ExpectedFinding, ...]
    beyond: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A case and how it ended.

    `assessment`: what its expectations were compared with; None where the data were refused or nothing (or more than
    one thing) was assessed that the case speaks of: `units` are those there are.
    """

    trial: Trial
    assessment: Assessment | None = None
    wrong: tuple[Wrong, ...] = ()
    unlike: tuple[Unlike, ...] = ()
    units: tuple[Mapping[str, str], ...] | None = None

    @property
    def passed(self) -> bool:
        """Whether everything came out as expected."""
        return not self.wrong and not self.unlike and self.units is None


# What the data of a case came to, or why they were refused, by what was asked of them.
_Known = dict[tuple[object, ...], Result | tuple[Diagnostic, ...]]


def verdicts_of(prepared: Prepared) -> tuple[Verdict, ...]:
    """Run every case; data that several cases share are read once."""
    if prepared.policy is None:
        return ()
    known: _Known = {}
    return tuple(_verdict(prepared.policy, trial, known) for trial in prepared.trials)


def _verdict(policy: Policy, trial: Trial, known: _Known) -> Verdict:
    if trial.folder is None and trial.case.refused:
        return _refused(trial, ())
    if trial.folder is None:
        return compared(trial, score(policy, trial.scheme, trial.measures, as_of=trial.case.as_of))
    outcome = _assessed(policy, trial, trial.folder, known)
    if not isinstance(outcome, Result):
        return _refused(trial, outcome)
    if trial.case.refused:
        return _refused(trial, ())
    chosen = spoken_of(trial.case, outcome.assessments)
    if len(chosen) != 1:
        units = tuple({**a.unit, **a.segment} for a in chosen or outcome.assessments)
        return Verdict(trial=trial, units=units)
    return compared(trial, chosen[0], outcome.warnings)


def run_of(trial: Trial) -> tuple[object, ...]:
    """What a case asks of its data; cases that ask the same have the same result."""
    case = trial.case
    return trial.folder, case.period, case.as_of, case.by, case.encoding, trial.scheme.name


def _assessed(policy: Policy, trial: Trial, folder: Path, known: _Known) -> Result | tuple[Diagnostic, ...]:
    case, asked = trial.case, run_of(trial)
    if asked not in known:
        try:
            if case.period is None:  # refused where the policy only says how often, as in a run
                own_period(policy, folder, case.encoding)
            known[asked] = assess(
                policy,
                folder,
                as_of=case.as_of,
                period=case.period,
                by=case.by,
                encoding=case.encoding,
                scheme=trial.scheme.name,
            )
        except Refused as refusal:
            known[asked] = refusal.diagnostics
    return known[asked]


def spoken_of(case: Case, assessments: Sequence[Assessment]) -> list[Assessment]:
    """The assessments of the unit and the segment that a case names; without a unit the only one, or the whole."""
    within = [a for a in assessments if dict(a.segment) == dict(case.segment)]
    if case.unit:
        exactly = [a for a in within if dict(a.unit) == dict(case.unit)]
        return exactly or [a for a in within if all(a.unit.get(name) == text for name, text in case.unit.items())]
    return within if len(within) == 1 else [a for a in within if not a.unit]


# ---------------------------------------------------------------- comparing


def compared(trial: Trial, assessment: Assessment, warnings: Sequence[Diagnostic] = ()) -> Verdict:
    """What a case expects beside what came out."""
    nodes = {node.path: node for node in assessment.nodes}
    wrong: list[Wrong] = []
    for path, expected in trial.expected:
        found = found_of(nodes[path], expected)
        if not agrees(expected, found):
            wrong.append(Wrong(path=path, expected=expected, found=found))
    unlike = [] if trial.case.findings is None else _unlike(trial.case.findings, warnings, refused=False)
    return Verdict(trial=trial, assessment=assessment, wrong=tuple(wrong), unlike=tuple(unlike))


def _refused(trial: Trial, diagnostics: Sequence[Diagnostic]) -> Verdict:
    diagnostics = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    return Verdict(trial=trial, unlike=tuple(_unlike(trial.case.refused or (), diagnostics, refused=True)))


def found_of(node: NodeResult, expected: Expected) -> Found:
    """What came out of what an expectation is about; weights in per cent where it is written so."""
    match expected.about:
        case "score":
            return node.reported
        case "exact":
            return node.score
        case "deduction":
            return _deduction(node)
        case "measured":
            return node.value
        case "weight":
            return _share(node.weight, expected)
        case "effective":
            return _share(node.effective, expected)
        case "grade":
            return node.grade
        case _:
            return node.state


def _deduction(node: NodeResult) -> Fraction | None:
    """What an item takes from the heading above, or of an item with points of its own what its rules take."""
    if node.loss is not None:
        return node.loss
    taken = next((step.value for step in node.steps if step.operation == "deduction"), None)
    return None if taken is None else abs(taken)


def _share(share: Fraction | None, expected: Expected) -> Fraction | None:
    return share * 100 if share is not None and expected.percent else share


def agrees(expected: Expected, found: Found) -> bool:
    """Whether what was found is what was expected: the same number, within the interval, or the same word."""
    if expected.about == "grade":
        return found is None if expected.written in NO_GRADE and not found else found == expected.written
    if expected.about == "state":
        return found is STATES[expected.written]
    if not isinstance(found, Fraction) or expected.low is None or expected.high is None:
        return False
    if expected.places is not None:
        found = rounded(found, Rounding(Half.UP, expected.places))
    return expected.low <= found <= expected.high


def _unlike(expected: Sequence[ExpectedFinding], found: Sequence[Diagnostic], *, refused: bool) -> list[Unlike]:
    """What is expected and not found, and what is found and not expected."""
    lacking: list[ExpectedFinding] = []
    for each in expected:
        of_code = [diagnostic for diagnostic in found if diagnostic.code == each.code.text]
        places = tuple(place for place in each.places if not any(is_at(d, place) for d in of_code))
        if not of_code or places:
            lacking.append(ExpectedFinding(code=each.code, places=places))
    beyond = tuple(diagnostic for diagnostic in found if not any(_covers(each, diagnostic) for each in expected))
    return [Unlike(refused=refused, lacking=tuple(lacking), beyond=beyond)] if lacking or beyond else []


def _covers(expected: ExpectedFinding, diagnostic: Diagnostic) -> bool:
    if expected.code.text != diagnostic.code:
        return False
    return not expected.places or any(is_at(diagnostic, place) for place in expected.places)


def is_at(diagnostic: Diagnostic, place: str) -> bool:
    """Whether a finding stands at a place written as it is printed, from its file's name on."""
    printed = str(diagnostic.place).replace("\\", "/")
    return printed == place or printed.endswith(f"/{place}")
