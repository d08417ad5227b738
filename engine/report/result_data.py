"""Results as data: JSON for programs, CSV for spreadsheets.

Every number of the JSON stands twice: as a decimal string for reading (`decimal`) and as an exact
fraction (`exact`). Nothing depends on the clock, the machine, the locale or the reader's language.
"""

import csv
import io
import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from engine.diagnostics import Diagnostic, Lang, in_order, listed, message
from engine.evaluation.ladder import parts_of
from engine.evaluation.result import (
    Account,
    Assessment,
    Beside,
    Gap,
    Measurement,
    NodeResult,
    PeriodLine,
    Rank,
    Result,
    RuleLine,
    Spread,
    StepValue,
    UnitPart,
)
from engine.insight.course import change, figure, merged_accounts, merged_warnings
from engine.language.policy import Answers, CheckedScheme, Indicator, Observed, Policy
from engine.report.findings import where
from engine.report.names import Reader, reader, scheme_of, score_text
from engine.report.numbers import plain
from engine.report.standings import benchmarks, is_ranked
from engine.report.words import STATES, say, word
from engine.source import place_of

SCHEMA = "rubric/result/1"
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render_json(policy: Policy, result: Result, *further: tuple[Policy, Result]) -> str:
    """The result as `grammar/result.schema.json` describes it; `further`: of later periods, the latest last."""
    return json.dumps(_result([(policy, result), *further]), ensure_ascii=False, indent=2) + "\n"


def _result(periods: Sequence[tuple[Policy, Result]]) -> dict[str, Any]:
    policy, result = periods[-1]
    dates = {one.as_of for _, one in periods}
    return {
        "schema": SCHEMA,
        "engine": result.engine,
        "policy": {**result.policy, "title": dict(policy.header.title)},
        "as_of": (dates.pop() or None) if len(dates) == 1 else None,
        "data": [_account(account) for account in merged_accounts([one for _, one in periods])],
        "warnings": [_warning(warning) for warning in in_order(merged_warnings([one for _, one in periods]))],
        "results": [_assessment(policy, one, result) for policy, result in periods for one in result.assessments],
    }


def _warning(warning: Diagnostic) -> dict[str, Any]:
    """What the data gave occasion to remark, in both languages."""
    return {
        "code": warning.code,
        **where(warning.place),
        "message": {"zh": message(warning, "zh"), "en": message(warning, "en")},
        "clause": warning.clause,
        "related": [where(place) for place in warning.related],
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "source": account.source,
        "file": account.file,
        "sha256": account.sha256,
        "rows": account.rows,
        "valid": account.valid,
        "out_of_period": account.out_of_period,
        "invalid": dict(account.invalid),
    }


def _assessment(policy: Policy, assessment: Assessment, result: Result) -> dict[str, Any]:
    scheme = scheme_of(policy, assessment)
    top = assessment.nodes[0]
    return {
        "scheme": assessment.scheme,
        "unit": dict(assessment.unit),
        "segment": dict(assessment.segment),
        "period": assessment.period,
        "as_of": result.as_of or None,
        "policy": dict(result.policy),
        "state": assessment.state.value,
        "score": score_text(scheme, scheme.indicators[top.path], top) or None,
        "exact": _fraction(assessment.exact),
        "grade": assessment.grade,
        "nodes": [_node(policy, scheme, node) for node in assessment.nodes],
    }


def _node(policy: Policy, scheme: CheckedScheme, node: NodeResult) -> dict[str, Any]:
    indicator = scheme.indicators[node.path]
    return {
        **_indicator(policy, scheme, indicator),
        "state": node.state.value,
        "reason": node.reason or None,
        "cause": node.cause or None,
        "substituted": node.substituted,
        "value": _number(node.value),
        "unit": node.unit.value,
        "valid": node.valid,
        "minimum_sample": indicator.minimum_sample or None,
        "measurement": None if node.measurement is None else _measurement(node.measurement),
        "spread": None if node.spread is None else _spread(node.spread),
        "target": _number(node.target),
        "limit": _number(node.limit),
        "score": score_text(scheme, indicator, node) or None,
        "exact": _fraction(node.score),
        "full": _number(node.full),
        "inexact": node.inexact,
        "grade": node.grade,
        "veto": _veto(node),
        "loss": _number(node.loss),
        "weight": {"own": _number(node.weight), "effective": _number(node.effective)},
        "contribution": _number(node.contribution),
        "units": [_unit(part) for part in node.units],
        "rank": {"among_units": _rank(node.rank_among_units), "among_indicators": _rank(node.rank)},
        "gaps": [_gap(gap) for gap in node.gaps],
        "change": _number(change(node)),
        "earlier": [_beside(one, scheme, indicator) for one in node.earlier],
        "within": [_beside(one, scheme, indicator) for one in node.within],
        "membership": [_number(share) for share in node.membership],
        "deductions": [_line(line) for line in node.lines],
        "steps": [_step(step) for step in node.steps],
    }


def _beside(beside: Beside, scheme: CheckedScheme, indicator: Indicator) -> dict[str, Any]:
    """An indicator in another period; its state is null where that period does not have it."""
    node = beside.node
    return {
        "period": beside.period,
        "version": beside.version,
        "state": None if node is None else node.state.value,
        "value": None if node is None else _number(node.value),
        "score": None if node is None else score_text(scheme, indicator, node) or None,
        "exact": None if node is None else _fraction(node.score),
        "loss": None if node is None else _number(node.loss),
    }


def _unit(part: UnitPart) -> dict[str, Any]:
    return {"unit": part.unit, "weight": _number(part.weight), "points": _number(part.points)}


def _rank(rank: Rank | None) -> dict[str, int] | None:
    return None if rank is None else {"place": rank.place, "of": rank.of}


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "name": gap.name,
        "other": _number(gap.other),
        "difference": _number(gap.difference),
        "reason": gap.reason or None,
    }


def _indicator(policy: Policy, scheme: CheckedScheme, indicator: Indicator) -> dict[str, Any]:
    """What the policy says of an indicator, and where."""
    return {
        "path": indicator.path,
        "name": indicator.name,
        "key": indicator.key,
        "kind": indicator.kind.value,
        "inputs": list(_inputs(scheme, indicator)),
        "counts": indicator.counts,
        "clause": indicator.clause,
        "owner": indicator.owner,
        "feedback": list(indicator.feedback),
        "file": policy.source.name,
        "line": place_of(policy.source, indicator.span).line,
    }


def _step(step: StepValue) -> dict[str, Any]:
    return {"id": step.id, "operation": step.operation, "value": _number(step.value), "text": step.text or None}


def _inputs(scheme: CheckedScheme, indicator: Indicator) -> tuple[str, ...]:
    """What an indicator is made of: questions, the measure's name, or the paths of other indicators."""
    match indicator.value:
        case Answers(questions=questions):
            return questions
        case Observed(measure=measure):
            return (measure,)
        case _:
            return parts_of(scheme, indicator)


def _measurement(measured: Measurement) -> dict[str, Any]:
    return {
        "valid": measured.valid,
        "numerator": _number(measured.numerator),
        "denominator": _number(measured.denominator),
        "late": measured.late,
        "open": measured.open,
        "questions": [
            {
                "question": q.question,
                "value": _number(q.value),
                "deviation": _number(q.deviation),
                "valid": q.valid,
                "weight": _number(q.weight),
            }
            for q in measured.questions
        ],
        "periods": [{"period": period, "value": _number(value)} for period, value in measured.periods],
    }


def _spread(spread: Spread) -> dict[str, Any]:
    return {
        "units": spread.count,
        "lowest": {"unit": spread.lowest, "value": _number(spread.low)},
        "highest": {"unit": spread.highest, "value": _number(spread.high)},
        "mean": _number(spread.mean),
        "deviation": _number(spread.deviation),
        "below": spread.below,
        "equal": spread.equal,
    }


def _line(line: RuleLine) -> dict[str, Any]:
    return {
        "sentence": line.sentence,
        "line": line.line,
        "trigger": line.trigger or None,
        "effect": line.effect,
        "measure": line.measure,
        "fired": line.fired,
        "unit": line.unit.value,
        "measured": _number(line.measured),
        "target": _number(line.target),
        "limit": _number(line.limit),
        "shortfall": _number(line.shortfall),
        "steps": _number(line.steps),
        "counted": _number(line.counted),
        "each": _number(line.each),
        "capped": _number(line.capped),
        "points": _number(line.points),
        "periods": [_period(period) for period in line.periods],
        **({"ends": [{"value": _number(x), "points": _number(p)} for x, p in line.ends]} if line.ends else {}),
    }


def _period(line: PeriodLine) -> dict[str, Any]:
    return {
        "period": line.period,
        "measured": _number(line.measured),
        "counted": _number(line.counted),
        "capped": _number(line.capped),
        "points": _number(line.points),
    }


def _veto(node: NodeResult) -> dict[str, Any] | None:
    if node.veto is None:
        return None
    return {"sentence": node.veto, "score_before": _number(node.before_veto), "grade_before": node.grade_before_veto}


def _number(number: Fraction | None) -> dict[str, str] | None:
    return None if number is None else {"decimal": plain(number), "exact": str(number)}


def _fraction(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


# ---------------------------------------------------------------- CSV


def render_csv(policy: Policy, result: Result, lang: Lang, *further: tuple[Policy, Result]) -> str:
    """One row for each indicator of each result; texts that a spreadsheet would run as formulas are disarmed.

    `further`: of later periods, each row then with the version of its policy. What is known of other periods stands
    in the last columns: the change since the period before, and beside a single period each other one.
    """
    periods = [(policy, result), *further]
    assessments = [one for _, of_period in periods for one in of_period.assessments]
    columns = list(dict.fromkeys(c for a in assessments for c in (*a.unit, *a.segment)))
    others = _others(assessments) if not further else []
    changes = any(a.nodes[0].earlier for a in assessments)
    head = [say("scheme name", lang), *columns, say("period name", lang)]
    head += [say("version name", lang)] if further else []
    head += [say(key, lang) for key in _CELLS]
    names = benchmarks(assessments)
    head += [*_ranks_head(periods[-1][0], lang), *_gaps_head(names, reader(periods[-1][0], lang))]
    head += [*([say("change", lang)] if changes else []), *others]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_disarmed(cell) for cell in head])
    for of_policy, of_period in periods:
        version = [of_policy.header.version] if further else []
        for one in of_period.assessments:
            told = {**one.unit, **one.segment}
            texts = [one.scheme, *(told.get(column, "") for column in columns), one.period or "", *version]
            scheme = scheme_of(of_policy, one)
            for node in one.nodes:
                cells = [*_csv_cells(scheme, node, lang), *_csv_ranks(periods[-1][0], node), *_csv_gaps(node, names)]
                cells += [*([_cell(change(node))] if changes else []), *_other_cells(node, others)]
                writer.writerow([*(_disarmed(text) for text in texts), *cells])
    return stream.getvalue()


def _ranks_head(policy: Policy, lang: Lang) -> list[str]:
    """A column for each kind of rank that the policy asks for."""
    asked = zip(("rank", "indicator rank"), is_ranked(policy.header), strict=True)
    return [say(key, lang) for key, wanted in asked if wanted]


def _gaps_head(names: Sequence[str], reads: Reader) -> list[str]:
    """Two columns for each benchmark, no two of them called alike."""
    pairs = [(reads.name(name), say("gap to", reads.lang, name=reads.name(name))) for name in names]
    return [text for pair in pairs for text in pair]


def _csv_ranks(policy: Policy, node: NodeResult) -> list[str]:
    asked = zip((node.rank_among_units, node.rank), is_ranked(policy.header), strict=True)
    return ["" if rank is None else str(rank.place) for rank, wanted in asked if wanted]


def _csv_gaps(node: NodeResult, names: Sequence[str]) -> list[str]:
    gaps = {gap.name: gap for gap in node.gaps}
    numbers = [(gap.other, gap.difference) if (gap := gaps.get(name)) else (None, None) for name in names]
    return [_cell(number) for pair in numbers for number in pair]


_CELLS = (
    "path",
    "indicator",
    "state",
    "measured",
    "score",
    "deduction",
    "full",
    "grade",
    "own weight",
    "effective weight",
    "contribution",
    "valid",
    "collected by",
    "told",
)


def _others(assessments: Sequence[Assessment]) -> list[str]:
    """The other periods that the results stand beside."""
    tops = [one.nodes[0] for one in assessments]
    return list(dict.fromkeys(one.period for top in tops for one in (*top.earlier, *top.within)))


def _other_cells(node: NodeResult, others: Sequence[str]) -> list[str]:
    """The figure of an indicator in each of the other periods; nothing where there is none."""
    beside = {one.period: one.node for one in (*node.earlier, *node.within)}
    return [_cell(figure(found)) if (found := beside.get(period)) is not None else "" for period in others]


def _csv_cells(scheme: CheckedScheme, node: NodeResult, lang: Lang) -> list[str]:
    indicator = scheme.indicators[node.path]
    numbers = (node.weight, node.effective, node.contribution)
    return [
        _disarmed(node.path),
        _disarmed(indicator.name),
        word(STATES[node.state.value], lang),
        _cell(node.value),
        score_text(scheme, indicator, node),
        _cell(node.loss),
        _cell(node.full),
        _disarmed(node.grade or ""),
        *(_cell(number) for number in numbers),
        "" if node.valid is None else str(node.valid),
        _disarmed(indicator.owner or ""),
        _disarmed(listed(indicator.feedback)[lang]),
    ]


def _cell(number: Fraction | None) -> str:
    return "" if number is None else plain(number)


def _disarmed(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULAS) else text
