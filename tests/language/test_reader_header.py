"""The header: what stands around the scheme, as values."""

from datetime import date
from fractions import Fraction

import pytest

from engine.language.policy import Calendar, DataSource, Header, answers_to
from engine.language.reader import read_document
from engine.language.reader.figures import day, days, interval, number
from engine.language.syntax import AnsweredAtLeast, Condition, CountRows, OnePer, TookAtLeast
from engine.source import source_of
from tests.language.whole_policy import SCHEME, START, WHOLE


def header(text: str) -> Header:
    """The header of a policy that is right."""
    document, found = read_document(source_of("p.yaml", text))
    assert found == ()
    assert document is not None
    return document.header


def told(text: str) -> list[tuple[str, str, str | None]]:
    """Code and case, place and hint of each finding."""
    _, found = read_document(source_of("p.yaml", text))
    return [(f"{d.code} {d.case}".strip(), f"{d.place.line}:{d.place.column}", d.hint) for d in found]


def test_the_header_says_what_the_file_says() -> None:
    """Every key of a policy arrives, dates and numbers as such, full-width digits folded."""
    said = header(WHOLE)
    assert (said.id, said.lang, said.version) == ("whole-1", "zh", "2025.1")
    assert said.title == {"zh": "顾客满意度管理程序", "en": "Customer satisfaction: procedure"}
    assert said.document["number"] == "QP-08"
    assert (said.effective_from, said.effective_to) == (date(2025, 1, 1), date(2025, 12, 31))
    assert said.names == {"总分": "Overall", "质量(产品)": "Quality"}
    assert (said.period_every, said.period_on) == ("half", "2025-H2")
    assert (said.report.segments, said.report.rank, said.report.trend) == (("客户类型",), ("units",), 4)
    assert [(b.name, b.data) for b in said.report.compare] == [("联通", "competitor")]


def test_units_and_their_weights() -> None:
    """Weights of units are parts of one, whether written as per cent or as fractions."""
    said = header(WHOLE)
    assert (said.units, said.units_total) == (("品牌", "地区"), "weights")
    assert said.units_weights == {
        "全球通": Fraction(2196, 10000),
        "动感地带": Fraction(12, 100),
        "神州行": Fraction(6604, 10000),
    }
    fractions = header(f"{START}units: {{by: 品牌, total: {{weights: {{甲: 0.6, 乙: ０．４}}}}}}\n{SCHEME}")
    assert fractions.units_weights == {"甲": Fraction(3, 5), "乙": Fraction(2, 5)}


@pytest.mark.parametrize(
    ("written", "units", "total"),
    [
        ("品牌", ("品牌",), ""),
        ("[品牌, 地区]", ("品牌", "地区"), ""),
        ("{by: [品牌], total: pooled}", ("品牌",), "pooled"),
    ],
)
def test_the_forms_of_units(written: str, units: tuple[str, ...], total: str) -> None:
    """One column, several, or columns with the way to the whole."""
    said = header(f"{START}units: {written}\n{SCHEME}")
    assert (said.units, said.units_total) == (units, total)


def test_a_question_may_have_words_of_its_own() -> None:
    """Words with their numbers at the question, a range for the rest; a header of three rows; the order of dates."""
    more = "    questions: {Q1: 甲, Q2: {column: 乙, answers: {愿意: 2, 不愿意: 0.5}}}\n    answers: 1-5\n    header: 1-3\n"
    data = f"data:\n  survey:\n    kind: responses\n    file: a.csv\n{more}    dates: month-day-year\n"
    survey = header(START + data + SCHEME).data[0]
    words = {"愿意": Fraction(2), "不愿意": Fraction(1, 2)}
    assert (survey.question_answers, survey.question_scales) == ({"Q2": words}, {})
    assert answers_to(survey, "Q2") == (words, None)
    assert answers_to(survey, "Q1") == ({}, (Fraction(1), Fraction(5)))
    assert (survey.header, survey.header_end, survey.dates) == (1, 3, "mdy")


def test_the_calendar() -> None:
    """Ranges are all their days; what is not said is Saturday, Sunday and nothing else."""
    october = tuple(date(2025, 10, n) for n in (1, 2, 3))
    assert header(WHOLE).calendar == Calendar(
        weekend=(6, 7), holidays=(date(2025, 5, 1), *october), workdays=(date(2025, 9, 28),)
    )
    assert header(START + SCHEME).calendar == Calendar()
    assert header(f"{START}calendar: {{weekend: []}}\n{SCHEME}").calendar.weekend == ()
    assert header(f"{START}calendar: {{weekend: [7, fri]}}\n{SCHEME}").calendar.weekend == (5, 7)


def test_questionnaires() -> None:
    """Questions with columns and own ranges, answers as a range, validity as sentences."""
    survey = header(WHOLE).data[0]
    assert (survey.name, survey.kind, survey.file, survey.sheet, survey.header) == (
        *("survey", "responses", "调查/问卷.xlsx", "Sheet1"),
        3,
    )
    assert survey.questions == {"Q1": "1、产品质量", "Q2": "2、交付: 及时性", "Q9": "9、推荐意愿"}
    assert survey.scale == (Fraction(1), Fraction(5))
    assert survey.question_scales == {"Q9": (Fraction(0), Fraction(10))}
    assert (survey.key, survey.weight, survey.date) == ("序号", "客户权重", "提交答卷时间")
    assert survey.columns == {"duration": "用时"}
    assert survey.texts == ("您的建议",)
    assert survey.valid[:2] == (AnsweredAtLeast(Fraction(80)), TookAtLeast(Fraction(30)))
    assert isinstance(survey.valid[2], OnePer)
    assert survey.valid[2].last


def test_answers_in_words() -> None:
    """Each answer with its number; there is no range then."""
    words = header(WHOLE).data[1]
    assert words.answers == {"很满意": Fraction(5), "满意": Fraction(9, 2), "不满意": Fraction(-1)}
    assert (words.scale, words.encoding) == (None, "gb18030")


def test_values_and_events() -> None:
    """The three other kinds of files."""
    kpi, complaints, table = header(WHOLE).data[2:]
    assert (table.kind, table.columns) == ("control", {"score": "得分数", "loss": "失分数"})
    assert (kpi.kind, kpi.layout, kpi.columns["indicator"], kpi.columns["unit"]) == (
        "values",
        "long",
        "指标名称",
        "计量单位",
    )
    assert (complaints.kind, complaints.key, complaints.date) == ("events", "编号", "受理日期")


def test_measures_are_parsed_where_they_stand() -> None:
    """A measure is its sentence, plain or in quotes; its name's place is kept."""
    said = header(WHOLE)
    counted = said.measures["投诉次数"]
    assert isinstance(counted, CountRows)
    assert isinstance(counted.where[0], Condition)
    assert (counted.where[0].column.text, counted.where[0].value) == ("类别", "质量")
    assert set(said.measures) == {"投诉次数", "合格率"}
    span = said.measure_spans["投诉次数"]
    assert WHOLE[span.start : span.end] == "投诉次数"
    assert WHOLE[counted.source.span.start : counted.source.span.end] == "complaints"
    names = said.name_spans["质量(产品)"]
    assert WHOLE[names.start : names.end] == "质量(产品)"
    place = said.data[3].span
    assert WHOLE[place.start : place.end] == "complaints"


def test_what_is_left_out_has_its_default() -> None:
    """The smallest policy: Chinese, called by its id, the whole company."""
    said = header(START + SCHEME)
    assert said == Header(id="p", title={"zh": "p"}, lang="zh", version="", document={})


def test_an_english_title_is_an_english_title() -> None:
    """A title in one language belongs to the policy's language."""
    assert header(f"{START}lang: en\ntitle: Complaints\n{SCHEME}").title == {"en": "Complaints"}


def test_several_schemes_keep_their_order() -> None:
    """`schemes:` gives each scheme its name, in the order of the file."""
    text = f"{START}schemes:\n  二季度: |\n    总分：得分\n  一季度: |\n    总分：得分\n"
    document, found = read_document(source_of("p", text))
    assert document is not None
    assert ([scheme.name for scheme in document.schemes], found) == (["二季度", "一季度"], ())


DATES = {
    "effective: {from: 2025-02-29}": ("E011 none", "3:19", None),
    "effective: {from: 2025/3/1}": ("E011", "3:19", "2025-03-01"),
    "effective: {from: 2025年3月1日}": ("E011", "3:19", "2025-03-01"),
    "effective: {from: 20250301}": ("E011", "3:19", None),
    "effective: {from: 2025-03-01, to: 2025-02-28}": ("E011 order", "3:35", None),
    "calendar: {holidays: [2025-10-08/2025-10-01]}": ("E011 range", "3:23", None),
    "calendar: {holidays: [2025-01-01/2027-01-01]}": ("E011 range", "3:23", None),
    "calendar: {holidays: [2025-10-01/2025-10-08], workdays: [2025-10-02]}": ("E011 both", "3:58", None),
    "period: {every: quarter}\nreport: {summary: half}": ("E012 summary", "4:19", None),
    "period: {every: quarter, on: 2025-03}": ("E012 period", "3:30", None),
    "period: {every: day, on: 2025-02-30}": ("E011 none", "3:26", None),
    "document: {issued: 2025-04-31}": ("E011 none", "3:20", None),
}


@pytest.mark.parametrize("line", DATES)
def test_dates_that_are_none(line: str) -> None:
    """E011 for days in no calendar and in the wrong order, with the usual form where it is only that."""
    assert told(f"{START}{line}\n{SCHEME}") == [DATES[line]]


WEIGHTS = {
    "甲: 60%, 乙: 39.5%": "99.5%",
    "甲: 0.6, 乙: 0.395": "99.5%",
    "甲: 60, 乙: 40": "10000%",
    "甲: 0, 乙: 0%": "0%",
}


@pytest.mark.parametrize("weights", WEIGHTS)
def test_weights_of_units_make_a_whole(weights: str) -> None:
    """E401 shows the sum where the units do not add up to 100 %."""
    _, found = read_document(
        source_of("p", f"{START}units:\n  by: 品牌\n  total: {{weights: {{{weights}}}}}\n{SCHEME}")
    )
    assert [(d.code, d.case, str(d.place), d.args["sum"]) for d in found] == [
        ("E401", "units", "p:5:20", WEIGHTS[weights])
    ]
    assert all(f"{name} " in found[0].args["lines"]["zh"] for name in ("甲", "乙"))


SURVEY = "data:\n  s:\n    kind: responses\n    file: a.csv\n    questions: {Q1: 一, Q2: 二}\n"
RANGES = {
    "    answers: 5-1\n": ("E012 range", "8:14", "1-5"),
    "    answers: 5-5\n": ("E012 range", "8:14", None),
    "    answers: 5\n": ("E012 form", "8:14", None),
    "    answers: {好: 5分}\n": ("E016", "8:18", None),
    "    answers: {好: 05}\n": ("E016", "8:18", None),
    "    answers: {好: 1e3}\n": ("E016", "8:18", None),
    "    answers: {好: .5}\n": ("E016", "8:18", None),
    "    answers: {好: 12:30}\n": ("E016", "8:18", None),
    "    answers: {好: 1,000}\n": ("E009 empty", "8:20", None),
    "    header: 0\n": ("E016", "8:13", None),
    "    header: 3-1\n": ("E012 range", "8:13", "1-3"),
}


@pytest.mark.parametrize("line", RANGES)
def test_numbers_that_are_none(line: str) -> None:
    """Numbers have one form, taken from the text: no exponent, no leading zero, no thousands mark, no clock time."""
    assert told(f"{START}{SURVEY}{line}{SCHEME}") == [RANGES[line]]


def test_one_column_serves_one_question() -> None:
    """E003: a column copied twice is a slip."""
    assert told(f"{START}{SURVEY.replace('二', '一')}{SCHEME}") == [("E003 column", "7:28", None)]


PATHS = {
    "/etc/passwd": None,
    "../a.csv": None,
    "a/../../b.csv": None,
    "~/a.csv": None,
    "C:/a.csv": None,
    "https://example.org/a.csv": None,
    "a\\b.csv": "a/b.csv",
    "./a.csv": "a.csv",
    "*.csv": None,
    "..": None,
}


@pytest.mark.parametrize("path", PATHS)
def test_data_come_from_below_the_data_folder(path: str) -> None:
    """E018: nothing absolute, upward, elsewhere or with wild cards, as text already."""
    assert told(f"{START}data: {{k: {{kind: values, file: '{path}'}}}}\n{SCHEME}") == [("E018", "3:33", PATHS[path])]


def test_a_header_with_errors_names_no_data() -> None:
    """Beside an error in the header the scheme is still there, and no name in it can seem unknown for that reason."""
    document, found = read_document(source_of("p", WHOLE.replace("kind: events", "kind: event")))
    assert [(d.code, d.hint) for d in found] == [("E012", "events")]
    assert document is not None
    assert (document.header.data, document.header.measures) == ((), {})
    assert document.schemes[0].lines[0].heads[0].name.text == "总分"


def test_numbers_dates_and_ranges() -> None:
    """The forms of figures, by themselves."""
    assert [number(t) for t in ("5", "-0.5", "60%", "１２．５％", "1.", "", "+1", "00")] == [
        *(Fraction(5), Fraction(-1, 2), Fraction(3, 5), Fraction(1, 8)),
        *(None, None, None, None),
    ]
    assert number("9" * 18 + "." + "9" * 18) is not None
    assert number("9" * 19) is None
    assert [interval(t) for t in ("1-5", "0～10", "-2 to 2", "1至5", "5-1", "1-", "1-5-9")] == [
        *(
            (Fraction(1), Fraction(5)),
            (Fraction(0), Fraction(10)),
            (Fraction(-2), Fraction(2)),
            (Fraction(1), Fraction(5)),
        ),
        *(None, None, None),
    ]
    assert [day(t) for t in ("2024-02-29", "2025-02-29", "0000-01-01", "2025", "x-y-z")] == [date(2024, 2, 29)] + [
        None
    ] * 4
    assert days("2024-12-31/2025-01-01") == (date(2024, 12, 31), date(2025, 1, 1))
    assert days("2025-01-01/2025-12-31/2026-01-01") is None


def test_a_data_source_of_the_wrong_shape_is_left_out() -> None:
    """What has been refused is no value; nothing is invented for it."""
    document, found = read_document(
        source_of("p", f"{START}data: {{a: [x], b: {{kind: values, file: b.csv}}}}\n{SCHEME}")
    )
    assert [(d.code, d.place.column) for d in found] == [("E009", 11)]
    assert document is not None
    assert document.header.data == ()
    assert DataSource(name="a", kind="", file="", span=document.schemes[0].span).layout == "long"
