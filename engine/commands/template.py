"""`rubric template POLICY -o FILE`: the workbook in which a policy's data are collected."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from engine.commands.assessing import day_of, report
from engine.commands.console import FINE, complain, exit_code, write_whole
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.commands.speech import spoken
from engine.commands.usage import Misused, unknown
from engine.data.periods import Period, parse_periods
from engine.language.policy import Policy
from engine.language.policy_file import read_policy
from engine.report.text import visible


@click.command(
    "template",
    cls=Verb,
    help="写出数据收集表：一个工作簿，每种数据一张表，填好就能算。\n\n"
    "POLICY 是方案文件。每张表有表头、填写检查、单位、目标值和收集部门，第一张表说明由谁填什么；"
    "填好后用 rubric run POLICY --data FILE 计算。空着的格子是缺数，不会当成0。 | "
    "Write the workbook in which a policy's data are collected.\n\n"
    "POLICY is the policy file. Each kind of data has its sheet with headers, checks of what is typed, units, targets "
    "and departments; the first sheet says who fills in what. When it is filled in: rubric run POLICY --data FILE. A "
    "blank cell is missing, never 0.",
)
@click.argument("policy", metavar="POLICY", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="要写的工作簿，如 收集表.xlsx。 | The workbook to write, such as collect.xlsx.",
)
@click.option(
    "--period",
    metavar="P",
    help="收集哪一期：2025、2025-Q1；几期写成 2025-01..2025-06；不写就是方案的期间。 | "
    "The period to collect: 2025, 2025-Q1; several as 2025-01..2025-06; else the policy's own.",
)
@click.option(
    "--unit",
    "units",
    metavar="NAME",
    multiple=True,
    help="有哪些评价对象，每个写一次；按几列分的写成 华北/一店。 | "
    "A unit to be assessed, once for each; of several columns as North/First.",
)
@click.option("--scheme", metavar="NAME", help="只收集这一套评分办法的数据。 | Only the data of this scheme.")
@click.option(
    "--due",
    metavar="DATE",
    callback=day_of,
    help="收集表的交回日期，写在第一张表上。 | When the workbook is wanted back; the first sheet says so.",
)
@click.option("--force", is_flag=True, help="覆盖已有的文件。 | Overwrite a file that exists.")
@lang_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter for each option
    context: click.Context,
    *,
    policy: Path,
    output: Path,
    period: str | None,
    units: tuple[str, ...],
    scheme: str | None,
    due: date | None,
    force: bool,
) -> int:
    """Write the workbook, whole or not at all."""
    _require_place(output, context, force=force)
    checked = _checked(policy, context)
    lang = spoken(context, checked.header.lang)
    if scheme is not None and scheme not in (names := [one.name for one in checked.schemes]):
        raise unknown("评分办法", "scheme", scheme, names, context)
    from engine.report.collection.template import of_scheme, template_of
    from engine.report.collection.words import phrase
    from engine.report.collection.workbook import workbook_bytes

    template = template_of(
        of_scheme(checked, scheme),
        lang,
        periods=_periods(checked, period),
        units=[_texts(checked, unit) for unit in units],
        due=due,
    )
    write_whole(output, workbook_bytes(template))
    told = {"file": output, "policy": policy, "sheets": len(template.forms), "items": template.items}
    complain(visible(phrase("written", lang, **told)))
    return FINE


def _require_place(output: Path, context: click.Context, *, force: bool) -> None:
    if output.suffix.lower() != ".xlsx":
        raise Misused(f"收集表是工作簿，文件名要以.xlsx结尾：{output}", f"name the workbook *.xlsx: {output}", context)
    if output.exists() and not force:
        raise Misused(
            f"{output} 已经存在；要覆盖它请加 --force", f"{output} exists already; --force overwrites it", context
        )
    if not output.parent.is_dir():
        raise Misused(f"没有文件夹 {output.parent}", f"there is no folder {output.parent}", context)


def _checked(path: Path, context: click.Context) -> Policy:
    """The policy without errors; its findings go to stderr."""
    if path.is_dir():
        raise Misused(f"请写明是哪个方案文件，{path} 是文件夹", f"name the policy file; {path} is a folder")
    if not path.is_file():
        raise Misused(f"没有这个文件：{path}", f"no such file: {path}")
    file = read_policy(path)
    report(file.diagnostics, spoken(context, file.lang))
    if (code := exit_code(file.diagnostics)) or file.policy is None:
        raise click.exceptions.Exit(code)
    _require_sheets(file.policy)
    return file.policy


def _require_sheets(policy: Policy) -> None:
    """There are data to collect, and no two sources would have to share a sheet."""
    from engine.data.collection import sheet_of  # what runs need, checks do not

    first: dict[str, str] = {}
    for source in policy.header.data:
        other = first.setdefault(sheet_of(source.name).casefold(), source.name)
        if other != source.name:
            raise Misused(
                f"数据“{other}”和“{source.name}”的名称前31个字相同，工作表分不开；请改一个名称",
                f"the sources “{other}” and “{source.name}” begin with the same 31 letters, and so would their sheets; "
                "rename one",
            )
    if not first:
        raise Misused(
            f"方案没有 data：没有数据可收集：{policy.header.id}", f"{policy.header.id} has no `data:` to collect"
        )


def _periods(policy: Policy, text: str | None) -> Sequence[Period]:
    """The periods asked for, else the policy's own; () where it knows none."""
    wanted = text if text is not None else policy.header.period_on
    if wanted is None and policy.header.period_every is None:
        return ()
    if wanted is None:
        raise Misused(
            "方案没有写明是哪一期，请加 --period，如 --period 2025-Q1",
            "the policy does not say which period; add --period, such as --period 2025-Q1",
        )
    found = parse_periods(wanted)
    if isinstance(found, str):
        raise Misused(
            f"看不懂期间“{wanted}”；写成 2025、2025-Q1、2025-03 这样",
            f"“{wanted}” is no period; write 2025, 2025-Q1, 2025-03",
        )
    return found


def _texts(policy: Policy, unit: str) -> tuple[str, ...]:
    columns = policy.header.units
    texts = tuple(part.strip() for part in unit.split("/")) if len(columns) > 1 else (unit.strip(),)
    if len(texts) != len(columns) or not all(texts):
        told = "/".join(columns)
        if not columns:
            raise Misused("方案没有分评价对象，不必写 --unit", "the policy has no units; leave out --unit")
        raise Misused(f"评价对象“{unit}”要写成 {told}", f"write the unit “{unit}” as {told}")
    return texts
