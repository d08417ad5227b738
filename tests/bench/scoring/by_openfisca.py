"""The units as OpenFisca variables: one variable for each measure and each node, its formula over all units at once.

Its numbers are binary ones of 32 bits.
"""

import numpy as np
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from tests.bench.scoring import data, tree

YEAR = "2025"
LIFT = 1e-3  # 32 bits hold seven digits: less than this is lost among them
UNIT = build_entity(key="unit", plural="units", label="A unit", is_person=True)


def _variable(name, formula=None):
    """A number of each unit, given or by a formula."""
    facts = {"value_type": float, "entity": UNIT, "definition_period": DateUnit.YEAR, "label": name}
    return type(_key(name), (Variable,), facts | ({"formula": formula} if formula else {}))


def _key(name):
    return name.lower().replace(" ", "_")


def _mean(parts):
    def formula(unit, period):
        values = np.stack([unit(_key(part), period) for part in parts])
        weights = ~np.isnan(values) * np.array(list(parts.values()), dtype=np.float32)[:, None]
        with np.errstate(invalid="ignore"):
            return (np.nan_to_num(values) * weights).sum(axis=0) / weights.sum(axis=0)

    return formula


def _delivery(unit, period):
    lost = 0
    for name, (target, step, points, most) in tree.RATES.items():
        below = np.floor(np.maximum(target - np.nan_to_num(unit(_key(name), period), nan=target), 0) / step + LIFT)
        lost += np.minimum(points * below, most)
    for name, (points, most) in tree.COUNTS.items():
        lost += np.minimum(points * np.nan_to_num(unit(_key(name), period)), most)
    return np.maximum(100 - lost, 0)


def _overall(unit, period):
    overall = _mean(tree.OVERALL)(unit, period)
    return np.where(unit(_key(tree.VETO), period) >= 1, np.minimum(overall, tree.CEILING), overall)


def _system():
    system = TaxBenefitSystem([UNIT])
    formulas = {name: _mean(parts) for name, parts in tree.GROUPS.items()}
    formulas |= dict.fromkeys(data.MEASURES) | {tree.DELIVERY: _delivery, tree.RESULT: _overall}
    for name, formula in formulas.items():
        system.add_variable(_variable(name, formula))
    return system


def run(file):
    """Scores and grades of every unit of a Parquet file."""
    table = pq.read_table(file, columns=list(data.MEASURES))
    simulation = SimulationBuilder().build_default_simulation(_system(), count=table.num_rows)
    for name in data.MEASURES:
        values = table[name].to_numpy()
        beyond = values > 100 if name in tree.BOUNDED else values % 1 > 0
        if (values < 0).any() or beyond.any():
            raise ValueError("values that cannot be")
        simulation.set_input(_key(name), YEAR, values)
    overall = simulation.calculate("overall", YEAR)
    hundredths = np.floor(overall * 100 + (0.5 + LIFT)).astype(np.int64)
    return hundredths, sum(hundredths < 100 * cut for cut in tree.CUTS)


def answer(ran):
    """Hundredths, and the grade as its place among A, B, C, D."""
    return [one.tolist() for one in ran]
