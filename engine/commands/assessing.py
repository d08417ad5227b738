"""What `run`, `explain` and `demo` share: their options, and the way from a policy and a folder to a result."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path

import click

from engine.commands.console import FINE, REFUSED, complain, exit_code, patience
from engine.commands.group import lang_option
from engine.commands.speech import spoken
from engine.commands.usage import Misused, unknown
from engine.diagnostics import Diagnostic, Lang, Refused, in_order
from engine.evaluation.result import Result
from engine.language.policy import Policy
from engine.language.policy_file import read_policy
from engine.report.findings import Finding, render_text
from engine.report.sheet import unassessed
from engine.report.text import visible
from engine.report.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a user asks to be assessed."""

    policy: Path
    folder: Path
    by: tuple[str, ...] = ()
    period: str | None = None
    as_of: date | None = None
    scheme: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The answer: the policy, its result, the language to speak, and the exit code so far."""

    policy: Policy
    result: Result
    lang: Lang
    code: int


def ordered(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that say what is assessed on which data, and hand them to it as its `order`."""

    @wraps(command)
    def with_order(  # noqa: PLR0913 - one parameter for each option
        *,
        policy: Path,
        folder: Path,
        by: tuple[str, ...],
        period: str | None,
        as_of: date | None,
        scheme: str | None,
        encoding: str | None,
        **others: object,
    ) -> int:
        order = Order(policy=policy, folder=folder, by=by, period=period, as_of=as_of, scheme=scheme, encoding=encoding)
        return command(order=order, **others)

    for option in reversed(_OPTIONS):
        with_order = option(with_order)
    return with_order


def _date(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise Misused(f"日期“{text}”要写成2025-12-31这样", f"write the date “{text}” like 2025-12-31")
    return found


_OPTIONS = (
    click.argument("policy", metavar="POLICY", type=click.Path(path_type=Path)),
    click.option(
        "--data",
        "folder",
        metavar="DIR",
        required=True,
        type=click.Path(path_type=Path),
        help="放数据文件的文件夹。 | The folder with the data files.",
    ),
    click.option(
        "--by",
        metavar="COLUMN",
        multiple=True,
        help="再按这一列（地区、客户类型……）分开计算，可以写多次。 | "
        "Also score by this column (region, customer type ...); may be given several times.",
    ),
    click.option(
        "--period",
        metavar="P",
        help="评价哪一期：2025、2025-03、2025-Q1、2025H1。 | The period to assess: 2025, 2025-03, 2025-Q1, 2025H1.",
    ),
    click.option(
        "--as-of",
        metavar="DATE",
        callback=_date,
        help="按哪一天有效的目标值和方案评价，如2025-12-31。 | "
        "The date whose targets and policy hold, like 2025-12-31.",
    ),
    click.option(
        "--scheme",
        metavar="NAME",
        help="方案里有几套评分办法时，只算这一套。 | The scheme to score, where the policy has several.",
    ),
    click.option(
        "--encoding",
        metavar="E",
        help="CSV文件的编码，如gb18030；不写时自动识别。 | "
        "The encoding of CSV files, like gb18030; else it is found out.",
    ),
    lang_option,
)


def assessed(context: click.Context, order: Order) -> Assessed:
    """Read, check and score; findings go to stderr, and refusals end the run with their exit code."""
    if not order.policy.exists():
        raise Misused(f"没有这个文件：{order.policy}", f"no such file: {order.policy}")
    if not order.folder.is_dir():
        raise Misused(f"没有这个文件夹：{order.folder}", f"no such folder: {order.folder}")
    file = read_policy(order.policy)
    lang = spoken(context, file.lang)
    report(file.diagnostics, lang)
    if file.policy is None:
        raise click.exceptions.Exit(exit_code(file.diagnostics))
    policy = file.policy
    if order.scheme is not None and order.scheme not in (names := [scheme.name for scheme in policy.schemes]):
        raise unknown("评分办法", "scheme", order.scheme, names, context)
    try:
        with patience(say("assessing", lang)):
            result = _assess(policy, order)
    except Refused as refusal:
        report(refusal.diagnostics, lang)
        raise click.exceptions.Exit(exit_code(refusal.diagnostics, refused=True)) from None
    _require_columns(result, order.by)
    report(result.warnings, lang)
    lacking = unassessed(policy, result, lang)
    for sentence in lacking:
        complain(visible(sentence))
    return Assessed(policy=policy, result=result, lang=lang, code=REFUSED if lacking else FINE)


def _assess(policy: Policy, order: Order) -> Result:
    from engine.evaluation.assessment import assess  # the engines of the evaluation are heavy

    return assess(
        policy,
        order.folder,
        as_of=order.as_of,
        period=order.period,
        by=order.by,
        encoding=order.encoding,
        scheme=order.scheme,
    )


def _require_columns(result: Result, by: Iterable[str]) -> None:
    """A column asked for that no source has would change nothing, and nobody would notice."""
    known = {column for a in result.assessments for column in (*a.unit, *a.segment)}
    for column in by:
        if column not in known:
            raise Misused(f"数据里没有“{column}”这一列", f"the data have no column “{column}”")


def report(diagnostics: Iterable[Diagnostic], lang: Lang) -> None:
    """Findings on stderr."""
    findings = [Finding(diagnostic, lang) for diagnostic in in_order(list(diagnostics))]
    if findings:
        complain(render_text(findings).rstrip("\n"))
