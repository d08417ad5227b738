"""`rubric inspect FILE`: what a collected file holds, and the `data:` part of a policy that reads it."""

from pathlib import Path

import click

from engine.commands.assessing import report
from engine.commands.console import deliver, exit_code, patience
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.commands.speech import spoken
from engine.commands.usage import Misused

_FORMATS = ("text", "json", "yaml")


@click.command(
    "inspect",
    cls=Verb,
    help="看一个数据文件里有什么，写出方案的数据部分。\n\n"
    "FILE 是问卷平台的导出、指标值表或者台账（.csv、.xlsx、.xls、.ods）。认出了什么、凭什么认出，都写明；"
    "文字题的内容、姓名、电话、IP 不显示。读它会出错时退出码为1，打不开时为3。 | "
    "Look at a data file, and write the data part of a policy.\n\n"
    "FILE is an export of a survey platform, an indicator sheet or a ledger (.csv, .xlsx, .xls, .ods). What was "
    "recognised is said, and by what; what people wrote, their names, numbers and addresses are not shown. The exit "
    "code is 1 where reading it would fail, and 3 where it cannot be opened.",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help="怎样显示：文字、JSON，或者可以贴进方案的YAML。 | "
    "How to show it: as text, as JSON, or as YAML to be pasted into a policy.",
)
@click.option("--sheet", metavar="NAME", help="只看这张工作表。 | Look at this sheet only.")
@click.option(
    "--encoding",
    metavar="E",
    help="CSV文件的编码，如gb18030；不写时自动识别。 | The encoding of a CSV file, like gb18030; else it is found out.",
)
@lang_option
@click.pass_context
def command(context: click.Context, file: Path, form: str, sheet: str | None, encoding: str | None) -> int:
    """Print what the file holds; with YAML on stdout what is wrong goes to stderr."""
    if not file.exists():
        raise Misused(f"没有这个文件：{file}", f"no such file: {file}")
    from engine.data.inspection import inspect_file  # with what reads workbooks: heavy
    from engine.report.contracts import render_contract
    from engine.report.inspections import problems, render_inspection, render_inspection_json, without_lines
    from engine.report.phrases_of_files import told

    lang = spoken(context)
    with patience(told("looking", lang)):
        found, refused = inspect_file(file, encoding, sheet)
    if found is None:
        report(without_lines(refused), lang)
        return exit_code(refused, refused=True)
    wrong = problems(found)
    if form == "yaml":
        deliver(render_contract(found, lang), encoding="utf-8")
        report(wrong, lang)
    elif form == "json":
        deliver(render_inspection_json(found, lang), encoding="utf-8")
    else:
        deliver(render_inspection(found, lang, str(file)))
    return exit_code(wrong)
