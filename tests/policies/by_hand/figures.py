"""How figures and tables stand on the page of the calculations by hand."""

from fractions import Fraction

from tests.policies.by_hand.paper import Paper


def shown(value: Fraction) -> str:
    """A number in full if it ends within four decimals, else to four decimals and marked."""
    scaled = value * 10000
    if scaled.denominator == 1:
        return f"{float(value):.4f}".rstrip("0").rstrip(".")
    return f"≈{float(value):.4f}"


def table(header: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; columns after the first are figures."""
    lines = [header, ["---"] + ["---:"] * (len(header) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def questionnaires(paper: Paper, reasons: dict[str, str], source: str = "survey") -> str:
    """Where the returned questionnaires went."""
    count = paper.rows[source]
    header = ["问卷 Questionnaires", *reasons.values(), "有效 valid"]
    return table(header, [[str(count["rows"]), *(str(count[reason]) for reason in reasons), str(count["valid"])]])
