"""The policy as those have it who write programs by hand: weights, rules, bands."""

GROUPS = {
    "Design": {"M1": 50, "M2": 30, "M3": 20},
    "Make": {"M4": 40, "M5": 40, "M6": 20},
    "Papers": {"M7": 60, "M8": 20, "M9": 20},
    "Staff": {"M10": 50, "M11": 30, "M12": 20},
    "Repair": {"M13": 70, "M14": 20, "M15": 10},
    "Advice": {"M16": 40, "M17": 30, "M18": 30},
    "Name": {"M19": 50, "M20": 30, "M21": 20},
    "Price": {"M22": 70, "M23": 30},
    "Product": {"Design": 50, "Make": 30, "Papers": 20},
    "Service": {"Staff": 40, "Repair": 40, "Advice": 20},
    "Image": {"Name": 60, "Price": 40},
}
DELIVERY, RESULT = "Delivery", "Overall"
OVERALL = {"Product": 40, "Service": 20, "Image": 10, DELIVERY: 30}
# Of a rate: target, step, points per whole step below it, at most; of a count: points for each, at most.
RATES = {"On time": (95, 1, 0.5, 10), "First pass": (98, 0.5, 0.4, 12)}
COUNTS = {"Complaints": (1, 15), "Returns": (0.5, 10), "Late answers": (0.2, 100), "Claims": (3, 30)}
VETO, CEILING = "Leaks", 59
# What can be: a score and a rate up to 100, and so many cases as are whole; nothing below 0. Anything else must be noticed.
BOUNDED = (*(f"M{number}" for number in range(1, 24)), *RATES)
WHOLE = (*COUNTS, VETO)
CUTS = (90, 75, 60)  # a score of so much or more is an A, a B, a C; any other a D
# A binary number may lie just below the whole or half that it stands for; by so little it is lifted before it is cut.
LIFT = 1e-9
