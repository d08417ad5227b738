"""Policy files read and checked, with and without the policy that they give."""

from pathlib import Path

import pytest

from engine.language.policy_file import check_policy, read_policy
from engine.language.version import version_of
from engine.resources import resource

POLICIES = sorted(path for path in resource("policies").glob("*.yaml") if not path.name.endswith(".test.yaml"))
HEAD = 'rubric: 1\npolicy: one\ntitle: 例\nlang: zh\nversion: "1"\nscheme: |\n  - 四舍五入保留1位小数，缺数报错\n'


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_checked_file_is_the_version_that_its_policy_is(path: Path) -> None:
    """Checking alone finds what reading the policy finds, and says which version of it the file is."""
    checked, read = check_policy(path), read_policy(path)

    assert read.policy is not None
    assert checked.version == version_of(read.policy)
    assert (checked.diagnostics, checked.lang) == (read.diagnostics, read.lang)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("rubric: 1\n  policy: one\n", ["E002"]),  # no YAML
        (f"{HEAD}  甲：每发生一次口1分\n", ["E213"]),  # a sentence that cannot be read
        (f"{HEAD}  - 不足一步不扣分\n  甲：每低1个百分点扣1分\n", ["E704"]),  # a step without its target
    ],
)
def test_a_file_with_errors_has_neither_policy_nor_version(text: str, codes: list[str], tmp_path: Path) -> None:
    """Whatever is wrong with a file, it is no version of a policy."""
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    checked, read = check_policy(path), read_policy(path)

    assert (checked.version, read.policy) == (None, None)
    assert [d.code for d in checked.diagnostics] == [d.code for d in read.diagnostics] == codes


def test_what_a_file_accepts_is_known(tmp_path: Path) -> None:
    """认可 of the whole file and of a line, each once: beside the other versions they are asked for."""
    path = tmp_path / "one.yaml"
    path.write_text(
        f"{HEAD}  - 认可W806：另有文件\n  甲：每发生一次扣1分\n    - 认可W806：另有文件\n", encoding="utf-8"
    )
    version = check_policy(path).version

    assert version is not None
    assert version.accepted == ("W806",)
