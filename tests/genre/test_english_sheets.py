"""English score sheets as word processors and spreadsheets leave them: numbers in words, points first, names with numbers."""

import pytest

from engine.language.parser import parse_sentence
from tests.genre.test_english import meaning_of

NUMBERS = {
    "Deduct five to eight points for a poor finish": "at the assessor's discretion deduct 5 to 8 if it is poor",
    "A half-point deduction applies to each torn cover": "deduct 0.5 per torn cover",
    "A .5 deduction will be assessed per dropped pallet": "deduct 0.5 per dropped pallet",
    "No points are awarded if the lift is 30 or older": "no marks if 30 and above",
    "Deduct 1/2 point for each blunt knife": "deduct 0.5 per blunt knife",
    "Lose thirty points for every lost key": "deduct 30 per lost key",
    "Four or more dents: no points": "no marks if 4 occurrences and above",
    "Between two and four dents: 6 points, over four dents: 0 points": (
        "score 6 if 2 occurrences to 4 occurrences; no marks if over 4 occurrences"
    ),
    "Each torn strap will cost the crew 4pts": "deduct 4 per torn strap",
    "Spills: 3 or 4 = 2 points; none = 5 points; 5 or more = 0 points": (
        "score 2 if 3 to 4; score 5 if there are none; no marks if 5 and above"
    ),
}
FROM_A_WORD_PROCESSOR = {
    "0–3 gaps: 9 points; more than 3 gaps: 0 points": (
        "score 9 if 0 occurrences to 3 occurrences; no marks if over 3 occurrences"
    ),
    "The guard doesn’t sign in: –4 points": "deduct 4 if it is not signed",
    "97% – 100%: 8 points; under 97%: 0 points": "score 8 if 97% to 100%; no marks if below 97%",
    "• Deduct 3 points for each blocked aisle": "deduct 3 per blocked aisle",
    "Lamp missing → deduct 2": "deduct 2 if the lamp is missing",
    "Over 40s on hold -> -6 points": "deduct 6 if over 40 seconds",
}
NAMES_WITH_NUMBERS = {
    "Deduct 3 points for every P2 call that is dropped": "deduct 3 per dropped call",
    "Each P1 outage not cleared within 3 hours: deduct 9 points": "deduct 9 per outage",
    "Deduct 4 points for each 8D report without a cause": "deduct 4 per report",
    "ISO 14001 certified: 6 points; not certified: 0 points": "score 6 if it is certified; no marks if it is not",
    "Each severity 2 fault deducts 5 points": "deduct 5 per fault",
    "Bins not emptied by 7 am: deduct 2 points": "deduct 2 if they are not emptied",
    "Log not sent by 18:30: deduct 3 points": "deduct 3 if it is not sent",
    "Plan submitted after the 3rd of the month: deduct 4 points": "deduct 4 if it is late",
    'Any tag marked "hold" results in an automatic zero': "no marks if it is on hold",
    'Deduct 6 points if the lot is stamped "return"': "deduct 6 if it is to be returned",
    "Cold room above 6°C: deduct 7 points": "deduct 7 if over 6",
}
POINTS_FIRST = {
    "12 points: 97% or more; 6 points: 92% to 97%; 0 points: below 92%": (
        "score 12 if 97% and above; score 6 if 92% to 97%; no marks if below 92%"
    ),
    "9 = 94% or more; 4 = 88-93%; 0 = below 88%": "score 9 if 94% and above; score 4 if 88% to 93%; no marks if below 88%",
    "80 if <30 PPM, 40 if <70, 0 if >70": "score 80 if below 30; score 40 if below 70; no marks if over 70",
    "6 points if certified, 0 points otherwise": "score 6 if it is certified; otherwise no marks",
    "Uptime: 97% and above – 9; 92% to 97% – 5; less than 92% – 0": (
        "score 9 if 97% and above; score 5 if 92% to 97%; no marks if below 92%"
    ),
    "Upkeep: Good = 6, Fair = 3, Poor = 0": "score 6 if it is good; score 3 if it is fair; no marks if it is poor",
    "8 points if above 85%, otherwise 0": "score 8 if over 85%; otherwise no marks",
    "3 = fully kept; 1 = partly kept; 0 = not kept": "score 3 if it is kept; score 1 if it is so in part; no marks if it is not",
    "4 points if all bays are clear; 2 points if one bay is blocked; 0 points if several bays are blocked": (
        "score 4 if all is clear; score 2 if one is blocked; no marks if several are blocked"
    ),
}
TAKEN_OR_GIVEN = {
    "3 points per missing seal": "deduct 3 per missing seal",
    "Torn covers not mended: 2 points each": "deduct 2 per cover",
    "Each unsigned sheet is worth 3 points": "deduct 3 per unsigned sheet",
    "4 points for each module passed, maximum 12 points": "add 4 per module, add at most 12",
    "Each accepted paper carries 5 marks": "add 5 per accepted paper",
    "2 marks per year of practice, up to 8 marks": "add 2 per year of practice, add at most 8",
    "1-2 stains: 6 points; 3-4 stains: 2 points; no stains: 9 points": (
        "score 6 if 1 occurrence to 2 occurrences; score 2 if 3 occurrences to 4 occurrences; score 9 if there are none"
    ),
    "Deductions: 3 points per late sheet, 7 points per lost sheet": "deduct 3 per late sheet, deduct 7 per lost sheet",
    "Points will be lost as follows: 1 point for each dent, 4 points for each crack": "deduct 1 per dent, deduct 4 per crack",
    "If the answer is YES - 4 points; if the answer is NO - 0 points": "score 4 if it is so; no marks if it is not",
    "For every passed test, three marks will be awarded and for every failed test, one mark will be deducted": (
        "add 3 per passed test, deduct 1 per failed test"
    ),
    "Checks not done as per plan: deduct 2 points": "deduct 2 if they are not done",
    "Over 4 late crews: team loses 6 points": "deduct 6 if over 4 occurrences",
    "No soap at the basin (minus 3 points)": "deduct 3 if there is no soap",
}
OF_THE_WHOLE = {
    "Zero for this section if the page is blank": "no marks if it is blank",
    "Any forged entry results in a score of zero for the quarter": "no marks if it is forged",
    "Every late file is penalised with a reduction of 6 points from the final grade of the course": "deduct 6 per late file",
    "The total deduction for this section shall not exceed 15 points": "in total at most 15",
    "The score cannot be less than zero": "not below 0",
    "Doors not sealed, irrespective of the reason: deduct 4 points": "deduct 4 if they are not sealed",
    "A failing grade if the vault is open": "grade fail if the vault is open",
    "Blocked exit = automatic failure of the audit": "grade fail if it is blocked",
    "Missed audits shall count as zero (0)": "no marks if it is missed",
    "No badge without good reason: a 0 for that shift": "no marks if there is no badge",
    "Each late entry = -2 points from the total (50 points)": "deduct 2 per late entry",
    "Forging a stamp will result in a score of zero for all crews involved": "no marks if it is forged",
}
STEPS = {
    "Penalize by 3 points for each percentage point over 90%": "target 90%, deduct 3 per 1 pp above target",
    "You will lose two points for each day late your file is": "deduct 2 per day late",
    "Load above 70% loses 3 points per percentage point": "target 70%, deduct 3 per 1 pp above target",
    "If uptime drops below 99.2%, 4 points will be deducted for each 0.1% shortfall": (
        "target 99.2%, deduct 4 per 0.1% below target"
    ),
    "Repair time beyond 3 hours: 2 points deducted per hour or part thereof": (
        "target 3 hours, deduct 2 per 1 hour above target, part steps count as whole steps"
    ),
    "The hauler shall lose 2 points for each day of delay in sending the log": "deduct 2 per day late",
    "Idle time over 40 minutes: 3 points deducted per case": "deduct 3 per case",
    "0.5 point is deducted for every 0.2% the scrap rate exceeds 3%": "target 3%, deduct 0.5 per 0.2% above target",
    "Deduct 1 point for each 1% of orders below 96%": "target 96%, deduct 1 per 1% below target",
    "+3 points for each percentage point of margin above target": "add 3 per 1 pp above target",
    "For each 1% shortfall against target, 3 points will be deducted": "deduct 3 per 1% below target",
    "Deduct 2 points for each 20 seconds over the target handling time": "deduct 2 per 20 seconds late",
    "One mark is lost for each day or partial day that the file is late": "deduct 1 per started day late",
}
RANGES = {
    "20 minutes to 2 hours: 4 points; more than 2 hours: 0 points": (
        "score 4 if 20 minutes to 120 minutes; no marks if over 2 hours"
    ),
    "Score of 85 or above: Gold; 70 to 84: Silver; below 70: Bronze": (
        "grade bands: Gold 85 and above; Silver 70 to 84; Bronze below 70"
    ),
    "Turnover above 12 million: 9 marks; 6 to 12 million: 4 marks; below 6 million: 0 marks": (
        "score 9 if over 12; score 4 if 6 to 12; no marks if below 6"
    ),
}
SAID = {
    words: meaning
    for group in (
        NUMBERS,
        FROM_A_WORD_PROCESSOR,
        NAMES_WITH_NUMBERS,
        POINTS_FIRST,
        TAKEN_OR_GIVEN,
        OF_THE_WHOLE,
        STEPS,
        RANGES,
    )
    for words, meaning in group.items()
}


@pytest.mark.parametrize(("words", "meaning"), SAID.items(), ids=str)
def test_what_such_a_sheet_says(words: str, meaning: str) -> None:
    """A sheet's signs, its order of points and range, and what only says of what the points are, decide nothing."""
    assert [meaning_of(one) for one in parse_sentence(words)] == [meaning_of(one) for one in parse_sentence(meaning)]


@pytest.mark.parametrize(
    "words",
    [
        "Rating below 85%: 3 points; below 75%: 6 points",  # the second would never be given
        "Cracks found: 2 points each",  # for finding them, or for having them
        "5 points per visit",
        "Each module is worth 4 points",
        "1 = poor, 4 = fine",
        "Late by 1 or 2 days: 5 points",
        "Over 4 complaints: lose 3 points per day",  # of what
        "Sign every page or you will receive no marks",  # not if every page is signed
        "4 points shall be deducted for every additional 15 seconds",  # beyond what
    ],
)
def test_points_that_may_be_taken_or_given_are_asked_back(words: str) -> None:
    """Where neither the words nor the other marks say which, both sentences are shown."""
    with pytest.raises(ValueError, match=words[:10]):
        parse_sentence(words)
