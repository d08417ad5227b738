"""Policies drawn at random, as texts that must check clean: every way of combining, every trigger with every effect.

Sizes, weights and bounds are such as procedures have; trees go from one line down to six levels.
"""

from random import Random
from textwrap import indent

HEAD = 'rubric: 1\npolicy: drawn\ntitle: Drawn\nlang: en\nversion: "1"\nunits: {by: [Unit]}\neffective: {from: 2024-01-01}\n'
BANDS = (
    "A [95, 100]; B [80, 95); C [60, 80); D [0, 60)",
    "A (90, 100]; B (75, 90]; C [0, 75]",
    "A (100-90); B (90-60); C (60 and below)",
    "A (100-66.6); B (66.6-33.3); C (33.3-0)",
)
ROUNDINGS = (
    *(
        f"round {mode} to {n} decimal{'s' * (n != 1)}"
        for mode in ("half up", "half even", "down", "up")
        for n in (0, 1, 2)
    ),
    "no rounding",
)
PARTS = ("whole steps only", "part steps count as whole steps", "part steps pro rata", "part steps pro rata")
MISSING = ("error", "renormalise", "zero", "full marks")
POINTS = ("0.2", "0.5", "1", "2", "5", "10", "0.3")
PLACINGS = (
    "number, min-max over units as 0-100",
    "number, lower is better, min-max over units as 0-100",
    "number, percentile over units",
    "number, ranks over units as 0-100",
    "number, lower is better, ranks over units as 0-100",
    "number, z-score over units, -3 to 3 as 0-100, clamped",
    "number, z-score over units with sample standard deviation, -3 to 3 as 0-100, clamped",
)


class Drawing:
    """One scheme in the making: its lines, and the bare counts and rates that its vetoes watch."""

    def __init__(self, random: Random) -> None:
        self.random, self.number, self.watched = random, 0, list[str]()
        self.missing, self.capped, self.placing = "error", False, random.random() < 0.2
        self.levels = self.spine = 1
        self.levels, self.spine = 0, 0

    def one(self, *among: str) -> str:
        return self.random.choice(among)

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def name(self) -> str:
        """A name without digits and without any word of the language."""
        self.number += 1
        return "Z" + "".join(chr(ord("a") + self.number // 26**n % 26) for n in (2, 1, 0))

    def points(self) -> str:
        return self.one(*POINTS)

    # ------------------------------------------------------------ the whole

    def policy(self) -> str:
        self.levels = levels = self.random.choice((1, 2, 2, 2, 3, 3, 4, 5, 6))
        self.missing = missing = self.one(*MISSING) if self.chance(0.6) else "error"
        self.spine = levels - 1
        top = self.heading("", levels - 1, "") if levels > 1 else self.single()
        body = [
            f"- {self.one(*ROUNDINGS)}, grade on {self.one('rounded', 'full')} value, missing: {missing}",
            f"- {self.one(*PARTS)}, {self.one('lower', 'upper')} bound included",
            *top,
            *self.watched,
        ]
        return HEAD + "scheme: |\n" + indent("\n".join(body) + "\n", "  ")

    def bullets(self) -> list[str]:
        """Bands and vetoes of a heading."""
        lines: list[str] = []
        bands = self.chance(0.7)
        if bands:
            lines.append(f"  - bands: {self.one(*BANDS)}")
        for _ in range(self.random.choice((0, 0, 0, 1, 2))):
            watched = self.name()
            kind = self.one("count", "rate", "yes/no")
            test = {
                "count": f"{self.one('≥', '>', '=')} {self.one('1', '2', '3')}",
                "rate": f"{self.one('>', '<')} {self.one('5', '0.5')}%",
                "yes/no": "= 1",
            }[kind]
            effect = self.one("capped at 59", "score 0", "capped at 70.5", *(["grade C"] if bands else []))
            lines.append(f"  - veto: {watched} {test}, {effect}")
            missing = self.one("", "", f", missing: {self.one(*MISSING)}")
            self.watched.append(f"{watched}: {kind}{missing if kind == 'yes/no' else ''}")
        return lines

    def single(self) -> list[str]:
        """A policy of one level: a line that is measured, or a formula of such lines."""
        return self.formula(self.name(), self.bullets(), 0) if self.chance(0.5) else [self.leaf(""), *self.bullets()]

    # ------------------------------------------------------------ headings

    def heading(self, stated: str, depth: int, above: str) -> list[str]:
        """A line made of others."""
        name = self.name()
        more = self.bullets() if not above or self.chance(0.15) else []
        kinds = ["weighted", "weighted", "relative", "alike", "alike"]
        if depth == 1 or depth != self.spine:
            kinds += ["added", "deducted", "deducted", "fuzzy"]
        kinds += ["formula"] if not above and depth < 4 else []
        kind = self.one(*kinds)
        if kind == "formula":
            return self.formula(name, more, depth)
        outer = self.missing
        said = self.chance(0.2) and kind in ("weighted", "relative", "alike")
        self.missing = self.one(*MISSING) if said else outer
        missing = f", missing: {self.missing}" if said else ""
        head, below = {
            "weighted": self.weighted,
            "relative": self.relative,
            "alike": self.alike,
            "added": self.added,
            "deducted": self.deducted,
            "fuzzy": self.fuzzy,
        }[kind](depth)
        self.missing = outer
        if kind == "fuzzy":
            return [f"{name}{stated}", head, *more, *below]
        rounding = f", {self.one(*ROUNDINGS)}" if above and self.chance(0.06) else ""
        return [f"{name}{stated}: {head}{missing}{rounding}", *more, *below]

    def below(self, stated: str, depth: int) -> list[str]:
        """A part of a mean; the first one goes down to the last level."""
        first = depth > 1 and depth == self.spine
        self.spine -= first
        further = first or (depth > 1 and self.chance(0.4))
        lines = self.heading(stated, depth - 1, "mean") if further else [self.leaf(stated)]
        return [f"  {line}" for line in lines]

    def shares(self) -> list[int]:
        cuts = sorted(self.random.sample(range(1, 100), self.random.randrange(4)))
        return [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]

    def weighted(self, depth: int) -> tuple[str, list[str]]:
        method = self.one(*["weighted mean"] * 6, "geometric mean", "harmonic mean")
        return method, [line for share in self.shares() for line in self.below(f" {share}%", depth)]

    def relative(self, depth: int) -> tuple[str, list[str]]:
        weights = [self.random.randint(1, 7) for _ in range(self.random.randint(1, 4))]
        return "weighted mean, normalise", [line for w in weights for line in self.below(f" weight {w}", depth)]

    def alike(self, depth: int) -> tuple[str, list[str]]:
        method = self.one(
            *["equal weights"] * 4,
            "worst of all",
            "best of all",
            "median of all",
            "geometric mean",
            "quadratic mean",
            "mean of the best 1",
            "mean without the highest and the lowest",
        )
        count = self.random.randint({"mean of the best 1": 2}.get(method, 3 if "without" in method else 1), 4)
        return method, [line for _ in range(count) for line in self.below("", depth)]

    def added(self, depth: int) -> tuple[str, list[str]]:
        lines: list[str] = []
        for points in self.shares():
            stated = f" {points} points"
            kinds = (self.marked(stated), self.mapped(stated, points), *(self.item(stated, points) for _ in range(3)))
            calculated = (depth > 1 or self.levels < 6) and self.chance(0.1)
            part = self.quotient(stated, points) if calculated else [self.one(*kinds)]
            lines += [f"  {line}" for line in part]
        return "add up to 100", lines

    def deducted(self, depth: int) -> tuple[str, list[str]]:
        own = self.one("error", "full marks", "zero") if self.missing == "renormalise" or self.chance(0.4) else ""
        self.capped = (own or self.missing) == "zero"
        smooth = (
            f"{self.name()}: target 95%, deduct {self.points()} per 1 pp below target, at most 60, part steps pro rata"
        )
        lines = [f"  {smooth if self.chance(0.7) else self.loss()}"]
        for _ in range(self.random.randint(0, 3)):
            if (depth > 1 or self.levels < 6) and self.chance(0.3):
                cap = self.one(": at most 12", "", "")
                lines += [f"  {self.name()}{cap}", *(f"    {self.loss()}" for _ in range(self.random.randint(1, 3)))]
            elif self.chance(0.15):
                points = self.random.randint(5, 40)
                lines.append(f"  {self.item(f' {points} points', points)}")
            else:
                lines.append(f"  {self.loss()}")
        return "deduct from 100" + (f", missing: {own}" if own else ""), lines

    def fuzzy(self, depth: int) -> tuple[str, list[str]]:
        operator = self.one("weighted average", "max-min", "max-product")
        by = self.one("by grade values", "by maximum membership")
        grades = self.one("High = 100, Middle = 60, Low = 20", "High = 100, Good = 80, Fair = 60, Low = 0")
        lines = [f"  {self.name()} {share}%: distribution of Q{self.number}" for share in self.shares()]
        return f"  - fuzzy evaluation: {grades}; {operator} operator; {by}", lines

    def formula(self, name: str, more: list[str], depth: int) -> list[str]:
        """A formula and the lines it reads."""
        parts = [self.heading("", depth, "formula") if depth else [self.leaf("")] for _ in range(3)]
        a, b, c = (part[0].split(":")[0].split(" = ")[0] for part in parts)
        text = self.one(
            f"{a} × 40% + {b} × 35% + {c} × 25%",
            f"{a} × 0.5 + ({b} + {c}) / 4",
            f"mean({a}, {b}, {c})",
            f"min({a}, {b}) × 50% + max({b}, {c}) × 50%",
            f"median({a}, {b}, {c})",
            f"geometric mean({a}, {b}, {c})",
            f"harmonic mean({a}, {b}, {c})",
            f"square root({a} × {b}) × 0.5 + {c} / 2",
            f"max(0, ({a} + {b} + {c}) / 3 - absolute value({a} - {b}) / 10)",
            f"({a} ^ 2 + {b} ^ 2) / 200",
            f"if({a} ≥ 60, {b}, {c})",
            f"max(0, min(100, {a} × {b} / ({c} + 1)))",
            f"max(0, 100 - standard deviation({a}, {b}, {c}))",
            f"max(0, min(100, {a} / ({b} + 0.5) × {c}))",
        )
        return [f"{name} = {text}", *more, *(line for part in parts for line in part)]

    # ------------------------------------------------------------ lines that are measured

    def leaf(self, stated: str) -> str:
        """A line with a score of 100."""
        if self.chance(0.25):
            return self.item(stated, None)
        name, number = self.name(), self.number
        rest = self.one(
            "score",
            "score",
            "rate, rate as score",
            "rate, rate as score, lower is better",
            f"mean of Q{number}, 1-5 as 20-100",
            f"mean of Q{number}, 1-5 as 0-100",
            f"mean of Q{number} and P{number}, 1-10 as 10-100",
            f"NPS of Q{number}, -100 to 100 as 0-100",
            f"top 2 box of Q{number}, 1-5 scale, rate as score",
            "number, 0-80-100 as 0-100-50, clamped",
            "number, 100-10000 as 0-100, on a log scale, clamped",
            "number, natural log, 0-10 as 0-100",
            "number, 3-17 as 0-100, lower is better",
            "number, -1.5 to 2.25 as 0-100, clamped",
            *(PLACINGS if self.placing else ()),
        )
        return f"{name}{stated}: {rest}{self.lost()}"

    def lost(self) -> str:
        return f", missing: {self.one(*MISSING)}" if self.chance(0.12) else ""

    def marked(self, stated: str) -> str:
        return f"{self.name()}{stated}: {self.one('observed points', 'yes/no', 'score')}"

    def mapped(self, stated: str, points: int) -> str:
        """A line whose scale gives its points."""
        name, number = self.name(), self.number
        survey = f"mean of Q{number}, 1-5 as 0-{points}"
        return f"{name}{stated}: {self.one(survey, f'number, 0-80 as 0-{points}, clamped')}{self.lost()}"

    def quotient(self, stated: str, points: int) -> list[str]:
        """A line whose points are calculated from plain numbers."""
        a, b = self.name(), self.name()
        return [f"{self.name()}{stated} = {a} / ({b} + 0.5) × {points}", f"  {a}: number", f"  {b}: number"]

    def loss(self) -> str:
        """A line of a deduction, without points of its own."""
        p, cap = self.points(), self.one(", at most 10", ", at most 7.5", *([] if self.capped else ["", ""]))
        return f"{self.name()}: " + self.one(
            f"deduct {p} per occurrence{cap}",
            f"deduct {p} per occurrence, at most {self.one('3', '5')} per month{cap}",
            f"deduct {p} per 2 missing items{cap}",
            f"target {self.one('98', '95.5', '90')}%, deduct {p} per {self.one('1', '0.5', '3')} pp below target{cap}",
            f"target {self.one('2', '5.5')}%, deduct {p} per {self.one('1', '0.5')} pp above target{cap}",
            f"target 95% from 2024-01-01 then 96% from 2025-01-01, deduct {p} per 1 pp below target{cap}",
            f"time limit {self.one('24', '36')} hours, deduct {p} per occurrence over the time limit{cap}",
            f"time limit {self.one('3', '10')} days, deduct {p} per {self.one('day', 'started week')} late{cap}",
            f"duration, target 10 minutes, deduct {p} per {self.one('1', '2')} minutes above target{cap}",
            f"deduct {p} per 3 occurrences{cap}" if self.capped else f"add {p} per occurrence, add at most 3",
            f"deduct {p} if there is a fire{cap}",
            f"deduct 1 to 3 at the assessor's discretion{cap}",
        )

    def item(self, stated: str, points: int | None) -> str:
        """A line whose rules make its score."""
        full = 100 if points is None else points
        p, cap = self.points(), self.one("", "", f", at most {max(1, full // 3)}", ", not below 0" if points else "")
        some = max(1, full * 2 // 3)
        shared = self.one("", f", in total at most {max(1, full // 3)}", f", for this rule at most {max(1, full // 3)}")
        return f"{self.name()}{stated}: " + self.one(
            f"98% and above scores {full}, 90% to 98% scores {some}, below 90% no marks",
            f"target 98%, full marks if the target is met, deduct {p} per 1 pp below target{cap}",
            "target 95%, full marks if the target is met, deduct 40% of its points if the target is missed",
            f"target {self.one('100', '90')}%, marks in proportion",
            "target 100%, marks in proportion, below 60% no marks",
            f"scores 0.2 per occurrence, less than 3 occurrences: no marks, more than 9 occurrences: scores {some}",
            f"98% and above scores {full}, below {self.one('80', '90')}% no marks, marks by linear interpolation in between",
            f"90% and above scores {some}, 60% to 90% marks by linear interpolation, otherwise no marks",
            f"target 96%, deduct {p} per {self.one('1', '0.5')} pp below target, add {p} per 1 pp above target{cap}",
            f"target 90%, add {p} per 1 pp above target, may exceed full marks",
            f"target 95%, deduct 10% of its points per 1 pp below target{cap}, below 80% no marks",
            f"target 5%, deduct {self.one('10', '4')}% of its points per 1 pp above target, deduct {p} if the target is missed",
            f"deduct {p} per occurrence{cap}",
            f"deduct {p} per occurrence, at most 4 per month{cap}",
            f"scores {self.one('0.5', '1', '2') if full > 2 else '0.2'} per occurrence",
            f"scores {self.one('0.5', '1') if full > 2 else '0.2'} per occurrence, score at most {max(1, full // 2)}",
            f"gaps, scores {float(full / 4)} per gap, score at most {max(1, full // 3)}; orders, scores 0.2 per order",
            f"score {float(full * 2 / 5)} if a plan is there; score {float(full * 3 / 5)} if records are kept",
            f"score {some} if a plan is there; score {some} if records are kept; in total score at most {full}",
            f"deduct {p} per 3 missing items{cap}",
            f"add {p} per occurrence, may exceed full marks",
            f"gaps, deduct {p} per gap; orders, deduct {self.points()} per order{shared}",
            f"deduct 20% of the score if rules are broken; capped at {max(1, full // 2)} if there is an accident",
            f"deduct 20% of its points if rules are broken; deduct {p} per gap",
            "deduct 1 to 3 at the assessor's discretion",
            f"time limit 24 hours, deduct {p} per occurrence over the time limit{cap}",
            f"time limit 5 days, deduct {p} per day late{cap}",
            "duration, target 10 minutes, marks in proportion, lower is better",
            f"within 24 hours scores {full}, 24 to 48 hours scores {some}, over 48 hours no marks",
            f"within 24 hours scores {full}, 1 to 2 days scores {some}, over 2 days no marks",
            f"within 24 hours scores {full}, 24 to 48 hours marks by linear interpolation, over 48 hours scores 1",
            f"count, target 2, deduct {p} per 1 case above target{cap}",
        )


def draw(random: Random) -> str:
    """The text of a policy file."""
    return Drawing(random).policy()
