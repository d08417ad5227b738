"""The page harness itself."""

import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.cases import page as pages
from tests.cases.page import Command, Page, read_page, rewrite, write_files

PAGE = """# A page

```yaml file=data/a.yaml
x: 1
```

```console
$ rubric one
first
$ rubric two
second
[exit 1]
```

```sh
$ make demo
```
"""


def test_a_page_is_read_into_files_and_commands() -> None:
    """Named blocks are files, console blocks are sessions, other blocks are for the reader."""
    assert read_page(PAGE) == Page(
        files={"data/a.yaml": "x: 1\n"},
        commands=(
            Command(line="rubric one", printed="first\n"),
            Command(line="rubric two", printed="second\n[exit 1]\n"),
        ),
    )


def test_rewriting_what_is_already_said_changes_nothing() -> None:
    """A page whose outputs are right is rewritten to itself."""
    assert rewrite(PAGE, list(read_page(PAGE).commands)) == PAGE


def test_rewriting_replaces_outputs_only() -> None:
    """The outputs change, the prose, the files and the commands stay."""
    played = [Command(line="rubric one", printed="1\n"), Command(line="rubric two", printed="")]
    expected = PAGE.replace("first\n", "1\n").replace("second\n[exit 1]\n", "")
    assert rewrite(PAGE, played) == expected


def test_files_are_written_below_the_folder(tmp_path: Path) -> None:
    """A file's folders are made; its text is written as it stands."""
    write_files(read_page(PAGE), tmp_path)
    assert (tmp_path / "data" / "a.yaml").read_text(encoding="utf-8") == "x: 1\n"


@pytest.mark.parametrize(("code", "printed"), [(0, "打印\n"), (3, "打印\n[exit 3]\n")])
def test_a_run_is_its_output_and_exit_code(code: int, printed: str, tmp_path: Path) -> None:
    """The exit code is shown where it is not 0."""

    def prints_and_ends(_arguments: list[str]) -> int:
        sys.stdout.write("打印\n")
        return code

    with patch.object(pages, "main", prints_and_ends):
        assert pages.run("rubric check", tmp_path) == printed


def test_a_page_runs_nothing_but_rubric(tmp_path: Path) -> None:
    """A page cannot start another program."""
    with pytest.raises(ValueError, match="not rm"):
        pages.run("rm -r x", tmp_path)
