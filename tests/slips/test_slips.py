"""Slips of every kind in shipped policies: each is understood, or told where it is."""

from pathlib import Path

import pytest

from tests.slips.table import SHIPPED, slips_of


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_slip_ends_in_words(path: Path) -> None:
    """Of every kind of slip one is made at random in each part of a policy: nothing is raised."""
    assert slips_of(path, each=1, seed=1)
