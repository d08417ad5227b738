"""Units from a Parquet file to a file of results, in the order of its rows."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import engine
from engine.insight.columns import Tally, evaluate_file
from tests.columns.test_columns import SCHEME
from tests.evaluation.schemes import policy_of

UNITS = "units: {by: [店]}\n"
ROWS = "FROM (VALUES ('甲', 96.3, 3), ('乙', 98.0, 25), ('丙', NULL, 0)) t(店, otd, 投诉次数)"
# 98 - 96.3 is one step, 0.5 points, and three complaints cost 3; 25 complaints leave 75; without its rate 丙 has none.
EXPECTED = [
    ("甲", "value", Decimal("96.5"), "优"),
    ("乙", "value", Decimal("75.0"), "差"),
    ("丙", "missing", None, None),
]


def _units(folder: Path, rows: str = ROWS) -> Path:
    file = folder / "units.parquet"
    relation = duckdb.sql(rows)
    assert relation is not None
    relation.write_parquet(str(file))
    return file


def _read(output: Path, *columns: str) -> list[tuple[Any, ...]]:
    read = duckdb.read_csv if output.suffix == ".csv" else duckdb.read_parquet
    return read(str(output)).select(*map(duckdb.ColumnExpression, columns)).fetchall()


@pytest.mark.parametrize("name", ["out.parquet", "out.csv"])
def test_results_beside_their_units(tmp_path: Path, name: str) -> None:
    """Scores are decimals with the policy's places; the column of the units is carried over."""
    ready, output = engine.prepare(policy_of(SCHEME, UNITS)), tmp_path / name
    assert evaluate_file(ready, _units(tmp_path), output) == Tally(units=3, scored=2, exactly=0)
    found = _read(output, "店", "state", "score", "grade")
    assert [
        (unit, state, score if score is None else Decimal(str(score)), grade) for unit, state, score, grade in found
    ] == EXPECTED


def test_steps_beside_the_results(tmp_path: Path) -> None:
    """With steps what each line takes, as numbers: 0.5 and 3."""
    ready, output = engine.prepare(policy_of(SCHEME, UNITS)), tmp_path / "out.parquet"
    evaluate_file(ready, _units(tmp_path), output, steps=True)
    columns = ("总分/准时交付率/loss", "总分/投诉次数/loss", "总分/combination")
    assert _read(output, *columns) == [(0.5, 3, 96.5), (0, 25, 75), (None, 0, None)]


def test_many_blocks_keep_their_order(tmp_path: Path) -> None:
    """300,000 rows, more than are read at a time."""
    rows = "SELECT i::VARCHAR AS 店, 98.0::DOUBLE AS otd, (i % 7)::DOUBLE AS 投诉次数 FROM range(300000) r(i)"
    ready, output = engine.prepare(policy_of(SCHEME, UNITS)), tmp_path / "out.parquet"
    assert evaluate_file(ready, _units(tmp_path, rows), output).units == 300_000
    found = _read(output, "店", "score")
    assert found == [(str(n), Decimal(100 - n % 7)) for n in range(300_000)]


def test_a_faulty_value_leaves_nothing_behind(tmp_path: Path) -> None:
    """101 % in a row is refused like everywhere; a file of results that stood there stays."""
    ready, output = engine.prepare(policy_of(SCHEME, UNITS)), tmp_path / "out.parquet"
    output.write_text("before", encoding="utf-8")
    with pytest.raises(engine.Refused) as refused:
        evaluate_file(ready, _units(tmp_path, ROWS.replace("98.0", "101.0")), output)
    assert [found.code for found in refused.value.diagnostics] == ["E920"]
    assert (output.read_text(encoding="utf-8"), sorted(path.name for path in tmp_path.iterdir())) == (
        "before", ["out.parquet", "units.parquet"],
    )  # fmt: skip


def test_a_column_that_is_no_measure_is_asked_back(tmp_path: Path) -> None:
    """A header that the policy does not know is no unit."""
    ready = engine.prepare(policy_of(SCHEME, UNITS))
    with pytest.raises(engine.Refused) as refused:
        evaluate_file(ready, _units(tmp_path, ROWS.replace("otd", "otx")), tmp_path / "out.parquet")
    assert [found.code for found in refused.value.diagnostics] == ["E942"]


def test_units_are_placed_among_all_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """30 lies half-way between 10 and 50, although the 50 stands behind all that is read at a time."""
    monkeypatch.setattr("engine.evaluation.columns.files.BLOCKS", 1)
    rows = "SELECT i::VARCHAR AS 店, CASE i WHEN 0 THEN 30 WHEN 2999 THEN 50 ELSE 10 END AS 产出 FROM range(3000) r(i)"
    policy = policy_of("总分：等权平均\n  产出：数值，以各单位最低至最高折合0-100分\n", UNITS)
    output = tmp_path / "out.parquet"
    assert evaluate_file(engine.prepare(policy), _units(tmp_path, rows), output).scored == 3000
    assert [score for (score,) in _read(output, "score")] == [50, *[0] * 2998, 100]


def test_scores_that_are_not_rounded_are_fractions(tmp_path: Path) -> None:
    """(0 + 100 + 100)/3 = 200/3 has no last decimal."""
    policy = policy_of("- 不修约，缺数报错\n总分：等权平均\n  甲：得分\n  乙：得分\n  丙：得分\n", UNITS)
    output = tmp_path / "out.parquet"
    tally = evaluate_file(
        engine.prepare(policy), _units(tmp_path, "SELECT '一' AS 店, 0 AS 甲, 100 AS 乙, 100 AS 丙"), output
    )
    assert (tally.exactly, _read(output, "score")) == (1, [("200/3",)])
