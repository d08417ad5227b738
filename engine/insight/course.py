"""How an indicator goes over time: each result beside those of other periods, and what changed since the one before.

Nothing is computed again but one difference: of what is reported, so that a reader finds it in the same table.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from engine.diagnostics import Diagnostic
from engine.evaluation.result import Account, Assessment, Beside, NodeResult, Result, State

Key = tuple[object, ...]


def with_others(result: Result, *, earlier: Sequence[Result] = (), within: Sequence[Result] = ()) -> Result:
    """The result with every indicator beside itself in the periods before (given the earliest first) and in the
    shorter periods it is made of; each of those results is of one period.
    """
    before, inside = [_nodes(one) for one in reversed(earlier)], [_nodes(one) for one in within]
    assessments = tuple(
        one._replace(nodes=tuple(_with(one, node, before, inside) for node in one.nodes)) for one in result.assessments
    )
    return replace(result, assessments=assessments)


_Period = tuple[str, str, dict[Key, NodeResult]]


def _nodes(result: Result) -> _Period:
    """The period's name, the policy's version, and every node by scheme, unit, segment and path."""
    found = {(*_key(one), node.path): node for one in result.assessments for node in one.nodes}
    name = next((one.period for one in result.assessments if one.period), "")
    return name, result.policy["version"], found


def _key(one: Assessment) -> Key:
    return one.scheme, tuple(one.unit.items()), tuple(one.segment.items())


def _with(one: Assessment, node: NodeResult, before: Sequence[_Period], inside: Sequence[_Period]) -> NodeResult:
    key = (*_key(one), node.path)
    earlier, within = (
        tuple(Beside(period=name, version=version, node=nodes.get(key)) for name, version, nodes in periods)
        for periods in (before, inside)
    )
    return node._replace(earlier=earlier, within=within)


def figure(node: NodeResult) -> Fraction | None:
    """What a report shows of an indicator: its score, else what it takes inside a deduction, below 0, else its value;
    None where it has none.
    """
    return next((number for number in _figures(node) if number is not None), None)


def change(node: NodeResult) -> Fraction | None:
    """What is reported less what was reported for the period before: of the score, else of what a line takes inside a
    deduction, else of the value; None where one of the two is missing.
    """
    before = node.earlier[0].node if node.earlier else None
    if before is None:
        return None
    for now, then in zip(_figures(node), _figures(before), strict=True):
        if now is not None or then is not None:
            return None if now is None or then is None else now - then
    return None


def _figures(node: NodeResult) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Score, loss and value; a measured value is no figure of a node whose score or loss could not be given."""
    if node.state is not State.VALUE:
        return None, None, None
    score = node.score if node.reported is None else node.reported
    return score, None if node.loss is None else -node.loss, node.value


# ---------------------------------------------------------------- where the rows went


def merged_accounts(results: Sequence[Result]) -> tuple[Account, ...]:
    """Where every row went over all periods: out of period is what belongs to none of them, counted once."""
    found: dict[tuple[str, str], list[Account]] = {}
    for account in (account for result in results for account in result.data):
        found.setdefault((account.source, account.file), []).append(account)
    return tuple(_merged(accounts) for accounts in found.values())


def merged_warnings(results: Sequence[Result]) -> tuple[Diagnostic, ...]:
    """Every warning once, whatever the number of periods that gave it."""
    unique: list[Diagnostic] = []
    for warning in (warning for result in results for warning in result.warnings):
        if warning not in unique:
            unique.append(warning)
    return tuple(unique)


def _merged(accounts: Sequence[Account]) -> Account:
    """The same file in several periods; one that was looked at as a whole each time counts once."""
    first = accounts[0]
    if all(account == first and account.out_of_period == 0 for account in accounts):
        return first
    invalid = {name: 0 for account in accounts for name in account.invalid}
    invalid = {name: sum(account.invalid.get(name, 0) for account in accounts) for name in invalid}
    valid = sum(account.valid for account in accounts)
    outside = first.rows - valid - sum(invalid.values())
    return replace(first, valid=valid, invalid=invalid, out_of_period=outside)
