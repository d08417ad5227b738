"""What indicators, grades and units are called in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from engine.diagnostics import Lang
from engine.evaluation.result import Assessment, NodeResult
from engine.language.policy import CheckedScheme, Header, Indicator, Policy
from engine.language.syntax import Kind, Unit
from engine.report.numbers import marked, shown
from engine.report.words import UNITS, say, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: the language, and the policy's glossary where it is not the policy's own language."""

    lang: Lang
    glossary: Mapping[str, str]

    def name(self, text: str) -> str:
        """A name, a grade, a column or a department, translated where the policy's `names:` knows it."""
        return self.glossary.get(text, text)

    def listed(self, texts: Iterable[str]) -> str:
        """What there is of the texts, one after the other."""
        return ("，" if self.lang == "zh" else ", ").join(text for text in texts if text)

    def labelled(self, label: str, text: str) -> str:
        """`label: text`."""
        return f"{label}{'：' if self.lang == 'zh' else ': '}{text}"

    def either(self, pair: tuple[str, str]) -> str:
        """The reader's side of a pair of words."""
        return word(pair, self.lang)


def reader(policy: Policy, lang: Lang) -> Reader:
    """The reader of a policy's results in a language."""
    return Reader(lang=lang, glossary={} if lang == policy.header.lang else policy.header.names)


def title(header: Header, lang: Lang) -> str:
    """The policy's title in a language, else in its own, else its id."""
    return header.title.get(lang) or header.title.get(header.lang) or next(iter(header.title.values()), header.id)


def scheme_of(policy: Policy, assessment: Assessment) -> CheckedScheme:
    """The scheme an assessment was made under."""
    return next(scheme for scheme in policy.schemes if scheme.name == assessment.scheme)


def decimals(scheme: CheckedScheme, indicator: Indicator) -> int | None:
    """The decimals a score is shown with: its own, else the scheme's."""
    return (indicator.rounding or scheme.rounding).decimals


def score_text(scheme: CheckedScheme, indicator: Indicator, node: NodeResult) -> str:
    """The reported score with the policy's decimals; "" where there is none."""
    number = node.score if node.reported is None else node.reported
    return "" if number is None else shown(number, decimals(scheme, indicator))


def amount(number: Fraction, unit: Unit, reads: Reader) -> str:
    """A number with its unit: 98%, 1.7个百分点, 1.7 pp, 1 hour."""
    named = reads.either(UNITS[unit.value])
    return marked(number) + (named.removesuffix("s") if number == 1 else named)


def value_text(number: Fraction, indicator: Indicator, unit: Unit, reads: Reader) -> str:
    """A measured value with its unit; of a yes/no question the answer."""
    if indicator.kind is Kind.YES_NO and number in (0, 1):
        return say("yes" if number else "no", reads.lang)
    return amount(number, unit, reads)


def changed_by_veto(node: NodeResult) -> bool:
    """Whether a veto that applies replaced anything: the score, or the grade."""
    return node.before_veto is not None or node.grade_before_veto not in (None, node.grade)


def unit_text(assessment: Assessment, reads: Reader, whole: str) -> str:
    """`事业部 = 一部，地区 = 华东`; `whole` for the whole."""
    told = {**assessment.unit, **assessment.segment}
    pairs = [f"{reads.name(column)} = {reads.name(value)}" for column, value in told.items()]
    return reads.listed(pairs) or whole
