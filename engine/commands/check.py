"""`rubric check PATH...`: what is wrong or undecided in policies, all of it in one run."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from engine.commands.console import complain, deliver, exit_code, patience
from engine.commands.files import is_tests, policies_below, tests_below
from engine.commands.group import lang_option
from engine.commands.help import Verb
from engine.commands.jobs import jobs_of, spread
from engine.commands.speech import spoken
from engine.commands.usage import Misused
from engine.diagnostics import Diagnostic, Lang, in_order
from engine.language.policy_file import check_policy, read_policy
from engine.language.version import Version
from engine.report.words import say

if TYPE_CHECKING:
    from engine.report.findings import Finding

_FORMATS = ("text", "concise", "json", "github")
_POLICY = "policy"


def _chosen(paths: Sequence[Path]) -> list[Path]:
    """Every file once, folders opened; a path that leads to no policy is a mistake of the caller."""
    files: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise Misused(f"没有这个文件或文件夹：{path}", f"no such file or folder: {path}")
        found = [*policies_below(path), *tests_below(path)] if path.is_dir() else [path]
        if not found:
            raise Misused(f"文件夹里没有评价方案（*.yaml）：{path}", f"no policy (*.yaml) below {path}")
        files |= dict.fromkeys(found)
    return list(files)


class _Read(NamedTuple):
    """What is found in a file, its language, and of a policy without errors which version it is; not more is kept."""

    lang: Lang
    found: tuple[Diagnostic, ...]
    version: Version | None = None


def _read(file: Path) -> _Read:
    """What is found in a policy, or in the tests of one."""
    if is_tests(file):
        from engine.insight.cases import prepare  # the evaluation's plan is behind it

        tests = prepare(file)
        return _Read(tests.lang, tuple(in_order(tests.diagnostics)))
    read = check_policy(file)
    return _Read(read.lang, tuple(in_order(read.diagnostics)), read.version)


def _findings(files: Sequence[Path], jobs: int, context: click.Context) -> "tuple[list[Finding], Lang]":
    """What is found, and the language to sum it up in: the files' own where they agree."""
    from engine.report.findings import Finding

    with spread(_read, files, jobs) as reading, patience(say("checking", spoken(context))):
        read = list(reading)
    own = {one.lang for one in read}
    findings = [Finding(found, spoken(context, one.lang)) for one in read for found in one.found]
    findings += [Finding(found, spoken(context, lang)) for lang, found in _of_versions(read)]
    return findings, spoken(context, own.pop() if len(own) == 1 else None)


def _of_versions(read: Sequence[_Read]) -> list[tuple[Lang, Diagnostic]]:
    """What is wrong with the versions of a policy beside each other; nearly always there is but one of each."""
    versions = [one.version for one in read if one.version is not None]
    if len({one.id for one in versions}) == len(versions):
        return []
    from engine.language.checks.versions import versions_fit

    langs: dict[str, Lang] = {one.version.effective.file: one.lang for one in read if one.version is not None}
    return [(langs[found.place.file], found) for found in in_order(list(versions_fit(versions)))]


def _show(findings: "list[Finding]", form: str) -> None:
    from engine.report.findings import RENDERERS

    deliver(RENDERERS[form](findings), encoding="utf-8" if form == "json" else None)


def _tell(files: Sequence[Path], findings: "list[Finding]") -> None:
    """The checked policies on stdout, without those that have errors; what is found, on stderr."""
    from engine.report.findings import RENDERERS
    from engine.report.policy_data import render_policies

    if findings:
        complain(RENDERERS["text"](findings).rstrip("\n"))
    checked = (read_policy(file).policy for file in files if not is_tests(file))
    deliver(render_policies([policy for policy in checked if policy is not None]), encoding="utf-8")


@click.command(
    "check",
    cls=Verb,
    help="检查评价方案，一次报告全部问题。\n\n"
    "PATH 是方案文件、测试文件，或者含有它们（*.yaml）的文件夹。有错误时退出码为1，只有警告时为0。 | "
    "Check policies; report everything that is wrong in one run.\n\n"
    "PATH is a policy, a file of tests, or a folder of them (*.yaml). The exit code is 1 if there are errors; "
    "warnings alone leave it at 0.",
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice((*_FORMATS, _POLICY)),
    default="text",
    help="怎样显示问题：文字、一行一条、JSON，或者GitHub的标注；policy改为输出检查过的方案本身（JSON）。 | "
    "How to show findings: with the line, one per line, as JSON, or as GitHub annotations; policy prints the checked "
    "policies themselves (JSON).",
)
@click.option(
    "--jobs",
    metavar="N",
    default="1",
    callback=jobs_of,
    help="用几个进程同时检查，文件很多时更快；结果相同。 | "
    "Check with this many processes at once, faster for many files; the result is the same.",
)
@lang_option
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], form: str, jobs: int) -> int:
    """Print the findings; 1 if there is an error among them."""
    files = _chosen(paths)
    findings, lang = _findings(files, jobs, context)
    if form == _POLICY:
        _tell(files, findings)
    else:
        _show(findings, form)
    found = [finding.diagnostic for finding in findings]
    errors = sum(diagnostic.severity == "error" for diagnostic in found)
    warnings = len(findings) - errors
    tests = sum(is_tests(file) for file in files)
    also = say("checked tests", lang, count=tests) if tests else ""
    complain(say("checked", lang, files=len(files) - tests, tests=also, errors=errors, warnings=warnings))
    return exit_code(found)
