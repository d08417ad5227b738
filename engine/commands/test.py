"""`rubric test PATH...`: the cases beside the policies, run and compared."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.commands.assessing import report
from engine.commands.console import FINDINGS, FINE, complain, deliver, patience
from engine.commands.files import tests_below, tests_beside
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.commands.speech import spoken
from engine.commands.usage import Misused

if TYPE_CHECKING:
    from engine.report.verdicts import Tested

_FORMATS = ("text", "json", "junit")


@click.command(
    "test",
    cls=Verb,
    help="运行方案的测试用例，核对得分、等级和扣分。\n\n"
    "PATH 是测试文件（*.test.yaml）、方案文件（运行它旁边的测试），或者文件夹。有不符的用例时退出码为1。 | "
    "Run the test cases of policies: scores, grades and deductions as expected.\n\n"
    "PATH is a file of tests (*.test.yaml), a policy (the tests beside it are run), or a folder. "
    "The exit code is 1 if a case did not end as expected.",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help="怎样显示结果：文字、JSON，或者构建服务器读的JUnit。 | "
    "How to show the outcome: as text, as JSON, or as JUnit for build servers.",
)
@click.option(
    "--coverage",
    is_flag=True,
    help="再列出没有用例到达的行、规则、封顶、等级和一票否决；有的话退出码为1。 | "
    "Also list the lines, rules, caps, grades and vetoes that no case reaches; the exit code is then 1.",
)
@click.option(
    "--mutants",
    is_flag=True,
    help="再逐一改动方案里的权重、边界、步长、扣分、封顶和目标值，列出没有用例发现的改动；有的话退出码为1。 | "
    "Also change the policy's weights, bounds, steps, points, caps and targets one at a time and list the changes "
    "that no case notices; the exit code is then 1.",
)
@lang_option
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], form: str, *, coverage: bool, mutants: bool) -> int:
    """Print how the cases ended; 1 if one failed, a file could not be run, or something asked about is not tested."""
    from engine.report.phrases_of_tests import told  # with the evaluation behind it: heavy
    from engine.report.verdicts import RENDERERS, summary

    files = _chosen(paths)
    with patience(told("testing", spoken(context))):
        ended = [_ended(file, context, coverage=coverage, mutants=mutants) for file in files]
    if form != "json":
        for tested in ended:
            report(tested.prepared.diagnostics, tested.lang)
    deliver(RENDERERS[form](ended), encoding=None if form == "text" else "utf-8")
    own = {tested.prepared.lang for tested in ended}
    complain(summary(ended, spoken(context, own.pop() if len(own) == 1 else None)))
    return FINE if all(_is_fine(tested) for tested in ended) else FINDINGS


def _ended(file: Path, context: click.Context, *, coverage: bool, mutants: bool) -> "Tested":
    from engine.insight.cases import prepare
    from engine.insight.coverage import unreached
    from engine.insight.mutants import mutants as changes_of, survivors
    from engine.insight.testing import verdicts_of
    from engine.report.verdicts import Tested

    prepared = prepare(file)
    verdicts, policy = verdicts_of(prepared), prepared.policy
    judges = mutants and any(verdict.passed for verdict in verdicts)  # a case that fails notices nothing
    return Tested(
        prepared=prepared,
        verdicts=verdicts,
        lang=spoken(context, prepared.lang),
        unreached=unreached(policy, verdicts) if coverage and policy is not None else None,
        unnoticed=survivors(prepared, verdicts) if judges and policy is not None else None,
        changes=len(changes_of(policy)) if judges and policy is not None else 0,
    )


def _is_fine(tested: "Tested") -> bool:
    whole = tested.prepared.policy is not None and not tested.failed
    return whole and not tested.unreached and not tested.unnoticed


def _chosen(paths: tuple[Path, ...]) -> list[Path]:
    """Every file of tests once: those named, those beside the policies named, those below the folders named."""
    files: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise Misused(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
        found = list(tests_below(path)) if path.is_dir() else tests_beside(path)
        if not found and path.is_dir():
            raise Misused(f"文件夹里没有测试（*.test.yaml）：{path}", f"no tests (*.test.yaml) below {path}")
        if not found:
            beside = path.with_name(f"{path.stem}.test{path.suffix}")
            raise Misused(f"方案旁边没有测试文件：{beside}", f"the policy has no tests beside it: {beside}")
        files |= dict.fromkeys(found)
    return list(files)
