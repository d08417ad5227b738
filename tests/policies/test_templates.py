"""The collection workbook of every shipped policy: filled in, it says what the policy's own files say."""

from pathlib import Path
from random import Random

import pytest

from engine.commands.files import policies_below
from engine.data.periods import parse_period
from engine.diagnostics import Refused
from engine.evaluation.histories import Inquiry, assess_history
from engine.language.policy_file import read_policy
from engine.report.collection.template import template_of
from tests.report.filling import invented, rows_of, write_filled, write_own_files

SHIPPED = Path("policies")
POLICIES = sorted(policies_below(SHIPPED))


def _data_of(path: Path) -> Path:
    return path.parent / "data" / path.stem


def _template(policy):
    on = policy.header.period_on
    return template_of(policy, policy.header.lang, periods=(parse_period(on),) if on else ())


def _assessed(policy, folder: Path):
    """What comes out, without the files it came from; or the codes of what is wrong."""
    try:
        history = assess_history(Inquiry(versions=(policy,), folder=folder))
    except Refused as refusal:
        return [d.code for d in refusal.diagnostics]
    return [one.result.assessments for one in (*history.asked, *history.earlier, *history.within)]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_companys_own_rows_give_the_same_result_in_the_workbook(path: Path, tmp_path: Path) -> None:
    """The rows of the shipped data, copied into the workbook by their headers, score as they do in their files."""
    policy = read_policy(path).policy
    template = _template(policy)
    book = tmp_path / "collect.xlsx"
    write_filled(template, {f.source.name: rows_of(f.source, _data_of(path)) for f in template.forms}, book)
    expected = _assessed(policy, _data_of(path))
    assert isinstance(expected[0], tuple)
    assert _assessed(policy, book) == expected


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_invented_rows_give_the_same_result_in_the_workbook(path: Path, seed: int, tmp_path: Path) -> None:
    """What the workbook's checks let through is read, and scores as it does in the files that the policy names."""
    policy = read_policy(path).policy
    template = _template(policy)
    rows = invented(template, Random(seed))  # noqa: S311 - seeded chance for invented data
    book, folder = tmp_path / "collect.xlsx", tmp_path / "own"
    write_filled(template, rows, book)
    write_own_files(template, rows, folder)
    found = _assessed(policy, book)
    assert isinstance(found[0], tuple), found
    assert found == _assessed(policy, folder)
