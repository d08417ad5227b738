"""Rules as English scorecards, service contracts, inspections and grading policies have them, and what each says.

Beside each stands the same rule in the words in which rubric prints rules; those are tested by themselves.
"""

from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

import pytest

from engine.language import syntax as s
from engine.language.parser import parse_sentence

PER_OCCURRENCE = {
    "A two point deduction for each missing torque record": "deduct 2 per missing torque record",
    "Three-point deduction for every unsealed crate": "deduct 3 per unsealed crate",
    "You will lose 4 points for every skipped check": "deduct 4 per skipped check",
    "-3 points per unlabelled sample": "deduct 3 per unlabelled sample",
    "-2 for each late reply": "deduct 2 per late reply",
    "Each dented drum = -5 points": "deduct 5 per dented drum",
    "Each wrong pick will cost the warehouse 2 points": "deduct 2 per wrong pick",
    "Every missed handover will result in a deduction of 3 points": "deduct 3 per missed handover",
    "Each open gate results in a 6 point deduction": "deduct 6 per open gate",
    "Loss of 2 points for each unread alarm": "deduct 2 per unread alarm",
    "1.5 marks shall be deducted for each unsigned page": "deduct 1.5 per unsigned page",
    "One mark deducted for every blank field": "deduct 1 per blank field",
    "Each broken seal will reduce the score by 4 points": "deduct 4 per broken seal",
    "The score is reduced by 4 points per broken seal": "The: deduct 4 per broken seal",
    "1 point is lost for every three scratches": "deduct 1 per 3 scratches",
    "Minor scratches: deduct 2 points each": "Minor scratches: deduct 2 per scratch",
    "Deduct 3 points for each reply within 30 minutes": "deduct 3 per reply",
    "Deduct 4 points for each parcel more than 2 days late": "deduct 4 per parcel",
    "+2 points per accepted idea, up to a maximum of 6 points": "add 2 per accepted idea, add at most 6",
    "3 points will be awarded for each passed module": "add 3 per passed module",
    "Extra credit of 2 points for each solved puzzle": "add 2 per solved puzzle",
    "Penalty: 4 points per dented drum": "deduct 4 per dented drum",
    "Points deducted: 2 per torn page": "deduct 2 per torn page",
    "10 penalty points for each open gate": "deduct 10 per open gate",
    "3 demerits for each blocked exit": "deduct 3 per blocked exit",
    "The score should be reduced by 6 points per missing seal": "The: deduct 6 per missing seal",
    "Deduct 5 points for each absence (maximum deduction: 20 points)": "deduct 5 per absence, at most 20",
    "Bonus: 1 point for each idea (maximum 5)": "add 1 per idea, add at most 5",
    "Each raised flag reduces the overall safety score by 4 points": "deduct 4 per raised flag",
    "You will lose 5 points for each extra part, with a maximum of -10 points": "deduct 5 per extra part, at most 10",
    "Get 10 bonus points for each review": "add 10 per review",
    "Whenever a pallet is dropped, deduct 3 points": "deduct 3 per dropped pallet",
    "Every time a bay is left dirty, it is penalised with a deduction of 4 points": "deduct 4 per dirty bay",
    "Everytime a lamp fails you will lose 1 point": "deduct 1 per failed lamp",
    "Deduct a point per dented lid": "deduct 1 per dented lid",
    "Crews lose a mark for every blank box": "crews: deduct 1 per blank box",
    "A point is deducted for each scratched door": "deduct 1 per scratched door",
    "Fifteen points will be deducted for each dropped pallet": "deduct 15 per dropped pallet",
    "Twenty-five points off for each open valve": "deduct 25 per open valve",
    "Lose twelve points for every lost key": "deduct 12 per lost key",
    "Six (6) points will be deducted for every loose bolt": "deduct 6 per loose bolt",
    "Deduct 2 points for every three (3) blank rows": "deduct 2 per 3 blank rows",
    "After every 5 wrong picks, one point will be deducted from your score": "deduct 1 per 5 wrong picks",
    "After each unread alarm, 2 points are lost": "deduct 2 per unread alarm",
    "Deduct 1 point after every third-party claim": "deduct 1 per third-party claim",
    "Each certificate increases the score by 3 points": "add 3 per certificate",
    "Every repaired lamp will raise your total by 2": "add 2 per repaired lamp",
    "Each accepted idea increases the team score by one point": "add 1 per accepted idea",
    "Each blocked aisle carries a 4-point penalty": "deduct 4 per blocked aisle",
    "Every torn strap carries a deduction of 3 points": "deduct 3 per torn strap",
    "Each yes costs one point": "deduct 1 per yes",
    "Deduct 2 per box that leaks, smells, or sags": "deduct 2 per bad box",
    "Open drawers (-2 each)": "deduct 2 per open drawer",
    "Missed calls (-3 points each, max -12)": "deduct 3 per missed call, at most 12",
    "Solved cases (+4 each, max 20)": "add 4 per solved case, add at most 20",
    "Deduct 2 per stain, to a maximum of 16 points per quarter": "deduct 2 per stain, not exceeding 16 points per quarter",
    "Each blocked exit will result in a 7-point reduction in the safety rating": "deduct 7 per blocked exit",
    "Each dropped call accrues 2 penalty points": "deduct 2 per dropped call",
    "A 4 point penalty will be assessed for each rule that is broken": "deduct 4 per broken rule",
    "Crews will be assessed a 3-point penalty for each restart": "crews: deduct 3 per restart",
    "Deduct 3 per missed uptime target": "deduct 3 per missed goal",
    "Torn pages: 0.5 deducted for each": "deduct 0.5 per torn page",
    "Deduct 6 per major issue (broken seal, torn strap, open lid)": "deduct 6 per major issue",
    "Three points will be deducted for each loose part (e.g., bolts, clips, etc.)": "deduct 3 per loose part",
    "Each hint reduces your score by 3 points (capped at 12 total)": "deduct 3 per hint, total deduction at most 12",
}
SEVERAL = {
    "Gain 3 points for each repaired bench and lose 2 points for each broken one": (
        "repaired bench: add 3 per occurrence, broken one: deduct 2 per occurrence"
    ),
    "You will earn 4 points per sealed box, and you will lose 3 points per open box": (
        "sealed box: add 4 per occurrence, open box: deduct 3 per occurrence"
    ),
    "-6 for each major leak, -2 for each minor leak": (
        "major leak: deduct 6 per occurrence, minor leak: deduct 2 per occurrence"
    ),
}
LATE = {
    "Late drawings will incur a 2-point deduction for each day past the due date": "deduct 2 per day late",
    "Each day of delay reduces the score by 3 points": "deduct 3 per day late",
    "For every week overdue, 4 points are deducted": "deduct 4 per week late",
    "0.5 points off for each late hour": "deduct 0.5 per hour late",
    "Six points are deducted for each calendar day after the deadline": "deduct 6 per day late",
    "2 marks will be deducted for each day (or part thereof) late": "deduct 2 per started day late",
    "Minutes filed late lose 3 points per day": "deduct 3 per day late",
    "4 points will be deducted for each day or partial day late": "deduct 4 per started day late",
    "3 points will be deducted for each week (or portion thereof) that the audit is overdue": (
        "deduct 3 per started week late"
    ),
    "A crew might lose 5 marks for every 12 hours the report is late": "deduct 5 per 12 hours late",
    "2 points off for each full day late": "deduct 2 per day late, whole steps only",
    "Deduct 1 for each whole hour overdue": "deduct 1 per hour late, whole steps only",
    "Late penalty: 5 points per day": "deduct 5 per day late",
    "10 per cent of the total points will be deducted from your score for each day late": (
        "deduct 10% of its points per day late"
    ),
    "15% of the total points will be deducted for each day late": "deduct 15% of its points per day late",
    "Deduct 2 points for every six (6) hours the report is late": "deduct 2 per 6 hours late",
    "7% of the maximum points are deducted for each day late": "deduct 7% of its points per day late",
    "Deduct 1 point for every 15 seconds over the time limit": "deduct 1 per 15 seconds late",
    "2 points off for each second late": "deduct 2 per second late",
    "Lose half a point per 30 seconds late": "deduct 0.5 per 30 seconds late",
    "3 points per day late": "deduct 3 per day late",
    "Late delivery: 4 points per 24 hours": "deduct 4 per 24 hours late",
    "5 points per week overdue, max 20": "deduct 5 per week late, at most 20",
    "Points will be deducted at the rate of 2 per week of delay, subject to a maximum of 8": "deduct 2 per week late, at most 8",
    "Late maps will be penalised 10% of the point value per day": "deduct 10% of its points per day late",
    "Any delay will be penalized by 2 marks per hour after the deadline has passed": "deduct 2 per hour late",
}
YES_OR_NO = {
    "Missing insurance will result in a loss of 8 points": "deduct 8 if Missing insurance",
    "Failure to badge in: 4 point deduction": "deduct 4 if Failure to badge in",
    "If the forklift is left unlocked, 6 points shall be deducted": "deduct 6 if the forklift is left unlocked",
    "Where a lift is out of order, 3 points will be lost": "deduct 3 if a lift is out of order",
    "40% of the marks will be deducted if the logbook is torn": "deduct 40% of its points if the logbook is torn",
    "No credit will be given": None,
    "If the sample is spoilt, it will receive no credit": "no marks if the sample is spoilt",
    "Tampering with the meter will result in a score of zero": "no marks if Tampering with the meter",
    "Blank forms will receive zero": "no marks if Blank forms",
    "0 points are awarded if the seal is broken": "no marks if the seal is broken",
    "Automatic zero if the permit has lapsed": "no marks if the permit has lapsed",
    "No marks for copied work": "no marks if copied work",
    "Automatic fail if the guest is insulted": "the guest is insulted: grade fail",
    "Grade is reduced to C if any core duty fails": "any core duty fails: grade C",
    "Score is limited to 55 if a fire door is locked": "capped at 55 if a fire door is locked",
    "If the crate is open, it will be given a grade of zero": "no marks if the crate is open",
    "If the seal is broken, your final grade will be reduced by 3 points": "deduct 3 if the seal is broken",
    "If the crew is slow, that crew will not receive any points": "no marks if the crew is slow",
    "If the lamp is out, you will not receive any points": "no marks if the lamp is out",
    "Unlabelled drums will be scored at zero": "no marks if Unlabelled drums",
    "No credit will be given for this section if the page is blank": "no marks if the page is blank",
    "Full points will be awarded if the lock holds": "full marks if the lock holds",
    "If the pump starts at once, full credit will be given": "full marks if the pump starts at once",
    "Half marks if the drawing has no scale": "deduct 50% of its points if the drawing has no scale",
    "Half of the points are deducted if the cover is torn": "deduct 50% of its points if the cover is torn",
    "Undated plans will receive half credit": "deduct 50% of its points if Undated plans are found",
    "-5 points from your final score if the seal is broken": "deduct 5 if the seal is broken",
    "An additional 5 points will be given if the crew is certified": "add 5 if the crew is certified",
    "If at least one lamp fails, no marks": "no marks if a lamp fails",
    "Missing stamp (-3)": "deduct 3 if Missing stamp",
    "No guard fitted (-4 points)": "deduct 4 if No guard fitted",
    "Deduct 5 points if a call is not answered within 3 hours": "deduct 5 if a call goes unanswered for long",
    "If the gate is open, 6 points will be docked off": "deduct 6 if the gate is open",
    "Rude replies shall have 4 points docked off": "deduct 4 if rude replies are sent",
    "8 points will be docked if the pump is not primed": "deduct 8 if the pump is not primed",
    "Plans without a date are subject to a 5 point deduction": "deduct 5 if there are plans without a date",
    "If the seal is torn, the crew is subject to a deduction of 7 points": "deduct 7 if the seal is torn",
    "A van left unlocked will be subject to a 3-point penalty": "deduct 3 if a van is unlocked",
    "Unsigned forms will have a 4 point deduction": "deduct 4 if unsigned forms are found",
    "Forms handed in late will have 15% of the points deducted": "deduct 15% of its points if forms are late",
    "A plan without a scale has 2 points deducted": "deduct 2 if a plan has no scale",
    "Deduct 15% of the total possible points if the form is late": "deduct 15% of its points if the form is late",
    "Nine percent (9%) of the assignment's value will be lost if the page is torn": "deduct 9% of its points if the page is torn",
    "30% from the earned grade will be deducted if the log is lost": "deduct 30% of the score if the log is lost",
    "Deduct 20% of the points earned if the map is blank": "deduct 20% of the score if the map is blank",
    "5% of your score will be deducted if the badge is missing": "deduct 5% of the score if the badge is missing",
    "Blank maps will receive a zero score": "no marks if Blank maps",
    "A torn ticket results in a score of 0.0": "no marks if a torn ticket",
    "If the switch is off, 2 points will be lost": "deduct 2 if the switch is off",
    "A bonus 6 points are awarded if the crew is certified": "add 6 if the crew is certified",
    "Deduct 3 if the strap frays, slips, or snaps": "deduct 3 if the strap is bad",
    "0 points will be awarded if the log is blank, torn, or written in pencil": "no marks if the log is bad",
    "Full marks if the van is washed, fuelled, and parked": "full marks if the van is fine",
    "Using a borrowed key: -4 points": "deduct 4 if using a borrowed key",
    "Leaving the gate open will cost 3 points": "deduct 3 if leaving the gate open",
    "Skipping a step you will lose 2 points": "deduct 2 if a step is skipped",
    "A bonus of 3 points will be awarded for zero defects": "add 3 if there are no defects",
    "-6 points for not wearing gloves": "deduct 6 if gloves are not worn",
    "5 points off for failure to sign out": "deduct 5 if the sign-out is missing",
    "You get 0 points if the seal is torn": "no marks if the seal is torn",
    "Torn forms score zero": "no marks if torn forms",
    "Wet boxes earn no points": "no marks if wet boxes",
    "A broken guard results in the loss of 6 points": "deduct 6 if a guard is broken",
    "Failure to log off: 5 points": "deduct 5 if failure to log off",
    "Failing to badge out: 2 points": "deduct 2 if failing to badge out",
    "Violation of the dress code: 3 points": "deduct 3 if violation of the dress code",
    "If the seal is torn, the score will be 0": "no marks if the seal is torn",
    "Any fatal fall results in an automatic score of zero": "no marks if any fatal fall",
    "Lose all points for this section if the page is blank": "no marks if the page is blank",
    "Blank forms: 0 points": "no marks if blank forms",
    "Reused badges: no credit": "no marks if reused badges",
    "If the lift has failed, the crew gets an overall rating of Poor": "grade Poor if the lift has failed",
    "Lose 3 points if late": "deduct 3 if it is late",
    "Not filing a plan is a zero": "no marks if no plan is filed",
    "You get 6 points if your van is clean": "score 6 if the van is clean",
    "If the crew leaves the bay, the score will be zeroed": "no marks if the crew leaves the bay",
}
IN_A_RANGE = {
    "97% or better: 15 points": "score 15 if 97% and above",
    "92-96% = 12 points": "score 12 if 92% to 96%",
    "100% compliance: 6 points": "compliance: score 6 if equal to 100%",
    "Below 85%: 0 points": "no marks if below 85%",
    "Less than 97.5% but greater than 96%: 12 points": "score 12 if over 96% but below 97.5%",
    "Full points for order accuracy of 99% or higher": "order accuracy: full marks if 99% and above",
    "Queue time of 4 minutes or less: 9 points": "Queue time: score 9 if 4 minutes and below",
    "Reply within 2 days: 7 points": "Reply: score 7 if 2 days and below",
    "60 to 120 PPM = 8 points": "PPM: score 8 if 60 to 120",
    "4 or more complaints: no points": "no marks if 4 occurrences and above",
    "Two or more lost parcels: no marks": "lost parcels: no marks if 2 occurrences and above",
    "If uptime drops below 98.5%, 7 points will be deducted": "uptime: deduct 7 if below 98.5%",
    "If more than 2 claims are filed, deduct 5 points": "claims are filed: deduct 5 if over 2 occurrences",
    "Less than 99.5% but greater than or equal to 98%: 6 points": "score 6 if at least 98% but below 99.5%",
    "Equal to or greater than 97%: 9 points": "score 9 if 97% and above",
    "Less than or equal to 40 PPM: 7 points": "PPM: score 7 if 40 and below",
    "Less than 90% = zero points": "no marks if below 90%",
    "98 percent or better: 10 points": "score 10 if 98% and above",
    "10 points if 96% or above": "score 10 if 96% and above",
    "8 points if between 90% and 95%": "score 8 if 90% to 95%",
    "Forms filed more than 4 days late will receive zero": "no marks if over 4 days",
    "If the file is more than 2 hours late, no marks": "no marks if over 2 hours",
    "Deduct 3 if more than 2 but at most 4": "deduct 3 if over 2 but up to 4",
    "5 points off if above 3 but no more than 6": "deduct 5 if over 3 but up to 6",
    "No more than 3 complaints: full marks": "full marks if 3 occurrences and below",
    "-20 points for 40+ failed checks": "failed checks: deduct 20 if 40 occurrences and above",
    "Deduct 4 for 6 or more failed lamps": "failed lamps: deduct 4 if 6 occurrences and above",
    "Three or more cracked tiles: no marks": "cracked tiles: no marks if 3 occurrences and above",
    "12 points for a review score of 30 – 40": "score 12 if 30 to 40",
    "8 points for a fill rate of 95% or more": "score 8 if 95% and above",
    "5 points for a return rate below 2%": "score 5 if below 2%",
    "If response time exceeds 40 ms, deduct 4": "deduct 4 if over 40",
    "Deduct 3 if the gap is wider than 5mm": "deduct 3 if over 5",
    "-6 points if the load > 900kg": "deduct 6 if over 900",
    "Wait of more than 25 seconds: no marks": "no marks if over 25 seconds",
    "No credit for reports later than 2 days": "no marks if over 2 days",
    "If the essay exceeds 600 words, deduct 2": "deduct 2 if over 600 occurrences",
    "If the crew has more than 3 claims, deduct 5": "deduct 5 if over 3 occurrences",
    "You get 0 points if coverage is less than 40%": "no marks if below 40%",
    "On-time rate of 96% or above earns 14 points": "score 14 if 96% and above",
    "On-time rate between 90% and 95.9% earns 8 points": "score 8 if 90% to 95.9%",
    "If the yield is between 80% and 85%, deduct 4 points": "deduct 4 if 80% to 85%",
    "7 points will be awarded if the fill rate is above 97%": "score 7 if over 97%",
    "Two or more major findings result in an overall rating of Poor": "grade Poor if 2 occurrences and above",
    "If output falls below 1,200 units, deduct 5": "deduct 5 if below 1200 occurrences",
    "More than 2,500 PPM: 0 points": "no marks if over 2500",
    "Crews missing more than 2 drills will receive a zero for readiness": "no marks if over 2 occurrences",
    "If less than 80% of calls are answered within 20 seconds, deduct 6": "deduct 6 if below 80%",
}
STEPS = {
    "Subtract 2 points for each percentage point below the target of 96%": "target 96%, deduct 2 per 1 pp below target",
    "Each percentage point under target reduces the score by 3 points": "deduct 3 per 1 pp below target",
    "Deduct 1 for each 1 pp or part thereof below 96%": (
        "target 96%, deduct 1 per 1 pp below target, part steps count as whole steps"
    ),
    "2 points off for each 0.5 percentage points (or portion thereof) that the fill rate falls below 97%": (
        "target 97%, deduct 2 per 0.5 pp below target, part steps count as whole steps"
    ),
    "Deduct 2 for each full percentage point below 94%": (
        "target 94%, deduct 2 per 1 pp below target, whole steps only"
    ),
    "Deduct half a point for every 1 pp drop in the pass rate": "deduct 0.5 per 1 pp below target",
    "Lose 2 points for each 1 pp increase in the scrap rate": "deduct 2 per 1 pp above target",
    "Lose 1 point for each percentage point decline of the yield": "deduct 1 per 1 pp below target",
    "Deduct 2 points per complaint above 5": "target 5 occurrences, deduct 2 per 1 occurrence above target",
    "One point is subtracted for each percentage point below 94%": "target 94%, deduct 1 per 1 pp below target",
}
BOUNDS = {
    "Deduct 2 points per stain (max 8 points)": "deduct 2 per stain, at most 8",
    "Deduct 2 points per stain to a maximum of 8": "deduct 2 per stain, at most 8",
    "Deduct 2 points per stain, but no more than 8 points": "deduct 2 per stain, at most 8",
    "Deduct 2 per stain; no more than 8 in total": "deduct 2 per stain, total deduction at most 8",
    "Deduct 2 per stain, with a possible maximum of 8 points being deducted": "deduct 2 per stain, at most 8",
    "The total deduction shall not exceed 12 points": "total deduction at most 12",
    "Deduct 2 per stain. The score cannot go below zero": "deduct 2 per stain, not below 0",
    "Deduct 2 per stain; deductions may not exceed the points available": "deduct 2 per stain, not below 0",
    "Deduct 2 per stain. Minimum score: 0": "deduct 2 per stain, not below 0",
    "Deduct 3 per stain, with a minimum score of 0": "deduct 3 per stain, not below 0",
    "Deduct 4 per stain, minimum 0": "deduct 4 per stain, not below 0",
    "Deduct 2 per stain, up to a maximum of 14 points total": "deduct 2 per stain, total deduction at most 14",
    "Deduct 3 per stain, capped at a maximum deduction of -9 points": "deduct 3 per stain, at most 9",
    "Deduct 3 per stain, at most 12 points overall": "deduct 3 per stain, total deduction at most 12",
}
DISCRETION = {
    "Deduct between 2 and 4 points depending on severity": "at the assessor's discretion deduct 2 to 4",
    "Deduct 1-4 points depending on the extent": "at the assessor's discretion deduct 1 to 4",
    "Up to 3 points may be deducted for a sloppy layout": (
        "at the assessor's discretion deduct 0 to 3 if a sloppy layout is handed in"
    ),
    "Lose up to 4 points for each unclear answer": "at the assessor's discretion deduct 0 to 4 per occurrence",
    "Up to 2 points will be deducted for each question left open": (
        "at the assessor's discretion deduct 0 to 2 per occurrence"
    ),
    "2 to 5 points may be deducted at the assessor's discretion": "at the assessor's discretion deduct 2 to 5",
    "Deduct 2 to 6 points at the discretion of the inspector": "at the assessor's discretion deduct 2 to 6",
    "If the floor is wet, up to 4 points will be docked off": "at the assessor's discretion deduct 0 to 4 if the floor is wet",
    "Where the file is untidy, up to 3 points may be deducted": "at the assessor's discretion deduct 0 to 3 if the file is untidy",
    "If the desk is cluttered, at most 2 points will be lost": "at the assessor's discretion deduct 0 to 2 if the desk is cluttered",
}
IN_PROPORTION = {
    "Score prorated based on percentage achieved": "marks in proportion to the target",
    "Points are awarded proportionally": "marks in proportion to the target",
    "Marks are pro-rated according to the rate met": "marks in proportion to the target",
}
TABLES = {
    "0 spills: 9 points; 1 spill: 5 points; 2 or more spills: 0 points": (
        "score 9 if equal to 0 occurrences; score 5 if equal to 1 occurrence; no marks if 2 occurrences and above"
    ),
    "0 late files - 6 points, 1 to 3 late files - 2 points, over 3 late files - no points": (
        "score 6 if equal to 0 occurrences; score 2 if 1 occurrence to 3 occurrences; no marks if over 3 occurrences"
    ),
    "No more than 2 complaints: 8 points; 3 to 5 complaints: 4 points; 6 or more complaints: 0 points": (
        "score 8 if 2 occurrences and below; score 4 if 3 occurrences to 5 occurrences; no marks if 6 occurrences and above"
    ),
    "97% or more: 30; 92% to 97%: 15; below 92%: 0": (
        "score 30 if 97% and above; score 15 if 92% to 97%; no marks if below 92%"
    ),
    "≤2%: 12, 2%-4%: 6, >4%: 0": "score 12 if up to 2%; score 6 if 2% to 4%; no marks if over 4%",
    "0 faults = 7; 1 fault = 3; 2+ faults = 0": (
        "score 7 if equal to 0 occurrences; score 3 if equal to 1 occurrence; no marks if 2 occurrences and above"
    ),
    "1-2: 6 points, 3: 4 points, 4: 2 points, 5 or more: 0 points": (
        "score 6 if 1 to 2; score 4 if at least 3 but up to 3; score 2 if at least 4 but up to 4; no marks if 5 and above"
    ),
    "Sealed: 10; partly sealed: 4; open: 0": "score 10 if it is sealed; score 4 if it is so in part; no marks if it is open",
    "Certified: 5 points; otherwise: 0 points": "score 5 if it is certified, otherwise no marks",
    "Logged and signed: 6 points; logged: 3 points; not logged: 0 points": (
        "score 6 if it is so; score 3 if it is logged; no marks if it is not"
    ),
    "More than 8 years' practice: 9 marks; 4-8 years: 5 marks; less than 4 years: 0 marks": (
        "score 9 if over 8; score 5 if 4 to 8; no marks if below 4"
    ),
    "Reply within 3 hours: full marks; within 6 hours: half marks; over 6 hours: no marks": "full marks if 3 hours and below; deduct 50% of its points if over 3 hours but up to 6 hours; no marks if over 6 hours",
    "97% or more: full marks; 90% or more: half marks; below 90%: no marks": "full marks if 97% and above; deduct 50% of its points if at least 90% but below 97%; no marks if below 90%",
    "Full marks if above 80%, half marks if above 60%": "full marks if over 80%; deduct 50% of its points if over 60% but up to 80%",
}
BANDS = {
    "Gold: 90 to 100; Silver: 75 to 89; Bronze: 0 to 74": "grade bands: Gold 90 to 100; Silver 75 to 89; Bronze 0 to 74",
    "85% or higher = GO; 70% to 84% = WAIT; Below 70% = STOP": (
        "grade bands: GO 85% and above; WAIT 70% to 84%; STOP below 70%"
    ),
    "0 – 5 Good; 6 – 12 Fair; 13 & Above Poor": "grade bands: Good 0 to 5; Fair 6 to 12; Poor 13 and above",
    "A score of 92 or above is an A; 81-91 is a B; below 81 is a C": "grade bands: A 92 and above; B 81 to 91; C below 81",
    "Scores of 70 to 100 are Good; below 70 is Poor": "grade bands: Good 70 to 100; Poor below 70",
    "80 and above is rated Safe; 0 to 79 is rated Unsafe": "grade bands: Safe 80 and above; Unsafe 0 to 79",
}
SAID = {
    words: meaning
    for group in (
        PER_OCCURRENCE,
        SEVERAL,
        LATE,
        YES_OR_NO,
        IN_A_RANGE,
        STEPS,
        BOUNDS,
        DISCRETION,
        IN_PROPORTION,
        TABLES,
        BANDS,
    )
    for words, meaning in group.items()
    if meaning is not None
}


def meaning_of(part: Any) -> Any:
    """What a sentence says, without the words in which it names what is counted or asked."""
    if isinstance(part, s.Rule):
        part = replace(part, subject=None)
    if isinstance(part, s.ConditionTrigger):
        return s.ConditionTrigger
    if isinstance(part, tuple):
        return tuple(meaning_of(one) for one in cast("tuple[Any, ...]", part))
    if is_dataclass(part):
        return type(part), *(meaning_of(getattr(part, f.name)) for f in fields(part) if f.compare)
    return part


@pytest.mark.parametrize(("words", "meaning"), SAID.items(), ids=str)
def test_what_such_a_sentence_says(words: str, meaning: str) -> None:
    """Verb, word order, articles and inflections do not decide whether a rule is understood."""
    assert [meaning_of(one) for one in parse_sentence(words)] == [meaning_of(one) for one in parse_sentence(meaning)]
