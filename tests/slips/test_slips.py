"""Slips of every kind in shipped policies: each is understood, or told where it is, and proposals keep the meaning."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from engine.diagnostics import Diagnostic
from engine.language.policy import Policy
from tests.slips.kinds import KINDS
from tests.slips.outcome import OTHER, changed, read
from tests.slips.repairs import repaired
from tests.slips.table import PARTS, SCHEME, SHIPPED, counted, drawn, missed, slips_of

SEED = 12


def test_slips_in_schemes_are_understood_or_told_where_they_are() -> None:
    """Of every kind one slip at random in the schemes of every third policy; nothing is raised, the aims are kept."""
    made = [one for path in SHIPPED[::3] for one in slips_of(path, each=1, seed=SEED, parts=[SCHEME])]
    assert len(made) > 150
    assert missed(SCHEME, counted(made, SCHEME)) == []


def _proposals(path: Path, meant: Policy) -> Iterator[tuple[str, Diagnostic, str]]:
    """Slips all over a policy's text with a finding that proposes something, and the text as it is proposed."""
    text = meant.source.text
    for part, kind in product(PARTS, KINDS):
        for edit in drawn(text, part, kind, 1, f"{SEED} {part} {kind}"):
            slipped = edit.made(text)
            for finding in read(path, slipped).diagnostics:
                better = repaired(slipped, finding)
                if better is not None:
                    yield slipped, finding, better


def test_what_is_proposed_is_what_was_meant(tmp_path: Path) -> None:
    """Written into the file, each proposal ends its finding; without an error left, only names and numbers differ."""
    proposals = 0
    for shipped in SHIPPED[1::4]:
        meant = read(tmp_path / "policy.yaml", shipped.read_text(encoding="utf-8")).policy
        assert meant is not None
        for slipped, finding, better in _proposals(tmp_path / "policy.yaml", meant):
            proposals += 1
            got = read(tmp_path / "policy.yaml", better)
            told = [(one.code, one.case, one.place) for one in got.diagnostics]
            assert (finding.code, finding.case, finding.place) not in told, (finding, better)
            assert got.policy is None or changed(meant, got.policy) != OTHER, (finding, slipped)
    assert proposals > 20
