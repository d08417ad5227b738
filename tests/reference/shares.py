"""How many of the drawn cases are of which kind: told with every run, and asked for by a test."""

from collections import Counter
from fractions import Fraction as F

from tests.reference.figures import Json
from tests.reference.measuring import NEAR, STATES, Measures, distance

Shares = Counter[tuple[str, str]]
COUNTS = {F(0): "0", F(1): "1", F(2): "2", F(1_000_000): "a million"}


def kinds(scheme: Json, measures: Measures, told: dict[str, Json]) -> Shares:
    """What one case counts for."""
    beside, lines = distance(scheme, told), scheme["indicators"]
    at = "none" if beside is None else "on" if not beside else "within 1e-7" if beside <= NEAR else "farther"
    levels = max(path.count("/") + 1 for path, line in lines.items() if not line["asked"])
    absent = sum(found.state in STATES and found.cases is None for found in measures.values())
    missing = (
        "none"
        if not absent
        else "all"
        if absent == len(measures)
        else "half or more"
        if 2 * absent >= len(measures)
        else "some"
    )
    found: Shares = Counter({("cut", at): 1, ("levels", str(levels)): 1, ("missing", missing): 1})
    found["rounding", scheme["rounding"]["mode"]] += 1
    found["result", told[scheme["result"]]["state"]] += 1
    for path, measure in measures.items():
        if lines[path]["kind"] == "count" and measure.there:
            found["counts", COUNTS.get(measure.number, "others")] += 1
    return found


def part(shares: Shares, kind: str, name: str) -> F:
    """The part of a kind that is so."""
    return F(shares[kind, name], sum(count for (one, _), count in shares.items() if one == kind))


def rendered(shares: Shares) -> str:
    """One line for each kind."""
    names: dict[str, list[str]] = {}
    for kind, name in sorted(shares):
        names.setdefault(kind, []).append(f"{name} {float(100 * part(shares, kind, name)):.1f} %")
    return "".join(f"{kind}: {', '.join(told)}\n" for kind, told in names.items())
