"""The examples of the diagnostics' catalogue: a policy or a data file each, and what is found in it.

An example is a data file when it begins with `file:` (see `data_examples`), a whole policy file
when it says `rubric:`, else lines of a scheme. Lines that begin with a bullet state their own
conventions; before any other the usual ones are put, so that an example shows one fault and no
open choice beside it.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from textwrap import indent

from engine.diagnostics import Diagnostic, Lang, in_order
from engine.language.policy_file import read_policy
from engine.report.findings import Finding, render_text
from tools.data_examples import findings_of_data, is_data_example
from tools.run_examples import findings_of_run, is_run_example

NAME = "example.yaml"
HEADER = 'rubric: 1\npolicy: example\ntitle: 例\nlang: zh\nversion: "1"\nscheme: |\n'
CONVENTIONS = "- 四舍五入保留1位小数，按修约值定级，缺数报错，不足一步不扣分，等级边界含下限\n"


def policy_text(example: str) -> str:
    """The policy file an example stands for."""
    if re.search(r"^rubric\s*[:：]", example, flags=re.MULTILINE):
        return example
    conventions = "" if example.lstrip().startswith("-") else CONVENTIONS
    return HEADER + indent(conventions + example, "  ")


def findings_of(example: str) -> tuple[Diagnostic, ...]:
    """What is found in an example: a policy, scheme lines, a data file, or a run."""
    if is_data_example(example):
        return findings_of_data(example)
    if is_run_example(example):
        return findings_of_run(example)
    with TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        encoding = re.match(r"# written in: (\S+)\n", example)
        path.write_text(policy_text(example), encoding=encoding[1] if encoding else "utf-8", newline="")
        return in_order(read_policy(path).diagnostics)


def shown(findings: Sequence[Diagnostic], lang: Lang) -> str:
    """The findings as rubric prints them, with the names of files as seen from their folder."""
    text = render_text([Finding(finding, lang) for finding in findings])
    return re.sub(rf"{re.escape(gettempdir())}/[^/]+/", "", text)
