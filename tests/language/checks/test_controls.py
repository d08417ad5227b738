"""`control:` of a policy: each figure speaks of a line (E409), and printed weights are those of the policy (W409)."""

from pathlib import Path

from engine.language.policy_file import read_policy
from engine.language.reader import read_document
from engine.source import source_of

SCHEME = """scheme: |
  - 四舍五入保留1位小数，缺数报错
  总分：加权平均
    质量[Q] 0.6：等权平均
      广告：得分
      价格[A]：得分
    服务 0.4：等权平均
      态度：得分
      价格[B]：得分
"""


def said(tmp_path: Path, control: str) -> list[str]:
    """Code, case, place and hint of everything found in a policy with this `control:`."""
    path = tmp_path / "p.yaml"
    path.write_text(f"rubric: 1\npolicy: p\ntitle: 例\nlang: zh\nversion: '1'\ncontrol: {control}\n{SCHEME}", "utf-8")
    return [f"{d.code} {d.case} {d.place.line}:{d.place.column} {d.hint}" for d in read_policy(path).diagnostics]


def controls(control: str) -> list[tuple[str, str, str, dict[str, str], str | None]]:
    """Name, role, figure, unit and scheme of each control as read."""
    document, _ = read_document(source_of("p.yaml", f"rubric: 1\npolicy: p\ncontrol: {control}\n{SCHEME}"))
    assert document is not None
    return [(c.name, c.role, c.text, dict(c.unit), c.scheme) for c in document.header.controls]


def test_the_forms_of_a_control() -> None:
    """A mapping prints scores of the whole; a list says of which unit and scheme, and what kind of figure."""
    assert controls("{总分: 79.21, 质量: 80}") == [
        ("总分", "score", "79.21", {}, None),
        ("质量", "score", "80", {}, None),
    ]
    assert controls("[{unit: {店: 东}, score: {总分: 1}, rank: {总分: 2}}, {scheme: a, weight: {质量: 60%}}]") == [
        ("总分", "score", "1", {"店": "东"}, None),
        ("总分", "rank", "2", {"店": "东"}, None),
        ("质量", "weight", "60%", {}, "a"),
    ]


def test_a_per_cent_is_kept_as_a_percentage() -> None:
    """60% is 60, 0.6 is 0.6."""
    document, _ = read_document(
        source_of("p.yaml", f"rubric: 1\npolicy: p\ncontrol: [{{weight: {{质量: 60%, 服务: 0.4}}}}]\n{SCHEME}")
    )
    assert document is not None
    amounts = {c.name: str(c.amount) for c in document.header.controls}
    assert amounts == {"质量": "60", "服务": "2/5"}


def test_names_paths_and_keys(tmp_path: Path) -> None:
    """A line is called by its name, its path, the end of its path or its key."""
    assert said(tmp_path, "{总分: 1, Q: 1, 总分/质量/价格: 1, 服务/价格: 1}") == []


def test_what_fits_no_line(tmp_path: Path) -> None:
    """A slip, a name of two lines, a scheme and a column that are not there."""
    assert said(tmp_path, "{总份: 1}") == ["E409  6:11 总分"]
    assert said(tmp_path, "{价格: 1}") == ["E409 several 6:11 None"]
    assert said(tmp_path, "[{scheme: b, score: {总分: 1}}]") == ["E409 scheme 6:31 None"]
    assert said(tmp_path, "[{unit: {店: 东}, score: {总分: 1}}]") == ["E409 unit 6:34 None"]


def test_printed_weights(tmp_path: Path) -> None:
    """0.6 may be printed 60%, 0.6 or 60 with its sign; the weights below the total are 1, printed 50%."""
    assert said(tmp_path, "[{weight: {质量: 60%, 服务: 0.4}, weights: {总分: 100%}}]") == []
    assert said(tmp_path, "[{weight: {质量: 50%}}]") == ["W409  6:25 None"]
    assert said(tmp_path, "[{weights: {总分: 50%}}]") == ["W409 sum 6:26 None"]
    assert said(tmp_path, "[{weights: {质量: 50%}}]") == ["W409 none 6:26 None"]
