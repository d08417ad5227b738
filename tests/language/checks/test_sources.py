"""The scheme and its data: questions, sources and keys of `measures:` (E301 to E303, E305, E308)."""

from dataclasses import replace
from fractions import Fraction

from engine.language.checks import check
from engine.language.policy import DataSource, Header
from engine.language.syntax import CountRows, ListedIn, LookUp, MeasureSentence, Name, RatioOfSums
from engine.source import NOWHERE, Span
from tests.language.checks.written import DECIDED, HEADER, assert_clean, assert_found, document_of, observed

SURVEY = DataSource(
    name="survey",
    kind="responses",
    file="s.xlsx",
    span=NOWHERE,
    questions={"Q1": "一", "Q2": "二"},
    scale=(Fraction(1), Fraction(5)),
)
KPI = DataSource(name="kpi", kind="values", file="k.xlsx", span=NOWHERE)
LEDGER = DataSource(name="complaints", kind="events", file="c.xlsx", span=NOWHERE)
MEAN = "总分：等权平均\n  - 各项：1-5分折合20-100分\n  质量：问卷{}均值\n"
COUNT = "总分：满分100分，倒扣分\n  投诉：每发生一次扣1分\n"


def named(text: str) -> Name:
    """A name as the parser gives it."""
    return Name(text, text)


def with_data(*sources: DataSource, **measures: MeasureSentence) -> Header:
    """A header with these sources and `measures:` sentences."""
    return replace(HEADER, data=sources, measures=measures)


def codes(text: str, header: Header) -> list[tuple[str, str, str | None]]:
    """Code, case and hint of everything found."""
    _, diagnostics = check(document_of(DECIDED + text, header))
    return [(d.code, d.case, d.hint) for d in diagnostics]


def test_a_policy_without_data_may_speak_of_any_question() -> None:
    """Without `data:` nothing is known of the questionnaire."""
    assert_clean(MEAN.format("Q7"))


def test_questions_are_declared_where_there_are_data() -> None:
    """An unknown question is found at its id; of two that are equally near none is proposed."""
    (letter,) = assert_found(MEAN.format("⟦QI⟧"), "E301/question", header=with_data(SURVEY, KPI))
    (other,) = assert_found(MEAN.format("⟦Q3⟧"), "E301/question", header=with_data(SURVEY, KPI))
    assert_clean(MEAN.format("Q1"), with_data(SURVEY, KPI))

    assert (letter.hint, other.hint) == ("Q1", None)


def test_a_question_that_is_asked_is_not_proposed_for_another() -> None:
    """The nearest question that no line asks is proposed, and where it stands is told: the slip may be there."""
    survey = replace(SURVEY, questions={"Q1": "一", "Ql0": "十"}, question_spans={"Q1": Span(0, 2), "Ql0": Span(3, 6)})
    text = "总分：等权平均\n  - 各项：1-5分折合20-100分\n  质量：问卷Q1均值\n  服务：问卷⟦Q10⟧均值\n"
    (wrong,) = assert_found(text, "E301/question", header=with_data(survey))

    assert (wrong.hint, len(wrong.related)) == ("Ql0", 1)


def test_a_question_stands_in_one_survey() -> None:
    """Two surveys with one id leave open which is read."""
    assert_found(MEAN.format("⟦Q1⟧"), "E303/question", header=with_data(SURVEY, replace(SURVEY, name="second")))


def test_a_value_needs_a_source() -> None:
    """E305 where no sheet of values is declared and no sentence computes it."""
    assert_found(COUNT.replace("投诉", "⟦投诉⟧"), "E305", header=with_data(LEDGER))
    assert_clean(COUNT, with_data(LEDGER, 投诉=CountRows(named("complaints"))))
    assert_clean(COUNT, with_data(KPI))


def test_a_sentence_that_could_not_be_read_is_a_source() -> None:
    """Its line is not said to lack one as well."""
    header = replace(with_data(LEDGER), measure_spans={"投诉": Span(0, 1)})

    assert_clean(COUNT, header)


def test_keys_of_measures_are_lines() -> None:
    """A key that names nothing is found, with the nearest name; a computed line has no data."""
    count = CountRows(named("complaints"))

    assert codes(COUNT, with_data(LEDGER, KPI, 投拆=count)) == [("E301", "measure", "投诉")]
    assert codes(COUNT, with_data(LEDGER, KPI, 总分=count)) == [("E301", "computed", None)]


def test_a_key_may_be_a_path_or_a_code() -> None:
    """With two lines of one name the path or the [key] says which is meant."""
    text = "总分：满分100分，倒扣分\n  质量\n    投诉：每发生一次扣1分\n  服务\n    投诉 [service]：每发生一次扣1分\n"
    count = CountRows(named("complaints"))
    header = with_data(LEDGER, KPI, **{"总分/质量/投诉": count, "service": count})
    scheme = assert_clean(text, header)

    assert codes(text, with_data(LEDGER, KPI, 投诉=count)) == [("E303", "measure", None)]
    assert observed(scheme, "总分/质量/投诉").sentence == count
    assert observed(scheme, "总分/服务/投诉").sentence == count


def test_a_key_may_name_what_a_rule_asks_about() -> None:
    """值班/空岗 is a measure of its own and may come from its own sentence."""
    text = "总分：满分100分，倒扣分\n  值班：空岗一人扣2分；迟到一次扣1分\n"
    count = CountRows(named("complaints"))
    scheme = assert_clean(text, with_data(LEDGER, KPI, **{"值班/空岗": count}))

    assert observed(scheme, "总分/值班/空岗").sentence == count
    assert observed(scheme, "总分/值班/迟到").sentence is None


def test_sources_are_declared() -> None:
    """A sentence speaks of a declared source; so does 属于."""
    misspelt = CountRows(named("complaint"))

    assert codes(COUNT, with_data(LEDGER, KPI, 投诉=misspelt)) == [("E301", "source", "complaints")]
    assert codes(COUNT, with_data(投诉=misspelt)) == [("E301", "no data", None)]
    survey = replace(SURVEY, valid=(ListedIn(named("客户号"), named("customers")),))
    assert codes(COUNT, with_data(survey, KPI)) == [("E301", "source", None)]


def test_rows_are_counted_in_ledgers_and_values_looked_up_in_sheets() -> None:
    """E308 for the other way round."""
    assert codes(COUNT, with_data(KPI, 投诉=CountRows(named("kpi")))) == [("E308", "", None)]
    assert codes(COUNT, with_data(LEDGER, KPI, 投诉=LookUp(named("complaints")))) == [("E308", "lookup", None)]


def test_a_measure_sentence_says_the_kind() -> None:
    """A count computed from rows is a count; percentage points of it are refused."""
    text = "总分：满分100分，倒扣分\n  投诉：目标2次，每高⟦1个百分点⟧扣1分\n"
    assert_found(text, "E601", header=with_data(LEDGER, 投诉=CountRows(named("complaints"))))
    rate = RatioOfSums(named("complaints"), named("a"), named("b"))
    assert_clean(text.replace("2次", "2%").replace("⟦", "").replace("⟧", ""), with_data(LEDGER, 投诉=rate))


def test_a_column_splits_once() -> None:
    """A unit column named twice is refused."""
    assert codes(COUNT, replace(HEADER, units=("地区", "地区"))) == [("E302", "column", None)]
