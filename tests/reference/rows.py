"""From the rows of the collected tables to the measures of a unit, or of all units together, for the second evaluator.

A table is a list of rows, a row the texts of its columns. Not read here: workbooks and other files, classes of records,
values by segment, amounts of time with units of their own, counts of distributions over questions of several scales.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from fractions import Fraction as F
from functools import partial
from math import inf
from operator import eq
from statistics import mean, median
from typing import Any, NamedTuple

from tests.reference.figures import MINUTES, SIGNS, ZERO, Found, Json, Stop, read, tried, weighted

Row = dict[str, str]
Tables = dict[str, list[Row]]
DAY = timedelta(days=1)
# A count or a sum is the same whatever it rests on.
UNSAMPLED = ("count rows", "count distinct")


def total(xs: Iterable[F]) -> F:
    return sum(xs, ZERO)


STATISTICS = {"sum": total, "mean": mean, "min": min, "max": max, "median": median}


def plain(text: str) -> Any:
    """A number, else a moment, else the text."""
    try:
        return F(text.removesuffix("%"))
    except ValueError:
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return text


def holds(row: Row, condition: Json) -> bool:
    """A blank cell satisfies only ≠; what is not of one sort is not equal."""
    sign, cell, value = condition["comparison"], plain(row[condition["column"]]), plain(condition["value"])
    if cell == "" or type(cell) is not type(value):
        return sign == "!=" and value != ""
    return SIGNS[sign](cell, value)


class Collected(NamedTuple):
    """All that was collected: what stands around the schemes, the tables, those of their rows that count, the day."""

    header: Json
    tables: Tables
    kept: Tables
    day: str


def collected(header: Json, tables: Tables, first: str, last: str) -> Collected:
    """The rows of a period that pass the validity sentences, one sentence after the other."""
    header, kept = {**header, "data": read(header["data"])}, Tables()
    for source in header["data"]:
        date = source["date"]
        rows = [row for row in tables[source["name"]] if not date or first <= row[date][:10] <= last]
        for rule in source["valid"]:
            rows = passing(rule, source, rows, tables)
        kept[source["name"]] = rows
    return Collected(header, tables, kept, last)


def passing(rule: Json, source: Json, rows: list[Row], tables: Tables) -> list[Row]:
    column, questions = rule.get("column", ""), source["questions"].values()
    if rule["is"] == "one per":
        ordered = sorted(rows, key=lambda row: plain(row[source["date"]])) if source["date"] else rows
        chosen = {row[column]: row for row in (ordered if rule["last"] else ordered[::-1])}
        return [row for row in rows if not row[column] or chosen[row[column]] is row]

    def passes(row: Row) -> bool:
        answers = [row[question] for question in questions if row[question]]
        match rule["is"]:
            case "answered at least":
                return 100 * len(answers) >= rule["percent"] * len(questions)
            case "not straight lined":
                return len(answers) < 2 or len(set(answers)) > 1
            case "took at least":
                return F(row[source["columns"]["duration"]]) >= rule["seconds"]
            case "listed in":
                return bool(row[column]) and any(row[column] == other[column] for other in tables[rule["source"]])
            case _:
                return holds(row, rule)

    return [row for row in rows if passes(row)]


def measured(data: Collected, scheme: Json, unit: Row) -> dict[str, Found]:
    """The measures of a unit (of all rows where it is {}), by path."""
    reader, lines = Reader(data, unit), scheme["indicators"]
    capped = [line["item"]["rules"] for line in lines.values() if line["item"] and line["item"]["period_cap"] < inf]
    monthly = {rule["measure"] for rules in capped for rule in rules}
    return {path: tried(reader.measure, line, path in monthly) for path, line in lines.items() if line["collected"]}


class Reader:
    """What the counting rows say in one unit."""

    def __init__(self, data: Collected, unit: Row) -> None:
        self.header, self.tables, self.kept, self.unit = data.header, data.tables, data.kept, unit
        self.sources = {one["name"]: one for one in data.header["data"]}
        self.now = datetime.fromisoformat(data.day) + DAY

    def measure(self, line: Json, monthly: bool) -> Found:
        """One measure; where a cap asks for it, in each month too."""
        value, sentence = line["value"], line["value"].get("sentence")
        if line["looked_up"]:
            return self.looked_up(line, monthly)
        asked = (one["name"] for one in self.header["data"] if set(value.get("questions", [])) <= set(one["questions"]))
        name = (sentence.get("above") or sentence)["source"] if sentence else next(asked)
        reading = partial(self.amount, sentence, line) if sentence else partial(self.survey, line, self.sources[name])
        found, date = tried(reading, ""), self.sources[name]["date"]
        if sentence and (sentence["is"] in UNSAMPLED or sentence.get("statistic") == "sum"):
            found = found._replace(sample=inf)
        months = sorted({row[date][:7] for row in self.rows(name, "")}) if monthly else []
        return found._replace(periods={month: tried(reading, month) for month in months} if monthly else None)

    def rows(self, name: str, month: str) -> list[Row]:
        mine = [row for row in self.kept[name] if all(row[column] == text for column, text in self.unit.items())]
        return [row for row in mine if not month or row[self.sources[name]["date"]].startswith(month)]

    def looked_up(self, line: Json, monthly: bool) -> Found:
        """The value of a sheet; of counts what the months, or the units, have together."""
        sheets = [self.rows(one["name"], "") for one in self.header["data"] if one["kind"] == "values"]
        rows = [row for sheet in sheets for row in sheet if row["indicator"] == line["value"]["measure"]]
        alone = bool(self.unit) and not any("-" in row["period"] for row in rows)
        if not rows or not (alone or line["kind"] == "count") or any(not row["value"] for row in rows):
            raise Stop("missing")
        months: dict[str, F] = {}
        for row in rows:
            months[row["period"]] = months.get(row["period"], ZERO) + plain(row["value"])
        periods = {month: Found(x) for month, x in months.items() if "-" in month and monthly}
        return Found(total(months.values()), periods=periods or None)

    def survey(self, line: Json, source: Json, month: str) -> Found:
        """The mean over the questions of what their valid answers say, with the respondents' weights."""
        value, results, samples = line["value"], list[list[F]](), list[int]()
        words = {word: F(number) for word, number in source["answers"].items()}
        low, high = value["scale"] or source["scale"] or (min(words.values()), max(words.values()))
        told: dict[str, list[Callable[[F], F | int]]] = {
            "mean": [lambda x: x],
            "top 2 box": [lambda x: 100 * (x >= high - 1)],
            "NPS": [lambda x: 100 * (x >= 9) - 100 * (x <= 6)],
            "distribution": [partial(eq, high - n) for n in range(int(high - low) + 1)],
        }
        for header in (source["questions"][question] for question in value["questions"]):
            rows = [row for row in self.rows(source["name"], month) if row[header]]
            weights = [F(row[source["weight"]]) if source["weight"] else F(1) for row in rows]
            if not sum(weights):
                raise Stop("no valid answers")
            xs = [words[row[header]] if words else F(row[header]) for row in rows]
            results.append([weighted([F(of(x)) for x in xs], weights) for of in told[value["statistic"]]])
            samples.append(len(rows))
        shares = tuple(mean(column) for column in zip(*results, strict=True))
        graded = value["statistic"] == "distribution"
        return Found(ZERO if graded else shares[0], shares=shares if graded else (), sample=min(samples))

    def amount(self, sentence: Json, line: Json, month: str) -> Found:
        """What a sentence makes of the rows of a table, or of two amounts."""
        if sentence["is"] == "quotient":
            above, below = (self.amount(sentence[part], line, month) for part in ("above", "below"))
            per = sentence["per"]
            return found_of(above.number * (per or 100), below.number, (above if per else below).sample)
        base = self.fitting(self.rows(sentence["source"], month), sentence, "base")
        rows = self.fitting(base, sentence, "where")
        names = [sentence[key] for key in ("numerator", "denominator", "column") if key in sentence]
        rows = [row for row in rows if all(row[name] for name in names)]
        cells, size = [[row[name] for row in rows] for name in names], len(rows)
        match sentence["is"]:
            case "time between":
                return self.elapsed(sentence, line, rows)
            case "count rows":
                return Found(F(size), sample=size)
            case "count distinct":
                return Found(F(len(set(cells[0]))), sample=size)
            case "share of rows":
                return found_of(F(100 * size), F(len(base)), len(base))
            case "ratio of sums":
                return found_of(100 * total(map(plain, cells[0])), total(map(plain, cells[1])), size)
            case _ if not rows and sentence["statistic"] != "sum":
                raise Stop("no valid answers")
            case _:
                return Found(STATISTICS[sentence["statistic"]]([plain(cell) for cell in cells[0]]), sample=size)

    def fitting(self, rows: list[Row], sentence: Json, part: str) -> list[Row]:
        for one in sentence.get(part, []):
            repeated = one["is"] == "repeated"
            rows = [r for r in rows if (self.repeats(r, one, sentence["source"]) if repeated else holds(r, one))]
        return rows

    def repeats(self, row: Row, condition: Json, name: str) -> bool:
        """At most so many days before there is a row with the same texts, of any period; a blank repeats nothing."""
        rows, date = self.tables[name], self.sources[name]["date"]
        ordered = sorted(rows, key=lambda one: plain(one[date]))
        before = ordered[: next(n for n, one in enumerate(ordered) if one is row)]
        first = (plain(row[date][:10]) - condition["days"] * DAY).isoformat()
        same = [one for one in before if all(one[column] == row[column] != "" for column in condition["columns"])]
        return any(one[date] >= first[:10] for one in same)

    def elapsed(self, sentence: Json, line: Json, rows: list[Row]) -> Found:
        """From one moment to another; where every case is judged by itself, an open one runs to the end of the day."""
        statistic, unit = sentence["statistic"], line["unit"] if line["unit"] in MINUTES else "day"
        if any(not row[sentence["begin"]] for row in rows):
            raise Stop("missing")
        pairs = [(plain(row[sentence["begin"]]), plain(row[sentence["end"]])) for row in rows]
        spans = [(begin, end or self.now) for begin, end in pairs if end or (not statistic and begin < self.now)]
        if any(begin > end for begin, end in spans):
            raise Stop("error")
        cases = [self.between(begin, end, unit) for begin, end in spans]
        found = Found(sample=len(cases), cases=None if statistic else cases)
        if not cases:
            return found._replace(state="no valid answers")
        return found._replace(number=STATISTICS[statistic or "mean"](cases))

    def between(self, begin: datetime, end: datetime, unit: str) -> F:
        """Of working days as much as lies on them, 24 hours each."""
        days = [datetime.combine(begin.date() + n * DAY, datetime.min.time()) for n in range((end - begin).days + 2)]
        worked = [day for day in days if self.is_worked(day)] if unit == "working day" else days
        spans = [min(end, day + DAY) - max(begin, day) for day in worked]
        return F(sum((max(span, 0 * DAY) for span in spans), 0 * DAY) // timedelta(seconds=1), 60 * MINUTES[unit])

    def is_worked(self, day: datetime) -> bool:
        calendar, iso = self.header["calendar"], day.date().isoformat()
        free = day.isoweekday() in calendar["weekend"] or iso in calendar["holidays"]
        return iso in calendar["workdays"] or not free


def found_of(above: F, below: F, sample: float) -> Found:
    if not below:
        raise Stop("no valid answers")
    return Found(above / below, sample=sample)
