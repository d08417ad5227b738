"""What `run`, `explain` and `demo` share: their options, and the way from a policy and a folder to a result."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.commands.console import FINE, REFUSED, complain, exit_code, orderly, patience
from engine.commands.files import policies_below
from engine.commands.group import lang_option
from engine.commands.speech import spoken
from engine.commands.usage import Misused, unknown
from engine.data.files import WORKBOOKS
from engine.diagnostics import Diagnostic, Lang, Refused, in_order
from engine.evaluation.result import Result
from engine.language.checks.versions import versions_fit
from engine.language.policy import Policy
from engine.language.policy_file import read_policy
from engine.language.version import version_of
from engine.report.findings import Finding, render_text
from engine.report.sheet import unassessed
from engine.report.text import visible
from engine.report.words import say

if TYPE_CHECKING:
    from engine.evaluation.counted import Question
    from engine.evaluation.histories import History, PeriodResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a user asks to be assessed."""

    policy: Path
    folder: Path | None
    cells: Path | None = None
    by: tuple[str, ...] = ()
    period: str | None = None
    as_of: date | None = None
    scheme: str | None = None
    encoding: str | None = None
    memory: int | None = None
    threads: int | None = None
    keep: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """The answer: what each period came to, the language to speak, and the exit code so far.

    `policy`, `result`: of the period asked for, of several the last.
    """

    policy: Policy
    result: Result
    history: "History"
    lang: Lang
    code: int = FINE


def ordered(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that say what is assessed on which data, and hand them to it as its `order`."""

    @wraps(command)
    def with_order(  # noqa: PLR0913 - one parameter for each option
        *,
        policy: Path,
        folder: Path | None,
        cells: Path | None,
        by: tuple[str, ...],
        period: str | None,
        as_of: date | None,
        scheme: str | None,
        encoding: str | None,
        memory: int | None,
        threads: int | None,
        **others: object,
    ) -> int:
        order = Order(
            policy=policy,
            folder=folder,
            cells=cells,
            by=by,
            period=period,
            as_of=as_of,
            scheme=scheme,
            encoding=encoding,
            memory=memory,
            threads=threads,
        )
        return command(order=order, **others)

    for option in reversed(_OPTIONS):
        with_order = option(with_order)
    return with_order


def day_of(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    """The day that an option names."""
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
        type=click.Path(path_type=Path),
        help="放数据文件的文件夹，或者填好的收集表（见 rubric template）。 | "
        "The folder with the data files, or a collection workbook filled in (see rubric template).",
    ),
    click.option(
        "--cells",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="别处已经汇总好的记录（rubric sql 的查询结果），代替问卷和台账；按名称查的数仍从 --data 读。 | "
        "Records already counted elsewhere, as the query of rubric sql gives them, in place of questionnaires and "
        "ledgers; values looked up by name are still read from --data.",
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
        help="评价哪一期：2025、2025-03、2025-Q1、2025H1；几期写成 2024-Q1..2025-Q4，"
        "数据里的每一期写 each（或者 monthly、quarterly、yearly）。 | "
        "The period to assess: 2025, 2025-03, 2025-Q1, 2025H1; several as 2024-Q1..2025-Q4; each period the data have "
        "as “each” (or monthly, quarterly, yearly).",
    ),
    click.option(
        "--as-of",
        metavar="DATE",
        callback=day_of,
        help="按哪一天有效的目标值和方案版本评价，如2025-12-31；不写就按每一期的最后一天。 | "
        "The date whose targets and version of the policy hold, like 2025-12-31; else each period's last day.",
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
    click.option(
        "--memory",
        metavar="MIB",
        type=click.IntRange(min=1),
        help="查询最多用多少内存（MiB），放不下的先写到临时文件；不写就按本机的内存。 | "
        "MiB of memory for queries; what does not fit goes to temporary files. Else as the machine allows.",
    ),
    click.option(
        "--threads",
        metavar="N",
        type=click.IntRange(min=1),
        help="查询用几个线程；得数与它无关。不写就全用。 | Threads for queries; no figure depends on it. Else all.",
    ),
    lang_option,
)


def assessed(context: click.Context, order: Order) -> Assessed:
    """Read, check and score; findings go to stderr, and refusals end the run with their exit code."""
    answer = scored(context, order)
    report(answer.history.warnings, answer.lang)
    lacking = [one for period in answer.history.asked for one in _lacking(period, answer)]
    for sentence in lacking:
        complain(visible(sentence))
    return replace(answer, code=REFUSED if lacking else FINE)


def scored(context: click.Context, order: Order) -> Assessed:
    """The same without a word about what was noticed on the way."""
    _require_files(context, order)
    versions, lang = _versions(context, order)
    try:
        with orderly(), patience(say("assessing", lang)):
            history = _assess(versions, order, lang)
    except Refused as refusal:
        raise stopped(refusal, lang) from None
    _require_columns([one.result for one in history.asked], order.by)
    last = history.asked[-1]
    return Assessed(policy=last.policy, result=last.result, history=history, lang=lang)


def _require_files(context: click.Context, order: Order) -> None:
    """What the order names is there; and it names data, or what was counted of them."""
    if order.folder is None and order.cells is None:
        option = next(one for one in context.command.params if one.name == "folder")
        raise click.MissingParameter(ctx=context, param=option)
    if not order.policy.exists():
        raise Misused(f"没有这个文件：{order.policy}", f"no such file: {order.policy}")
    if order.cells is not None and not order.cells.is_file():
        raise Misused(f"没有这个文件：{order.cells}", f"no such file: {order.cells}")
    if order.folder is not None:
        _require_data(order.folder)


def _require_data(path: Path) -> None:
    """Data lie in a folder, or in a collection workbook."""
    if path.is_file() and path.suffix.lower() not in WORKBOOKS:
        raise Misused(
            f"--data 要写文件夹或者填好的收集表（.xlsx），不是 {path}",
            f"--data takes a folder, or a collection workbook (.xlsx) filled in, not {path}",
        )
    if not path.exists():
        raise Misused(f"没有这个文件夹：{path}", f"no such folder: {path}")


def stopped(refusal: Refused, lang: Lang) -> click.exceptions.Exit:
    """The end of a run that is refused, once its findings are told."""
    report(refusal.diagnostics, lang)
    return click.exceptions.Exit(exit_code(refusal.diagnostics, refused=True))


def checked_policy(context: click.Context, path: Path, scheme: str | None) -> tuple[Policy, Lang]:
    """The one policy of a file, checked, with the language to speak; findings go to stderr, errors end the run."""
    order = Order(policy=path, folder=None, scheme=scheme)
    if not path.is_file():
        raise Misused(f"没有这个文件：{path}", f"no such file: {path}")
    (policy,), lang = _versions(context, order)
    return policy, lang


def _versions(context: click.Context, order: Order) -> tuple[list[Policy], Lang]:
    """The policy, or of a folder all versions of the one policy in it; with the language to speak."""
    files = [read_policy(path) for path in _files(order.policy)]
    lang = spoken(context, files[-1].lang)
    found = [diagnostic for file in files for diagnostic in file.diagnostics]
    versions = [file.policy for file in files if file.policy is not None]
    if len(files) == len(versions) > 1:
        found += versions_fit([version_of(one) for one in versions])
    report(found, lang)
    if code := exit_code(found):
        raise click.exceptions.Exit(code)
    if order.scheme is not None and order.scheme not in (names := [s.name for one in versions for s in one.schemes]):
        raise unknown("评分办法", "scheme", order.scheme, names, context)
    return versions, lang


def _files(path: Path) -> list[Path]:
    """The file, or the policy files that stand in the folder itself."""
    if not path.is_dir():
        return [path]
    found = [file for file in policies_below(path) if file.parent == path]
    if not found:
        raise Misused(f"文件夹里没有评价方案（*.yaml）：{path}", f"no policy (*.yaml) in {path}")
    return found


def _assess(versions: Sequence[Policy], order: Order, lang: Lang) -> "History":
    from engine.evaluation.histories import Inquiry, assess_history  # the engines of the evaluation are heavy

    _require_one_policy(versions, order.policy)
    if order.cells is not None:
        return _assess_cells(versions, order, order.cells)
    assert order.folder is not None  # noqa: S101 - asked for where there are no cells
    from engine.data.contract import Limits

    inquiry = Inquiry(
        versions=versions,
        folder=order.folder,
        as_of=order.as_of,
        period=order.period,
        by=order.by,
        encoding=order.encoding,
        scheme=order.scheme,
        limits=Limits(
            memory=order.memory,
            threads=order.threads,
            tell=lambda phrase, places: complain(visible(say(phrase, lang, **places))),
        ),
        keep=order.keep,
    )
    return assess_history(inquiry)


def _assess_cells(versions: Sequence[Policy], order: Order, cells: Path) -> "History":
    from engine.evaluation.counted import assess_counts

    if len(versions) > 1:
        raise Misused(
            f"用 --cells 时要写明是哪个方案文件：{order.policy}",
            f"with --cells name one policy file, not {order.policy}",
        )
    return assess_counts(question_of(versions[0], order), cells)


def question_of(policy: Policy, order: Order) -> "Question":
    """What an order asks of counts."""
    from engine.evaluation.counted import Question

    return Question(
        policy=policy,
        folder=order.folder,
        period=order.period,
        as_of=order.as_of,
        by=order.by,
        scheme=order.scheme,
        encoding=order.encoding,
    )


def _require_one_policy(versions: Sequence[Policy], path: Path) -> None:
    """Only versions of one and the same policy can stand for each other."""
    ids = list(dict.fromkeys(one.header.id for one in versions))
    if len(ids) > 1:
        raise Misused(
            f"文件夹里有几个不同的方案（{'、'.join(ids)}），请写明是哪个文件：{path}",
            f"the folder holds different policies ({', '.join(ids)}); name the file: {path}",
        )


def _lacking(one: "PeriodResult", answer: Assessed) -> list[str]:
    """A sentence for each unit without a score, with its period where there are several."""
    told, several = unassessed(one.policy, one.result, answer.lang), len(answer.history.asked) > 1
    return [f"{one.period.text}  {sentence}" for sentence in told] if several and one.period else told


def _require_columns(results: Sequence[Result], by: Iterable[str]) -> None:
    """A column asked for that no source has would change nothing, and nobody would notice."""
    known = {column for result in results for a in result.assessments for column in (*a.unit, *a.segment)}
    for column in by:
        if column not in known:
            raise Misused(f"数据里没有“{column}”这一列", f"the data have no column “{column}”")


def report(diagnostics: Iterable[Diagnostic], lang: Lang) -> None:
    """Findings on stderr."""
    findings = [Finding(diagnostic, lang) for diagnostic in in_order(list(diagnostics))]
    if findings:
        complain(render_text(findings).rstrip("\n"))
