"""The collection workbook of a policy, before it is written: its guide and the form of every source that is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from engine.data.contract import Need, Reading, Wanted
from engine.data.periods import Period
from engine.diagnostics import Lang
from engine.evaluation.assessment import assessment_date
from engine.evaluation.needs import needs_of
from engine.evaluation.plan import lower
from engine.language.policy import DataSource, Policy
from engine.language.reporting import own_sources
from engine.language.syntax import ListedIn
from engine.report.collection.amounts import benchmark_form, control_form, values_form
from engine.report.collection.forms import Commission, Form
from engine.report.collection.tables import table_form
from engine.report.names import reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """All that a collection workbook says."""

    commission: Commission
    forms: tuple[Form, ...]

    @property
    def items(self) -> int:
        """How many columns and values there are to be filled in."""
        return sum(fields_of(form) for form in self.forms)


def fields_of(form: Form) -> int:
    """How many columns of a form, or values in its rows, are to be filled in."""
    if form.value:
        return len(form.rows)
    return sum(field.filling is not None for field in form.fields)


def template_of(
    policy: Policy,
    lang: Lang,
    *,
    periods: Sequence[Period] = (),
    units: Sequence[tuple[str, ...]] = (),
    due: date | None = None,
) -> Template:
    """The workbook for a policy in a language.

    `periods`: for which the data are collected. `units`: those to be assessed, each a text for each unit column; else
    those that the policy's weights name. `due`: when the workbook is wanted back.
    """
    header = policy.header
    segments = tuple(column for column in header.report.segments if column not in header.units)
    commission = Commission(
        policy=policy,
        reads=reader(policy, lang),
        reading=Reading(folder=Path(), units=header.units, segments=segments, policy=policy.source),
        periods=tuple(periods),
        units=tuple(units) or tuple(_weighted(policy)),
        day=assessment_date(policy, periods[-1] if periods else None, None),
        due=due,
    )
    return Template(commission=commission, forms=tuple(_forms(commission)))


def _weighted(policy: Policy) -> Iterator[tuple[str, ...]]:
    """The units that the policy itself names, to weight them."""
    columns = len(policy.header.units)
    for name in policy.header.units_weights:
        texts = tuple(name.split("/")) if columns > 1 else (name,)
        if len(texts) == columns:
            yield texts


def _forms(commission: Commission) -> Iterator[Form]:
    """The forms of all sources that are read, in the policy's order."""
    policy = commission.policy
    needs, wanted = needs_of(policy.header, [lower(policy, scheme) for scheme in policy.schemes])
    own = {source.name for source in own_sources(policy.header)}
    by_source = {need.source: need for need in needs} | _lists(policy, needs)
    placed: set[str] = set()
    for source in policy.header.data:
        if source.kind == "control":
            yield control_form(commission, source)
        elif source.kind == "values" and source.name not in own:
            yield benchmark_form(commission, source)
        elif source.kind == "values":
            wants = [w for w in wanted if w.source == source.name or (w.source is None and w.measure not in placed)]
            placed |= {want.measure for want in wants}
            if wants or _is_opened(source, wanted):
                yield values_form(commission, source, wants)
        elif source.name in by_source:
            yield table_form(commission, source, by_source[source.name])


def _is_opened(source: DataSource, wanted: Sequence[Wanted]) -> bool:
    """Whether the source is read although its values stand in another's sheet."""
    return any(want.source in (None, source.name) for want in wanted)


def _lists(policy: Policy, needs: Sequence[Need]) -> dict[str, Need]:
    """The lists that only validity sentences look at (客户号属于customers), with the columns that these name."""
    read = {need.source for need in needs}
    columns: dict[str, dict[str, None]] = {}
    for source in policy.header.data:
        for rule in source.valid if source.name in read else ():
            if isinstance(rule, ListedIn):
                columns.setdefault(rule.source.text, {})[rule.column.text] = None
    own = {need.source: need for need in needs}
    return {
        name: replace(known, texts=tuple(dict.fromkeys((*known.texts, *texts))))
        for name, texts in columns.items()
        for known in (own.get(name, Need(source=name)),)
    }


def of_scheme(policy: Policy, name: str | None) -> Policy:
    """The policy with the scheme of that name alone; None keeps all."""
    return replace(policy, schemes=tuple(one for one in policy.schemes if name in (None, one.name)))
