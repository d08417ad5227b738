"""Typing slips at random: whatever is done to a policy, there is a policy or a finding, in words, in its place."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

from engine.diagnostics import Lang, in_order
from engine.language.policy_file import PolicyFile, read_policy
from engine.report.findings import RENDERERS, Finding

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = [path for path in sorted((ROOT / "policies").glob("*.yaml")) if ".test." not in path.name]
POLICIES = {path.stem: path.read_text(encoding="utf-8") for path in SHIPPED}

# What fingers, input methods, copying and scanning put into a text.
TYPED = st.sampled_from([
    *"扣分每低目标不得满按权重缺数等级一二两半%％：:，,；;。、.（）()[]=＝+-—×XxX0129 \n\t　#'\"“”‘’「」|｜>&*!",
    "个百分点", "每发生一次", "问卷Q1", "自2025-01-01起", "- ", "  ", "\u200b", "\ufeff", "\u202e", "\u00a0", "(wù)", "——", "不分",
    " per ", "deduct 1", "veto: ", "scheme: |\n", "\r\n", "é", "𠮷", "😀",
])  # fmt: skip

SLIPS = st.lists(
    st.tuples(st.floats(0, 1), st.sampled_from(["insert", "replace", "delete"]), TYPED), min_size=1, max_size=3
)


def _slipped(text: str, slips: list[tuple[float, str, str]]) -> str:
    """The text with every slip made in turn; a slip's place is a share of the text's length."""
    for share, kind, typed in slips:
        at = int(share * len(text))
        kept = at if kind == "insert" else at + len(typed)
        text = text[:at] + ("" if kind == "delete" else typed) + text[kept:]
    return text


def _read(text: str) -> PolicyFile:
    with TemporaryDirectory() as folder:
        path = Path(folder, "policy.yaml")
        path.write_text(text, encoding="utf-8", newline="")
        return read_policy(path)


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=25)
@given(slips=SLIPS)
def test_a_slip_ends_in_a_policy_or_in_findings(name: str, slips: list[tuple[float, str, str]]) -> None:
    """Nothing is raised; without a policy there is an error; every finding lies inside the file and can be worded."""
    text = _slipped(POLICIES[name], slips)
    read = _read(text)
    assert read.policy is not None or any(finding.severity == "error" for finding in read.diagnostics)
    lines = text.splitlines() or [""]
    for finding in read.diagnostics:
        assert 1 <= finding.place.line <= len(lines) + 1
        assert finding.place.column >= 1
    languages: tuple[Lang, ...] = ("zh", "en")
    for lang in languages:
        findings = [Finding(finding, lang) for finding in in_order(read.diagnostics)]
        for render in RENDERERS.values():
            assert render(findings) or not findings
