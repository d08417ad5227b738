"""The examples of the catalogue, and what rubric finds in them: the finding shown beside an example is the real one.

An example is lines of a scheme, a whole policy file (it says `rubric:`) or several versions of it, a data file (it
begins with `file:`, see `engine.data.examples`), a file of tests (`file: example.test.yaml`) with its policy behind it,
or a run (`run:` and its options, perhaps a data file, then the policy or its versions). Lines that begin with a bullet
state their own conventions; before any other the usual ones are put, so that an example shows one fault and no open
choice beside it.
"""

import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent
from typing import Literal

from engine.diagnostics import Diagnostic, Lang, Refused, catalogue, in_order
from engine.language.checks.versions import versions_fit
from engine.language.policy import Policy
from engine.language.policy_file import PolicyFile, read_policy
from engine.language.version import version_of
from engine.source import Place

_NAME = "example.yaml"
_TESTS = "example.test.yaml"
_MARGIN = "  "  # of the lines below `scheme: |`
_HEADERS: Mapping[Lang, str] = {
    "zh": 'rubric: 1\npolicy: example\ntitle: 例\nlang: zh\nversion: "1"\nscheme: |\n',
    "en": 'rubric: 1\npolicy: example\ntitle: Example\nlang: en\nversion: "1"\nscheme: |\n',
}
_CONVENTIONS: Mapping[Lang, str] = {
    "zh": "- 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限\n",
    "en": "- round half up to 1 decimal, grade on rounded value, missing: error, whole steps only,"
    " lower bound included\n",
}


def example(code: str, kind: Literal["bad", "good"], lang: Lang) -> str:
    """The wrong or the right example of a code; one text serves both languages where words do not matter."""
    text = catalogue(code[1])[code][kind]
    return text if isinstance(text, str) else text[lang]


def found_in(example: str, lang: Lang) -> tuple[Diagnostic, ...]:
    """What is found in an example written in `lang`, placed as if the example were the whole file."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        findings = [_beside(finding, folder) for finding in in_order(_findings(example, folder, lang))]
    if _is_scheme(example):
        before = _policy_text(example, lang).count("\n") - example.count("\n")
        findings = [_alone(finding, before) for finding in findings]
    return tuple(findings)


def _is_scheme(example: str) -> bool:
    """Whether the example is lines of a scheme, without the policy around them."""
    return not re.search(r"^(rubric\s*[:：]|file:|run:|inspect:)", example, flags=re.MULTILINE)


def _findings(example: str, folder: Path, lang: Lang) -> tuple[Diagnostic, ...]:
    if example.startswith(f"file: {_TESTS}\n"):
        return _findings_of_tests(example, folder)
    if example.startswith("file:"):
        from engine.data.examples import findings_of_data  # only this reads workbooks and tables

        return findings_of_data(example, folder, lang)
    if example.startswith("inspect:"):
        from engine.data.examples import findings_of_inspection  # as above

        return findings_of_inspection(example, folder)
    if example.startswith("run:"):
        return _findings_of_run(example, folder)
    if len(versions := _versions(example)) > 1:
        return _findings_of_versions(versions, folder)
    path = folder / _NAME
    encoding = re.match(r"# written in: (\S+)\n", example)
    path.write_text(_policy_text(example, lang), encoding=encoding[1] if encoding else "utf-8", newline="")
    return read_policy(path).diagnostics


def _policy_text(example: str, lang: Lang) -> str:
    """The policy file an example stands for."""
    if not _is_scheme(example):
        return example
    conventions = "" if example.lstrip().startswith("-") else _CONVENTIONS[lang]
    return _HEADERS[lang] + indent(conventions + example, _MARGIN)


def _findings_of_tests(example: str, folder: Path) -> tuple[Diagnostic, ...]:
    from engine.insight.cases import prepare  # it is about tests, not about policies

    for file in re.split(r"^file: ", example, flags=re.MULTILINE)[1:]:
        name, text = file.split("\n", 1)
        (folder / name).write_text(text, encoding="utf-8")
    return prepare(folder / _TESTS).diagnostics


def _findings_of_run(example: str, folder: Path) -> tuple[Diagnostic, ...]:
    first, rest = example.split("\n", 1)
    words = shlex.split(first.removeprefix("run:"))
    options = dict(zip(words[::2], words[1::2], strict=True))
    data, policy = rest[: rest.index("rubric: 1")], rest[rest.index("rubric: 1") :]
    if data:
        header, rows = data.split("\n", 1)
        (folder / header.removeprefix("file: ")).write_text(rows, encoding="utf-8")
    return _run(_versions(policy), folder, options)


def _versions(text: str) -> list[str]:
    """The policy files in a text; several are versions of one policy."""
    return re.split(r"(?<=\n)(?=rubric: 1\n)", text) if text.startswith("rubric: 1\n") else [text]


def _written(versions: list[str], folder: Path) -> list[PolicyFile]:
    paths = [folder / (f"{n}-{_NAME}" if len(versions) > 1 else _NAME) for n in range(1, len(versions) + 1)]
    for path, text in zip(paths, versions, strict=True):
        path.write_text(text, encoding="utf-8")
    return [read_policy(path) for path in paths]


def _findings_of_versions(versions: list[str], folder: Path) -> tuple[Diagnostic, ...]:
    files = _written(versions, folder)
    found = [finding for file in files for finding in file.diagnostics]
    return (*found, *versions_fit([version_of(file.policy) for file in files if file.policy is not None]))


def _run(versions: list[str], folder: Path, options: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    files = _written(versions, folder)
    found = tuple(finding for file in files for finding in file.diagnostics)
    policies = [file.policy for file in files if file.policy is not None]
    if len(policies) < len(files):
        return found
    if "--units" in options:
        return (*found, *_of_units(policies[0], folder, folder / options["--units"]))
    if {"--cells", "--dialect", "--engine"} & set(options):
        return (*found, *_counted(policies[0], folder, options))
    from engine.evaluation.histories import Inquiry, assess_history  # the query engine is loaded only for a run

    as_of = date.fromisoformat(options["--as-of"]) if "--as-of" in options else None
    try:
        asked = Inquiry(versions=policies, folder=folder, as_of=as_of, period=options.get("--period"))
        return (*found, *assess_history(asked).warnings)
    except Refused as refusal:
        return refusal.diagnostics


def _of_units(policy: Policy, folder: Path, file: Path) -> tuple[Diagnostic, ...]:
    """What is found when the units of a file are scored."""
    from engine.insight.columns import evaluate_file
    from engine.insight.many import prepare

    try:
        evaluate_file(prepare(policy), file, folder / "results.csv")
    except Refused as refusal:
        return refusal.diagnostics
    return ()


def _counted(policy: Policy, folder: Path, options: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What is found when records are counted in a warehouse, or their counts are scored."""
    from engine.evaluation.counted import Question, assess_counts, query_for
    from engine.evaluation.spark import refuse_other_forms

    question = Question(policy=policy, period=options.get("--period"))
    try:
        if "--engine" in options:
            refuse_other_forms(question)
            return ()
        if "--dialect" in options:
            query_for(question)
            return ()
        return assess_counts(question, folder / options["--cells"]).warnings
    except Refused as refusal:
        return refusal.diagnostics


def _beside(finding: Diagnostic, folder: Path) -> Diagnostic:
    related = tuple(_named(place, folder) for place in finding.related)
    return replace(finding, place=_named(finding.place, folder), related=related)


def _named(place: Place, folder: Path) -> Place:
    return replace(place, file=place.file.removeprefix(f"{folder}{os.sep}"))


def _alone(finding: Diagnostic, before: int) -> Diagnostic:
    """A finding in lines of a scheme, counted from their first; `line` and `first` name another line of them."""
    args = {k: v - before if k in ("line", "first") and isinstance(v, int) else v for k, v in finding.args.items()}
    related = tuple(_higher(place, before) for place in finding.related)
    return replace(finding, place=_higher(finding.place, before), related=related, args=args)


def _higher(place: Place, lines: int) -> Place:
    return replace(
        place,
        line=place.line - lines,
        end_line=place.end_line - lines,
        column=place.column - len(_MARGIN),
        end_column=place.end_column - len(_MARGIN),
        text=place.text.removeprefix(_MARGIN),
    )
