"""How the tests of a policy ended: what came out beside what was expected, with the calculation."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from engine.diagnostics import Lang
from engine.evaluation.result import State
from engine.insight.cases import STATES as EXPECTED, Prepared
from engine.insight.coverage import Unreached
from engine.insight.mutants import Mutant
from engine.insight.testing import Found, Unlike, Verdict, Wrong
from engine.language.policy import Policy
from engine.report.explanation import explained_alone
from engine.report.findings import Finding, finding_data, render_concise, shown_place
from engine.report.gaps import gaps_data, gaps_text
from engine.report.names import decimals, reader, value_text
from engine.report.numbers import marked, shown
from engine.report.phrases_of_tests import about, told
from engine.report.text import indented, visible
from engine.report.words import STATES, word
from engine.source import Place, place_of

SCHEMA = "rubric/tests/1"
_MARGIN = "    "
_DEPTH = 4  # steps to the right at which the calculation stands below what is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A file of tests, how its cases ended, and the language to say it in.

    `unreached`: what no case reaches; `unnoticed`: of `changes` changes those no case notices; None where nobody asked.
    """

    prepared: Prepared
    verdicts: tuple[Verdict, ...]
    lang: Lang
    unreached: tuple[Unreached, ...] | None = None
    unnoticed: tuple[Mutant, ...] | None = None
    changes: int = 0

    @property
    def failed(self) -> tuple[Verdict, ...]:
        """The cases that did not end as expected."""
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)


def render_text(files: Sequence[Tested]) -> str:
    """A line for each file, and below it every case that failed with the calculation of what is wrong."""
    return "".join(f"{line}\n" for tested in files for line in _file(tested))


def summary(files: Sequence[Tested], lang: Lang) -> str:
    """How many files and cases there were, and how many ended as expected."""
    cases, failed = sum(len(t.verdicts) for t in files), sum(len(t.failed) for t in files)
    unread = sum(tested.prepared.policy is None for tested in files)
    counts = {"files": len(files), "cases": cases, "passed": cases - failed, "failed": failed}
    line = told("summed up", lang, **counts, s=_s(len(files)), t=_s(cases))
    return line + (told("faulty files", lang, count=unread) if unread else "")


def _s(count: int) -> str:
    return "" if count == 1 else "s"


# ---------------------------------------------------------------- text


def _file(tested: Tested) -> Iterator[str]:
    file, lang = visible(str(tested.prepared.path)), tested.lang
    if tested.prepared.policy is None:
        yield told("not run", lang, file=file)
        return
    cases, failed = len(tested.verdicts), tested.failed
    key = "some failed" if failed else "all passed"
    yield told(key, lang, file=file, cases=cases, failed=len(failed), s=_s(cases))
    for verdict in failed:
        yield told("failed", lang, place=shown_place(place(tested, verdict)), name=visible(name(verdict, lang)))
        yield from _reasons(tested.prepared.policy, verdict, lang)
    yield from gaps_text(tested.prepared.policy, tested.unreached, tested.unnoticed, tested.changes, lang)


def place(tested: Tested, verdict: Verdict) -> Place:
    """Where the case stands in its file."""
    source = tested.prepared.source
    assert source is not None  # noqa: S101 - a case was read from somewhere
    return place_of(source, verdict.trial.case.span)


def name(verdict: Verdict, lang: Lang) -> str:
    """What the case is called in the reader's language, else in the one it has a name in."""
    names = verdict.trial.case.name
    return names.get(lang) or next(iter(names.values()))


def _reasons(policy: Policy, verdict: Verdict, lang: Lang) -> Iterator[str]:
    if verdict.units is not None:
        yield from indented(visible(_absent(verdict, lang)), _MARGIN)
    for unlike in verdict.unlike:
        yield from _findings(unlike, lang)
    for path in dict.fromkeys(wrong.path for wrong in verdict.wrong):
        for wrong in verdict.wrong:
            if wrong.path == path:
                yield from indented(visible(_wrong(policy, verdict, wrong, lang)), _MARGIN)
        if verdict.assessment is not None:
            yield from explained_alone(policy, verdict.assessment, path, lang, _DEPTH)


def _absent(verdict: Verdict, lang: Lang) -> str:
    case = verdict.trial.case
    unit = _pairs({**case.unit, **case.segment}, lang)
    units = ("；" if lang == "zh" else "; ").join(_pairs(one, lang) for one in verdict.units or ())
    return told("no such unit" if unit else "which unit", lang, unit=unit, units=units)


def _pairs(pairs: Mapping[str, str], lang: Lang) -> str:
    return ("，" if lang == "zh" else ", ").join(f"{column}={value}" for column, value in pairs.items())


def _findings(unlike: Unlike, lang: Lang) -> Iterator[str]:
    codes = ("、" if lang == "zh" else ", ").join(" ".join([each.code.text, *each.places]) for each in unlike.lacking)
    if unlike.lacking:
        refused = "refused otherwise" if unlike.beyond else "not refused"
        line = told(refused if unlike.refused else "not warned", lang, codes=visible(codes))
        yield from indented(line, _MARGIN)
    if unlike.beyond:
        yield _MARGIN + told("refused" if unlike.refused else "warned", lang)
        lines = render_concise([Finding(diagnostic, lang) for diagnostic in unlike.beyond])
        yield from (f"{_MARGIN}{_MARGIN}{line}" for line in lines.splitlines())


def _wrong(policy: Policy, verdict: Verdict, wrong: Wrong, lang: Lang) -> str:
    indicator = verdict.trial.scheme.indicators[wrong.path]
    return told(
        "wrong",
        lang,
        name=reader(policy, lang).name(indicator.name),
        about=about(wrong.expected.about, lang),
        expected=_expected(policy, wrong, lang),
        found=_found(policy, verdict, wrong, lang),
    )


def _expected(policy: Policy, wrong: Wrong, lang: Lang) -> str:
    if wrong.expected.about == "state":
        return word(STATES[EXPECTED[wrong.expected.written].value], lang)
    return reader(policy, lang).name(wrong.expected.written)


def _found(policy: Policy, verdict: Verdict, wrong: Wrong, lang: Lang) -> str:
    """What came out, written as results write it."""
    found, reads = wrong.found, reader(policy, lang)
    if isinstance(found, State):
        return word(STATES[found.value], lang)
    if not isinstance(found, Fraction):
        return reads.name(found) if found else _nothing(verdict, wrong.path, lang)
    scheme = verdict.trial.scheme
    indicator = scheme.indicators[wrong.path]
    if wrong.expected.about == "score":
        return shown(found, decimals(scheme, indicator))
    if wrong.expected.about == "measured":
        return value_text(found, indicator, indicator.unit, reads)
    return marked(found) + ("%" if wrong.expected.percent else "")


def _nothing(verdict: Verdict, path: str, lang: Lang) -> str:
    """There is nothing: the state says why, unless there is a value of another kind."""
    nodes = verdict.assessment.nodes if verdict.assessment is not None else ()
    state = next((node.state for node in nodes if node.path == path), State.VALUE)
    return told("nothing", lang) if state is State.VALUE else word(STATES[state.value], lang)


# ---------------------------------------------------------------- data


def render_json(files: Sequence[Tested]) -> str:
    """Every file with its findings and its cases; numbers as decimal strings beside the exact fraction."""
    data = {"schema": SCHEMA, "files": [_file_data(tested) for tested in files]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _file_data(tested: Tested) -> dict[str, Any]:
    policy = tested.prepared.policy
    return {
        "file": str(tested.prepared.path),
        "policy": policy.source.name if policy is not None else None,
        "findings": [finding_data(Finding(d, tested.lang)) for d in tested.prepared.diagnostics],
        "cases": [_case_data(tested, verdict) for verdict in tested.verdicts],
        "unreached": gaps_data(policy, tested.unreached, tested.lang),
        "changes": None if tested.unnoticed is None else tested.changes,
        "unnoticed": gaps_data(policy, tested.unnoticed, tested.lang),
    }


def _case_data(tested: Tested, verdict: Verdict) -> dict[str, Any]:
    return {
        "name": name(verdict, tested.lang),
        "line": place(tested, verdict).line,
        "passed": verdict.passed,
        "wrong": [_wrong_data(wrong) for wrong in verdict.wrong],
        "findings": [_unlike_data(unlike, tested.lang) for unlike in verdict.unlike],
        "units": None if verdict.units is None else [dict(unit) for unit in verdict.units],
    }


def _wrong_data(wrong: Wrong) -> dict[str, Any]:
    return {
        "path": wrong.path,
        "about": wrong.expected.about,
        "expected": wrong.expected.written,
        "found": _plain(wrong.found),
        "exact": str(wrong.found) if isinstance(wrong.found, Fraction) else None,
    }


def _plain(found: Found) -> str | None:
    if isinstance(found, Fraction):
        return marked(found)
    return found.value if isinstance(found, State) else found


def _unlike_data(unlike: Unlike, lang: Lang) -> dict[str, Any]:
    return {
        "refused": unlike.refused,
        "lacking": [{"code": each.code.text, "places": list(each.places)} for each in unlike.lacking],
        "beyond": [finding_data(Finding(diagnostic, lang)) for diagnostic in unlike.beyond],
    }


# ---------------------------------------------------------------- JUnit


def render_junit(files: Sequence[Tested]) -> str:
    """One suite for each file, as build servers read it; a file with errors is a suite with an error."""
    suites = "".join(f"{line}\n" for tested in files for line in _suite(tested))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{suites}</testsuites>\n'


def _suite(tested: Tested) -> Iterator[str]:
    policy, file = tested.prepared.policy, quoteattr(visible(str(tested.prepared.path)))
    errors = int(policy is None)
    counts = f'tests="{len(tested.verdicts) + errors}" failures="{len(tested.failed)}" errors="{errors}"'
    yield f"  <testsuite name={file} {counts}>"
    if policy is None:
        findings = render_concise([Finding(d, tested.lang) for d in tested.prepared.diagnostics])
        yield f"    <testcase name={file}><error>{escape(findings)}</error></testcase>"
    for verdict in tested.verdicts:
        case = f"    <testcase name={quoteattr(visible(name(verdict, tested.lang)))} classname={file}"
        if verdict.passed or policy is None:
            yield f"{case}/>"
            continue
        reasons = "\n".join(_reasons(policy, verdict, tested.lang))
        yield f"{case}><failure>{escape(reasons)}</failure></testcase>"
    yield "  </testsuite>"


RENDERERS = {"text": render_text, "json": render_json, "junit": render_junit}
