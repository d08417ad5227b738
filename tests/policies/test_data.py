"""The collected data of the shipped policies: made again byte for byte, and as untidy as data are."""

import sys
from pathlib import Path
from subprocess import run

import pytest

from tests.policies.by_hand import bank, expectation_gap, manufacturer, metal_products, post, telecom

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "policies" / "data"


def test_the_script_makes_the_same_bytes(tmp_path: Path) -> None:
    """Making the data anew changes no byte of any file, and no file is missing or left over."""
    run([sys.executable, str(ROOT / "tools" / "make_data.py"), str(tmp_path)], check=True)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    kept = {path.relative_to(DATA): path.read_bytes() for path in DATA.rglob("*.*")}
    assert made.keys() == kept.keys()
    assert [path for path in made if made[path] != kept[path]] == []


@pytest.mark.parametrize(
    "count",
    [
        metal_products.calculate(DATA / "metal_products")[""].rows["survey"],
        manufacturer.calculate(DATA / "manufacturer").rows["survey"],
        telecom.calculate(DATA / "telecom")[""].rows["survey"],
        expectation_gap.calculate(DATA / "expectation_gap")[""].rows["survey"],
        bank.calculate(DATA / "bank")[""].rows["survey"],
        post.calculate(DATA / "post")[""].rows["survey"],
    ],
    ids=["metal_products", "manufacturer", "telecom", "expectation_gap", "bank", "post"],
)
def test_every_kind_of_invalid_questionnaire_occurs(count: dict[str, int]) -> None:
    """A few hundred questionnaires, each validity sentence refuses some, and every row is accounted for."""
    reasons = [name for name in count if name not in {"rows", "valid"}]
    assert 200 < count["rows"] < 400
    assert all(count[reason] > 0 for reason in reasons)
    assert count["rows"] == count["valid"] + sum(count[reason] for reason in reasons)
