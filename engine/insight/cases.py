"""From a file of tests to cases that can be run: the policy read, every name looked up, every measured value read.

What is wrong with a file of tests is found here, before anything is calculated; `rubric check` says it too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.diagnostics import Diagnostic, Lang, catalogue, in_order, listed
from engine.evaluation.given import Given
from engine.evaluation.needs import Asked, measures_of
from engine.evaluation.plan import lower
from engine.evaluation.result import State
from engine.insight.given_values import Unreadable, given_value
from engine.insight.trace import find, known_names
from engine.language.checks.findings import nearest_name
from engine.language.policy import CheckedScheme, Indicator, Policy
from engine.language.policy_file import read_policy
from engine.language.reader import read_source
from engine.language.reader.suites import read_suite
from engine.language.reader.tree import Text
from engine.language.suite import Case, Expected, Suite
from engine.language.syntax import GradeAs
from engine.language.text import identity
from engine.source import Source, Span, place_of

# The words for a state, as results print them, and two more for having a value.
STATES: Mapping[str, State] = {
    **dict.fromkeys(("有值", "已评", "value", "assessed"), State.VALUE),
    **dict.fromkeys(("缺数", "missing"), State.MISSING),
    **dict.fromkeys(("无有效回答", "no valid answers"), State.NO_VALID_ANSWERS),
    **dict.fromkeys(("样本量不足", "below minimum sample"), State.BELOW_MINIMUM_SAMPLE),
    **dict.fromkeys(("不适用", "not applicable"), State.NOT_APPLICABLE),
    **dict.fromkeys(("不评", "not rated"), State.NOT_RATED),
    **dict.fromkeys(("无法评价", "cannot be assessed"), State.ERROR),
}
NO_GRADE = ("无", "none")
_OF_DATA = ("unit", "segment", "by", "period", "encoding")  # what a case without data files has nothing to do with


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A case ready to be run: its scheme, its data folder or its measures by path, and what is expected by path."""

    case: Case
    scheme: CheckedScheme
    folder: Path | None
    measures: Mapping[str, Given]
    expected: tuple[tuple[str, Expected], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file of tests, its policy and its cases; no policy and no trials where something is wrong with them.

    `source`: the file's text, where it could be read. `lang`: the policy's own language.
    """

    path: Path
    source: Source | None = None
    diagnostics: tuple[Diagnostic, ...]
    lang: Lang = "zh"
    policy: Policy | None = None
    trials: tuple[Trial, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What the cases of one file are held against, and what is found wrong with them."""

    suite: Suite
    policy: Policy
    folder: Path
    found: list[Diagnostic]

    def report(self, code: str, span: Span, case: str = "", hint: str | None = None, **args: object) -> None:
        place = place_of(self.suite.source, span)
        self.found.append(Diagnostic(code=code, case=case, place=place, args=args, hint=hint))


def prepare(path: Path) -> Prepared:
    """Read a file of tests; never raises for what it contains.

    E941 no such policy, or one with errors; E942 no such indicator, E943 several of that name; E944 a value that the
    indicator cannot have; E945 data or measures; E946 an expectation that cannot come true; E947 which scheme;
    E948 no such folder; E949 two cases of one name. What is wrong with its form has the codes of policies.
    """
    source, unread = read_source(path)
    if source is None:
        return Prepared(path=path, diagnostics=unread)
    suite, misread = read_suite(source)
    if suite is None:
        return Prepared(path=path, source=source, diagnostics=misread)
    file = path.parent / suite.policy.text
    read = read_policy(file) if file.is_file() else None
    if read is None or read.policy is None:
        args = {"file": suite.policy.text}
        place, case = place_of(source, suite.policy.span), "" if read is None else "faulty"
        fault = Diagnostic(code="E941", case=case, place=place, args=args)
        lang = read.lang if read is not None else "zh"
        return Prepared(path=path, source=source, diagnostics=(*misread, fault), lang=lang)
    desk = _Desk(suite=suite, policy=read.policy, folder=path.parent, found=[])
    trials = tuple(_trials(desk))
    policy = None if desk.found else read.policy
    found = in_order([*misread, *desk.found])
    return Prepared(
        path=path,
        source=source,
        diagnostics=found,
        lang=read.lang,
        policy=policy,
        trials=trials if policy is not None else (),
    )


def _trials(desk: _Desk) -> Iterator[Trial]:
    _said_twice(desk)
    for case in desk.suite.cases:
        _inputs(desk, case)
        _codes(desk, case)
        scheme = _scheme(desk, case)
        if scheme is not None:
            yield Trial(
                case=case,
                scheme=scheme,
                folder=None if case.data is None else desk.folder / case.data.text,
                measures=dict(_measures(desk, scheme, case)),
                expected=tuple(_expected(desk, scheme, case)),
            )


# ---------------------------------------------------------------- what goes in


def _said_twice(desk: _Desk) -> None:
    seen: dict[str, Span] = {}
    for case in desk.suite.cases:
        for name in case.name.values():
            first = seen.setdefault(name, case.span)
            if first is not case.span:
                line = place_of(desk.suite.source, first).line
                desk.report("E949", case.span, name=name, line=line)


def _inputs(desk: _Desk, case: Case) -> None:
    """A case gives a data folder or measures, and says how data are read only where there are some."""
    if (case.data is None) == (case.measures is None):
        desk.report("E945", case.span, "" if case.data is None else "both")
    for key in _OF_DATA if case.data is None and case.measures is not None else ():
        if key in case.keys:
            desk.report("E945", case.keys[key], "key", key=key)
    if case.data is not None and not (desk.folder / case.data.text).exists():
        desk.report("E948", case.data.span, folder=case.data.text)


def _scheme(desk: _Desk, case: Case) -> CheckedScheme | None:
    """The scheme a case is about: the one it names, or the only one."""
    schemes = {identity(scheme.name): scheme for scheme in desk.policy.schemes}
    names = [scheme.name for scheme in desk.policy.schemes]
    if case.scheme is None:
        if len(names) > 1:
            desk.report("E947", case.span, "unsaid", hint=f"scheme: {names[0]}", known=listed(names))
        return desk.policy.schemes[0] if len(names) == 1 else None
    scheme = schemes.get(identity(case.scheme.text))
    if scheme is None:
        hint = nearest_name(case.scheme.text, names)
        desk.report("E947", case.scheme.span, hint=hint, name=case.scheme.text, known=listed(names))
    return scheme


def _measures(desk: _Desk, scheme: CheckedScheme, case: Case) -> Iterator[tuple[str, Given]]:
    asked = {each.indicator.path: each for each in measures_of(lower(desk.policy, scheme))}
    for name, tree in case.measures or ():
        indicator = _measured(desk, scheme, asked, name)
        if indicator is None:
            continue
        value = given_value(asked[indicator.path], scheme, tree)
        if isinstance(value, Unreadable):
            desk.report(value.code, value.span, value.case, value.hint, **value.args)
        else:
            yield indicator.path, value


def _measured(desk: _Desk, scheme: CheckedScheme, asked: Mapping[str, Asked], name: Text) -> Indicator | None:
    """The indicator whose measured value is given; of several of one name the one that is collected."""
    every = meant(desk.policy, scheme, name.text)
    collected = [indicator for indicator in every if indicator.path in asked]
    if every and not collected:
        desk.report("E942", name.span, "measure", name=name.text)
        return None
    return _one(desk, scheme, name, collected)


# ---------------------------------------------------------------- what must come out


def _expected(desk: _Desk, scheme: CheckedScheme, case: Case) -> Iterator[tuple[str, Expected]]:
    for subject in case.subjects:
        result = scheme.indicators[scheme.result]
        name = subject.name
        indicator = result if name is None else _one(desk, scheme, name, meant(desk.policy, scheme, name.text))
        if indicator is not None:
            _possible_grades(desk, indicator, subject.expected)
            yield from ((indicator.path, _in_own_words(desk.policy, each)) for each in subject.expected)


def _in_own_words(policy: Policy, expected: Expected) -> Expected:
    """A grade by the policy's own name for it."""
    if expected.about != "grade":
        return expected
    return replace(expected, written=_own_name(policy, expected.written) or expected.written)


def _possible_grades(desk: _Desk, indicator: Indicator, expected: Sequence[Expected]) -> None:
    """E946 for a grade that the indicator can never have."""
    grades = grades_of(indicator)
    for each in expected:
        if each.about != "grade" or each.written in NO_GRADE:
            continue
        if (_own_name(desk.policy, each.written) or each.written) not in grades:
            args = {"name": indicator.name, "grade": each.written, "known": listed(grades)}
            case = "grade" if grades else "no grades"
            desk.report("E946", each.span, case, nearest_name(each.written, grades), **args)


def grades_of(indicator: Indicator) -> list[str]:
    """Every grade an indicator can have: of its bands, or forced by a rule or a veto."""
    rules = indicator.item.rules if indicator.item else ()
    forced = [rule.effect.label.text for rule in rules if isinstance(rule.effect, GradeAs)]
    vetoed = [veto.grade for veto in indicator.vetoes if veto.grade is not None]
    return list(dict.fromkeys([*(band.label for band in indicator.bands), *forced, *vetoed]))


def _codes(desk: _Desk, case: Case) -> None:
    """E946 for a code that nothing gives, for results expected of refused data, and for errors among warnings."""
    for expected in (*(case.refused or ()), *(case.findings or ())):
        if expected.code.text not in catalogue(expected.code.text[1]):
            desk.report("E946", expected.code.span, "code", finding=expected.code.text)
    for expected in case.findings or ():
        if expected.code.text.startswith("E"):
            desk.report("E946", expected.code.span, "error", finding=expected.code.text)
    if case.refused and (case.subjects or case.findings):
        desk.report("E946", case.refused[0].code.span, "refused")


# ---------------------------------------------------------------- names


def _one(desk: _Desk, scheme: CheckedScheme, name: Text, every: Sequence[Indicator]) -> Indicator | None:
    """The one indicator that is meant; E942 where there is none, E943 where there are several."""
    if not every:
        desk.report("E942", name.span, hint=nearest_name(name.text, list(known_names(scheme))), name=name.text)
    elif len(every) > 1:
        paths = [indicator.path for indicator in every]
        desk.report("E943", name.span, hint=paths[0], name=name.text, paths=listed(paths, most=3))
    return every[0] if len(every) == 1 else None


def meant(policy: Policy, scheme: CheckedScheme, text: str) -> tuple[Indicator, ...]:
    """The indicators meant by a name, key or path, or by what the policy's `names:` call one in the other language."""
    own = _own_name(policy, text)
    return find(scheme, text) or (find(scheme, own) if own is not None else ())


def _own_name(policy: Policy, text: str) -> str | None:
    """What the policy itself calls something that its `names:` call so in the other language."""
    return next((name for name, other in policy.header.names.items() if identity(other) == identity(text)), None)
