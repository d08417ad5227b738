"""The bank's second half-year of 2025 by hand: four branches, and the bank from all questionnaires together."""

from datetime import datetime
from fractions import Fraction
from pathlib import Path

from tests.policies.by_hand.paper import Line, Paper, lines_of, mean, number, numbered, sieve

# The factors in the study's order, each with its weight and its questions (the question's number).
FACTORS: dict[str, tuple[int, dict[str, int]]] = {
    "Brand": (6, {"Awareness of the brand": 1, "Public benefit": 2}),
    "Security": (5, {"Safety of funds": 3, "Liquidity": 4, "Privacy": 5}),
    "Premises": (4, {"Rest area": 6, "Safety of the premises": 7}),
    "Range of business": (3, {"": 8}),
    "Staff": (3, {"Attitude": 9, "Skill": 10}),
    "Further services": (
        2,
        {"Personal service": 11, "Complaints and suggestions": 12, "Equipment": 13, "Hours": 14, "Rewards": 15},
    ),
}
IMPORTANCE = {
    "Importance of the brand": 16,
    "Importance of security": 17,
    "Importance of the premises": 18,
    "Importance of the range of business": 19,
    "Importance of the staff": 20,
    "Importance of further services": 21,
}
BRANCHES = ["Main Street", "Riverside", "Station", "University"]
WHOLE, STATED = "Customer satisfaction", "Importance as stated"
BEGIN, END = datetime(2025, 7, 1), datetime(2026, 1, 1)


def calculate(folder: Path) -> dict[str, Paper]:
    """A paper for the bank, under "", and one for each branch."""
    count: dict[str, int] = {}
    forms = valid_forms(folder, count)
    papers = {"": score(forms)}
    papers |= {branch: score([form for form in forms if form["Branch"] == branch]) for branch in BRANCHES}
    for branch, paper in papers.items():
        complaints(folder, branch, paper)
    papers[""].rows["survey"] = count
    return papers


def score(forms: list[Line]) -> Paper:
    """Each factor is the mean of its questions (5 is 100 points, 1 is 20); the factors are weighed 6, 5, 4, 3, 3, 2."""
    paper = Paper()
    total = Fraction(0)
    for factor, (weight, questions) in FACTORS.items():
        points = {name: answers_mean(forms, number) * 20 for name, number in questions.items()}
        paper.scores |= {f"{WHOLE}/{factor}/{name}": each for name, each in points.items() if name}
        paper.scores[f"{WHOLE}/{factor}"] = mean(list(points.values()))
        total += paper.scores[f"{WHOLE}/{factor}"] * weight
    paper.scores[WHOLE] = total / (6 + 5 + 4 + 3 + 3 + 2)
    for name, question in IMPORTANCE.items():
        paper.scores[f"{STATED}/{name}"] = answers_mean(forms, question) * 20
    paper.scores[STATED] = mean([paper.scores[f"{STATED}/{name}"] for name in IMPORTANCE])
    paper.score = half_even(paper.scores[WHOLE])
    grades = [(90, "Excellent"), (80, "Good"), (60, "Fair"), (0, "Poor")]
    paper.grade = next(grade for least, grade in grades if paper.score >= least)
    return paper


def half_even(value: Fraction) -> Fraction:
    """Two decimals; a value exactly between two of them goes to the even one, as `round` of a fraction does."""
    return Fraction(round(value * 100), 100)


def answer(form: Line, question: int) -> Fraction | None:
    """The answer to a question."""
    cell = numbered(form, question)
    return None if cell is None else number(cell)


def answers(form: Line) -> list[Fraction]:
    """The answers given."""
    return [given for question in range(1, 22) if (given := answer(form, question)) is not None]


def answers_mean(forms: list[Line], question: int) -> Fraction:
    """The mean of the answers given to a question."""
    return mean([given for form in forms if (given := answer(form, question)) is not None])


def valid_forms(folder: Path, count: dict[str, int]) -> list[Line]:
    """The questionnaires of the half-year without the invalid ones."""
    wrong = {
        "out": lambda form: not BEGIN <= datetime.fromisoformat(str(form["Submitted"])) < END,
        "incomplete": lambda form: len(answers(form)) * 100 < 21 * 80,
        "too fast": lambda form: int(str(form["Duration (in seconds)"])) < 45,
        "straight": lambda form: len(set(answers(form))) == 1,
    }
    return sieve(lines_of(folder / "branch_survey.csv"), wrong, count, each="Customer")


def complaints(folder: Path, branch: str, paper: Paper) -> None:
    """How many complaints came in the half-year, and how long the answer took on average, in days."""
    rows = [line for line in lines_of(folder / "complaints.csv") if branch in {"", line["Branch"]}]
    days: list[Fraction] = []
    for line in rows:
        received, answered = (datetime.fromisoformat(str(line[name])) for name in ("Received", "Answered"))
        if BEGIN <= received < END:
            days.append(Fraction(int((answered - received).total_seconds()), 24 * 3600))
    paper.measured = {"Complaints received": Fraction(len(days)), "Time to answer": mean(days)}
