"""Slips of every kind in shipped policies: each is understood, or told where it is."""

from tests.slips.table import SCHEME, SHIPPED, counted, missed, slips_of

SEED = 12


def test_slips_in_schemes_are_understood_or_told_where_they_are() -> None:
    """Of every kind one slip at random in the schemes of every third policy; nothing is raised, the aims are kept."""
    made = [one for path in SHIPPED[::3] for one in slips_of(path, each=1, seed=SEED, parts=[SCHEME])]
    assert len(made) > 150
    assert missed(SCHEME, counted(made, SCHEME)) == []
