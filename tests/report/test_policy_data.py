"""Checked policies as data."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from engine.commands import main
from engine.resources import resource

ROOT = Path(__file__).resolve().parents[2]
POLICY = """rubric: 1
policy: p
title: 例
lang: zh
version: "1"
scheme: |
  - 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限
  总分：满分100分，倒扣分
    - 等级：优(100-90)；差(90-0)
    - 一票否决：准时交付率<60%，封顶59分
    准时交付率[otd]：目标95%自2024-01-01起、96%自2025-01-01起；每低1个百分点扣0.5分，最多扣7分，依据5.3.3
"""


@pytest.fixture
def told(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> dict:
    """What `check --format policy` prints of the policy above."""
    monkeypatch.chdir(tmp_path)
    Path("p.yaml").write_text(POLICY, encoding="utf-8")
    assert main(["check", "--format", "policy", "p.yaml"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_line_with_all_that_was_decided(told: dict) -> None:
    """The rule's line: kind and unit are inferred, the choice on part steps is there, numbers are exact."""
    (policy,) = told["policies"]
    line = policy["schemes"][0]["indicators"]["总分/准时交付率"]
    assert (policy["file"], line["kind"], line["unit"], line["key"], line["clause"], line["line"]) == (
        "p.yaml", "rate", "percent", "otd", "5.3.3", 11,
    )  # fmt: skip
    assert [(v["amount"], v["since"]) for v in line["target"]] == [("95", "2024-01-01"), ("96", "2025-01-01")]
    (rule,) = line["item"]["rules"]
    assert (rule["sentence"], rule["measure"]) == ("每低1个百分点扣0.5分", "总分/准时交付率")
    assert (rule["parts"], line["item"]["cap"], rule["effect"]["points"]["amount"]) == ("whole steps only", "7", "1/2")
    assert (rule["trigger"]["is"], rule["trigger"]["side"], rule["trigger"]["size"]["unit"]) == (
        "step trigger", "below", "percentage point",
    )  # fmt: skip


def test_a_heading_with_bands_and_veto(told: dict) -> None:
    """The result: how it is made, every bound decided, the veto by path."""
    scheme = told["policies"][0]["schemes"][0]
    result = scheme["indicators"][scheme["result"]]
    assert (result["value"], result["children"], result["full"]) == ({"is": "deducted"}, ["总分/准时交付率"], "100")
    assert [(b["label"], b["low"], b["low_closed"], b["high"], b["high_closed"]) for b in result["bands"]] == [
        ("优", "90", True, "100", True),
        ("差", "0", True, "90", False),
    ]
    (veto,) = result["vetoes"]
    assert (veto["path"], veto["comparison"], veto["bound"], veto["ceiling"]) == ("总分/准时交付率", "<", "60", "59")
    assert (scheme["rounding"]["mode"], scheme["rounding"]["decimals"], scheme["grade_on_rounded"]) == (
        "half up",
        1,
        True,
    )


def test_a_policy_with_errors_is_left_out(tmp_path: Path, capsys) -> None:
    """Its findings are told on stderr, the others are printed, and the exit code is 1."""
    (tmp_path / "bad.yaml").write_text(POLICY.replace("，缺数报错", ""), encoding="utf-8")
    (tmp_path / "good.yaml").write_text(POLICY, encoding="utf-8")
    assert main(["check", "--format", "policy", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert [Path(policy["file"]).name for policy in json.loads(out)["policies"]] == ["good.yaml"]
    assert "E703" in err


def test_shipped_policies_are_told_as_the_schema_says(capsys) -> None:
    """Every shipped policy, as `grammar/checked.schema.json` describes it."""
    schema = json.loads(resource("grammar", "checked.schema.json").read_text(encoding="utf-8"))
    assert main(["check", "--format", "policy", str(ROOT / "policies")]) == 0
    told = json.loads(capsys.readouterr().out)
    Draft7Validator(schema).validate(told)
    shipped = [path for path in (ROOT / "policies").rglob("*.yaml") if not path.name.endswith(".test.yaml")]
    assert len(told["policies"]) == len(shipped)
