"""The bank: an English survey export and a complaint log, both as CSV."""

from datetime import datetime, timedelta
from random import Random

from collected.chance import between, moment, opinion, pick
from collected.questionnaires import Questionnaire, again, spoil
from collected.sheets import Row, Sheet

BRANCHES = {"Main Street": 0.2, "Riverside": 0.0, "Station": -0.3, "University": 0.1}
TYPES = ["Personal", "Personal", "Personal", "Business", "Private banking"]
QUESTIONS = [
    "I know what this bank stands for",
    "This bank does good for the public",
    "My money is safe here",
    "I can turn my savings into cash when I need it",
    "My personal data are kept confidential",
    "There is somewhere to sit and wait",
    "I feel safe in the branch",
    "The bank offers all the services I need",
    "The staff are friendly",
    "The staff know their business",
    "I am served as a person",
    "Complaints and suggestions are taken up",
    "Machines and technology are up to date",
    "Opening hours suit me",
    "Customers are rewarded",
    "How important - a known brand",
    "How important - security",
    "How important - the premises",
    "How important - the range of business",
    "How important - the staff",
    "How important - further services",
]
EXPECTED = [4.1, 3.7, 4.6, 4.2, 4.3, 3.5, 4.4, 4.0, 4.2, 4.1, 3.6, 3.4, 3.9, 3.3, 3.1]
IMPORTANT = [4.0, 4.8, 3.4, 4.1, 4.2, 3.3]


def survey(seed: int) -> Sheet:
    """The second half-year's questionnaires, satisfaction and stated importance from 1 to 5."""
    chance = Random(seed)
    forms: list[Questionnaire] = []
    for number in range(304):
        branch = pick(chance, [*BRANCHES])
        lift = BRANCHES[branch]
        answers = opinion(chance, [each + lift for each in EXPECTED], 1, 5) + opinion(chance, IMPORTANT, 1, 5)
        at, seconds = moment(chance, datetime(2025, 7, 2), 178), between(chance, 60, 480)
        facts: Row = [f"C{40000 + number * 11}", branch, pick(chance, TYPES)]
        forms.append(Questionnaire(at=at, seconds=seconds, facts=facts, answers=list(answers)))
    spoil(chance, forms, {"hurried": 10, "straight": 9, "broken off": 8, "one left out": 45})
    again(chance, forms, 9, lambda: opinion(chance, EXPECTED, 1, 5) + opinion(chance, IMPORTANT, 1, 5))
    for form in forms[:6]:
        form.at -= timedelta(days=184)
    rows: list[Row] = [
        [f"R{number:04d}", f"{form.at:%Y-%m-%d %H:%M:%S}", form.seconds, *form.facts, *form.answers]
        for number, form in enumerate(sorted(forms, key=lambda each: each.at), start=1)
    ]
    header = ["Response ID", "Submitted", "Duration (in seconds)", "Customer", "Branch", "Customer type"]
    header += [f"{number}. {text}" for number, text in enumerate(QUESTIONS, start=1)]
    return Sheet(name="responses", header=header, rows=rows)


def complaints() -> Sheet:
    """The complaint log of the year, with the moments of receipt and answer."""
    chance = Random(4001)
    received = sorted(moment(chance, datetime(2025, 1, 6), 350) for _ in range(64))
    rows: list[Row] = []
    for number, at in enumerate(received, start=1):
        answered = at + timedelta(days=between(chance, 0, 9), seconds=between(chance, 1800, 28800))
        what = pick(chance, ["Queue", "Fee", "Card kept by the machine", "Staff", "Statement"])
        branch = pick(chance, [*BRANCHES])
        rows.append([number, f"{at:%Y-%m-%d %H:%M}", f"{answered:%Y-%m-%d %H:%M}", branch, what])
    return Sheet(name="complaints", header=["No.", "Received", "Answered", "Branch", "About"], rows=rows)
