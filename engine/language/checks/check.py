"""The checks, in the order of their families, and the one function that runs them."""

from collections.abc import Callable, Iterator

from engine.diagnostics import Diagnostic, in_order
from engine.language.checks import (
    bands,
    calculated,
    caps,
    choices,
    controls,
    glossary,
    means,
    names,
    periods,
    places,
    reports,
    rules,
    scales,
    sources,
    steps,
    sums,
    tiered,
    tiers,
    units,
    weights,
)
from engine.language.checks.acceptance import judged
from engine.language.checks.resolution import Resolution, resolve
from engine.language.policy import Document, Policy

Check = Callable[[Resolution], Iterator[Diagnostic]]
DocumentCheck = Callable[[Document, tuple[Resolution, ...]], Iterator[Diagnostic]]

# Of one scheme.
CHECKS: tuple[Check, ...] = (
    names.unknown_names,
    names.unknown_values,
    names.unknown_grades,
    names.ambiguous_names,
    names.repeated_names,
    names.circles,
    names.unused_lines,
    sources.questions_are_declared,
    sources.values_have_a_source,
    sources.values_are_told_apart,
    weights.weights_add_up,
    weights.weights_are_alike,
    weights.weights_are_complete,
    weights.weights_are_used,
    weights.normalised_total,
    sums.chosen_parts_are_there,
    sums.shares_add_up,
    sums.shares_have_their_sign,
    sums.lines_count_once,
    sums.points_add_up,
    sums.headings_keep_their_points,
    sums.lines_are_counted,
    bands.bands_tile,
    bands.bands_have_a_score,
    bands.vetoes_stay_on_scale,
    bands.letters_follow,
    tiers.ranges_are_complete,
    tiers.straight_lines_have_ends,
    tiers.marks_of_several_are_clear,
    units.rules_fit_their_measure,
    units.steps_in_per_cent,
    units.targets_fit_their_measure,
    units.limits_are_times,
    units.vetoes_fit_their_subject,
    means.means_are_of_scores,
    means.something_counts,
    means.result_is_a_score,
    means.deductions_are_of_losses,
    means.full_marks_are_alike,
    calculated.formulas_give_points,
    means.distributions_belong_to_fuzzy,
    scales.scales_rise,
    scales.scales_are_usual,
    scales.answers_are_on_their_scale,
    scales.log_scales_are_above_zero,
    rules.points_are_points,
    rules.groups_say_each,
    rules.effects_have_marks,
    caps.caps_are_clear,
    tiered.tiers_are_clear,
    rules.points_stay_within,
    rules.rules_stand_on_leaves,
    rules.period_caps_stand_on_leaves,
    rules.things_cost_once,
    rules.amounts_are_capped_as_a_whole,
    rules.bounds_are_above_zero,
    rules.sizes_are_above_zero,
    rules.divisors_are_not_zero,
    steps.part_steps_are_decided,
    choices.rounding_is_decided,
    choices.missing_is_decided,
    choices.missing_fits_a_deduction,
    choices.targets_are_given,
    choices.methods_are_decided,
    choices.scales_are_decided,
    choices.limits_are_given,
    choices.graded_value_is_decided,
    choices.rounded_once,
    choices.lines_deduct,
    choices.units_are_named,
    places.leaves_say_their_value,
    places.sentences_have_effect,
    periods.later_values_are_dated,
    periods.dates_rise,
    periods.values_hold_from_the_start,
    periods.names_hold_one_value,
    periods.period_caps_have_dates,
)

# Of the whole file.
DOCUMENT_CHECKS: tuple[DocumentCheck, ...] = (
    glossary.shared_translations,
    glossary.misspelt_entries,
    sources.measures_are_of_lines,
    sources.named_sources_exist,
    sources.sources_are_of_their_kind,
    sources.repetitions_have_dates,
    sources.columns_stand_once,
    controls.controls_are_of_lines,
    controls.printed_weights_are_written,
    reports.settings_have_effect,
    reports.comparisons_say_with_what,
    reports.weights_name_their_units,
    reports.goals_are_of_indicators,
)


def check(document: Document) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """The checked policy, None where there is an error; and every finding, in the order of the file."""
    resolutions, diagnostics = examine(document)
    return policy_of(document, resolutions) if resolutions else None, diagnostics


def examine(document: Document) -> tuple[tuple[Resolution, ...], tuple[Diagnostic, ...]]:
    """What each scheme says, nothing where there is an error; and every finding, in the order of the file.

    A scheme with a part that could not be read gives no policy, and no finding that this part may have caused.
    """
    resolutions = tuple(resolve(document, scheme) for scheme in document.schemes)
    found = [d for resolution in resolutions for one in CHECKS for d in one(resolution)]
    found += [d for one in DOCUMENT_CHECKS for d in one(document, resolutions)]
    diagnostics = in_order(judged(tuple(r.outline for r in resolutions), in_order(found)))
    refused = any(d.severity == "error" for d in diagnostics)
    unread = any(r.outline.unread or r.outline.result is None for r in resolutions)
    return () if refused or unread else resolutions, diagnostics


def policy_of(document: Document, resolutions: tuple[Resolution, ...]) -> Policy:
    """The checked policy of a document in which `examine` found no error."""
    from engine.language.checks.build import build  # not to know whether a policy is right, only to score by it

    schemes = tuple(build(resolution) for resolution in resolutions)
    return Policy(source=document.source, header=document.header, schemes=schemes)
