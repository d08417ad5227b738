"""Labels that the policy counts by and nobody wrote."""

from pathlib import Path

import pytest

from engine.evaluation.assessment import assess
from engine.language.policy_file import read_policy

POLICY = """rubric: 1
policy: p
title: 例
lang: zh
version: "1"
data:
  log: {{kind: events, file: log.csv}}
measures:
  质量投诉: log中类别={first}的次数
  服务投诉: log中类别={second}的次数
scheme: |
  - 四舍五入保留1位小数，缺数报错
  总分：满分100分，倒扣分
    质量投诉：每发生一次扣1分
    服务投诉：每发生一次扣1分
"""


def _warned(folder: Path, first: str, second: str, *labels: str) -> list[tuple[str, int, str | None]]:
    (folder / "p.yaml").write_text(POLICY.format(first=first, second=second), encoding="utf-8")
    (folder / "log.csv").write_text("编号,类别\n" + "".join(f"1,{label}\n" for label in labels), encoding="utf-8")
    policy = read_policy(folder / "p.yaml").policy
    assert policy is not None
    return [(d.case, d.place.line, d.hint) for d in assess(policy, folder).warnings]


@pytest.mark.parametrize(
    ("labels", "warned"),
    [
        (("质量", "服务"), []),
        (("品质", "服务"), [("label", 9, "品质")]),
        (("质量", "服务态度"), [("label", 10, "服务态度")]),
        (("价格", "包装"), [("label", 9, None), ("label", 10, None)]),
        (("价格", "服务"), []),  # no complaint about quality this year
        ((), []),
    ],
)
def test_a_label_written_differently_is_pointed_at(
    tmp_path: Path, labels: tuple[str, ...], warned: list[tuple[str, int, str | None]]
) -> None:
    """At the measure that would count nothing; a label that merely did not occur is none."""
    assert _warned(tmp_path, "质量", "服务", *labels) == warned
