"""Where results stand: their rank, and their gaps to others, as cells of a table and as lines of the calculation."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from engine.evaluation.result import Assessment, Gap, NodeResult, Rank, State
from engine.language.policy import CheckedScheme, Header, Indicator
from engine.language.reporting import INDICATORS, UNITS
from engine.report.case import Case
from engine.report.names import Reader, decimals, score_text
from engine.report.numbers import shown
from engine.report.tables import Row
from engine.report.words import REASONS, say

_NO_RANK = "—"


# ---------------------------------------------------------------- ranks


def rank_cell(header: Header, assessment: Assessment) -> str:
    """The unit's rank; a dash for a unit without one, nothing where no units are ranked or it is none."""
    if UNITS not in header.report.rank or not header.units or len(assessment.unit) < len(header.units):
        return ""
    rank = assessment.nodes[0].rank_among_units
    return _NO_RANK if rank is None else str(rank.place)


def ranked_rows(scheme: CheckedScheme, assessment: Assessment, reads: Reader) -> list[Row]:
    """Rank, indicator and score of the indicators that are ranked, the best first."""
    ranks = [(node.rank.place, node) for node in assessment.nodes if node.rank is not None]
    return [
        [
            str(place),
            reads.name(scheme.indicators[node.path].name),
            score_text(scheme, scheme.indicators[node.path], node),
        ]
        for place, node in sorted(ranks, key=lambda ranked: ranked[0])
    ]


def standing_lines(case: Case) -> Iterator[str]:
    """Rank and gaps of one indicator."""
    told = [
        _rank_text(case, "rank among units", case.node.rank_among_units),
        _rank_text(case, "rank among indicators", case.node.rank),
    ]
    if any(told):
        yield case.reads.listed(told)
    for gap in case.node.gaps:
        yield gap_text(case, gap)


def _rank_text(case: Case, key: str, rank: Rank | None) -> str:
    return "" if rank is None else case.say(key, place=rank.place, of=rank.of)


# ---------------------------------------------------------------- gaps


def difference_text(scheme: CheckedScheme, indicator: Indicator, difference: Fraction | None) -> str:
    """`+8.60`, `-1.20`, `0.00`: own score less the other's; "" where there is none."""
    if difference is None:
        return ""
    text = shown(difference, decimals(scheme, indicator))
    return f"+{text}" if difference > 0 else text


def gap_text(case: Case, gap: Gap) -> str:
    """`与联通相比：78.75 - 70.15 = +8.60`."""
    name = case.reads.name(gap.name)
    if gap.other is None:
        return case.say("gap missing", name=name, reason=case.reads.either(REASONS[gap.reason]))
    places = decimals(case.scheme, case.indicator)
    other = shown(gap.other, places)
    if gap.difference is None:
        return case.say("gap beside", name=name, other=other)
    own = score_text(case.scheme, case.indicator, case.node)
    difference = difference_text(case.scheme, case.indicator, gap.difference)
    return case.say("gap", name=name, own=own, other=other, difference=difference)


def benchmarks(assessments: Sequence[Assessment]) -> list[str]:
    """The names of those the results are set beside, in the policy's order."""
    return list(dict.fromkeys(gap.name for a in assessments for node in a.nodes for gap in node.gaps))


def gap_head(names: Sequence[str], reads: Reader) -> list[str]:
    """Two columns for each benchmark: its score, and the gap."""
    return [text for name in names for text in (reads.name(name), say("difference", reads.lang))]


def gap_cells(scheme: CheckedScheme, node: NodeResult, names: Sequence[str], reads: Reader) -> list[str]:
    """The cells below `gap_head`; where the other has no score, why."""
    indicator, by_name = scheme.indicators[node.path], {gap.name: gap for gap in node.gaps}
    cells: list[str] = []
    for name in names:
        gap = by_name.get(name)
        if gap is None:
            cells += ["", ""]
        elif gap.other is None:
            cells += [say("no figure", reads.lang), ""]
        else:
            cells += [shown(gap.other, decimals(scheme, indicator)), difference_text(scheme, indicator, gap.difference)]
    return cells


def is_ranked(header: Header) -> tuple[bool, bool]:
    """Whether units are ranked, and whether indicators are."""
    return UNITS in header.report.rank, INDICATORS in header.report.rank


def sample_text(node: NodeResult, indicator: Indicator, reads: Reader) -> str:
    """How many valid answers there are and how many the policy asks for, where there are too few; else ""."""
    if node.state is not State.BELOW_MINIMUM_SAMPLE or node.valid is None or not indicator.minimum_sample:
        return ""
    return say("too few", reads.lang, valid=node.valid, least=indicator.minimum_sample)
