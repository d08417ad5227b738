"""How a run of the program ends, whatever happens in it."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from engine.commands import main
from engine.commands.help import Verbs
from engine.report.text import width

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch):
    """A verb that ends in the given way."""

    def arrange(error: BaseException) -> None:
        def fail() -> None:
            raise error

        monkeypatch.setattr(Verbs, "get_command", lambda *_: click.Command("schema", callback=fail))

    return arrange


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (KeyboardInterrupt(), 130, "rubric：已中断\n"),
        (MemoryError(), 4, "rubric：内容太多或者嵌套太深，本机处理不了\n"),
        (RecursionError(), 4, "rubric：内容太多或者嵌套太深，本机处理不了\n"),
        (PermissionError(13, "Permission denied", "a.yaml"), 2, "rubric：打不开 a.yaml：Permission denied\n"),
        (
            ValueError("a\nb"),
            70,
            "rubric：内部错误（ValueError: a<U+000A>b），请反馈给我们；设置 RUBRIC_DEBUG=1 可以看到细节\n",
        ),
    ],
)
def test_every_failure_is_a_sentence_and_a_code(failing, capsys, error, code, sentence) -> None:
    """No failure shows a traceback: one line on stderr, its exit code, nothing on stdout."""
    failing(error)
    assert main(["schema"]) == code
    out, err = capsys.readouterr()
    assert (out, err.lstrip("\n")) == ("", sentence)


def test_a_developer_sees_the_traceback(failing, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """With RUBRIC_DEBUG=1 an internal error shows where it came from."""
    monkeypatch.setenv("RUBRIC_DEBUG", "1")
    failing(ValueError("x"))
    assert main(["schema"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error(failing, capsys) -> None:
    """`rubric … | head` ends quietly with 141."""
    failing(BrokenPipeError())
    assert main(["schema"]) == 141
    assert capsys.readouterr() == ("", "")


def test_a_closed_pipe_leaves_no_traceback() -> None:
    """In a real pipe whose reader ends at once, nothing is written to stderr."""
    program = f'"{sys.executable}" "{ROOT / "cli.py"}" schema'
    done = subprocess.run(f"{program} | true", shell=True, capture_output=True, check=False)  # noqa: S602 - a pipe is meant
    assert done.stderr == b""


def test_a_console_lacks_a_character(tmp_path: Path) -> None:
    """On a GBK console the program writes `?` for what GBK lacks, Chinese as it is, and goes on."""
    name = tmp_path / "方案\U0001f600.yaml"
    name.write_text("a: 1\n", encoding="utf-8")
    surroundings = {**os.environ, "PYTHONIOENCODING": "gbk"}
    done = subprocess.run(
        [sys.executable, ROOT / "cli.py", "check", name], capture_output=True, check=False, env=surroundings
    )
    assert done.returncode == 1
    assert "方案?.yaml:1:1: " in done.stdout.decode("gbk")
    assert "检查了1个评价方案" in done.stderr.decode("gbk")


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (["chekc"], "rubric：没有命令“chekc”，是不是“check”？", "rubric: no command “chekc”; did you mean “check”?"),
        (["--foo"], "rubric：没有选项“--foo”", "rubric: No such option '--foo'."),
        (["check"], "rubric：缺少 PATH...", "rubric: Missing argument 'PATH...'."),
        (["check", "no/such"], "rubric：没有这个文件或文件夹：no/such", "rubric: no such file or folder: no/such"),
        (
            ["check", "x", "--format", "pdf"],
            "rubric：--format 只能是 text、concise、json、github、policy",
            "rubric: Invalid value for '--format': 'pdf' is not one of 'text', 'concise', 'json', 'github', 'policy'.",
        ),
        (
            ["check", "x", "--format"],
            "rubric：选项 --format 后面缺少内容，或者多了内容",
            "rubric: Option '--format' requires an argument.",
        ),
        (["run", "x"], "rubric：缺少 --data", "rubric: Missing option '--data'."),
        (["rule", "甲"], "rubric：没有代码“甲”", "rubric: no code “甲”"),
    ],
)
def test_usage_errors_speak_both_languages(arguments, chinese, english, capsys) -> None:
    """A usage error is exit code 2, one sentence, and where help is found."""
    for lang, sentence in (("zh", chinese), ("en", english)):
        assert main([*arguments, "--lang", lang] if arguments[-1] != "--format" else ["--lang", lang, *arguments]) == 2
        out, err = capsys.readouterr()
        assert (out, err.splitlines()[0]) == ("", sentence)


def test_without_a_verb_the_verbs_are_shown(capsys) -> None:
    """`rubric` alone is a usage error whose message is the help page, in the language asked for."""
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("用法：rubric [选项] 命令 [参数]...\n")
    assert main(["--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("Usage: rubric [OPTIONS] COMMAND [ARGS]...\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("verb", [None, *Verbs.verbs])
def test_help_stays_within_eighty_columns(verb: str | None, lang: str, capsys) -> None:
    """Every help page fits a terminal of 80 columns in both languages, and mixes none of the other in."""
    assert (
        main([*([verb] if verb else []), "--help", f"--lang={lang}"] if not verb else ["--lang", lang, verb, "--help"])
        == 0
    )
    out = capsys.readouterr().out
    assert max(width(line) for line in out.splitlines()) <= 80
    assert " | " not in out
    assert ("Options:" in out, "选项：" in out) == ((True, False) if lang == "en" else (False, True))
    assert "Show this message" not in out or lang == "en"


def test_the_language_comes_from_the_surroundings(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """RUBRIC_LANG decides where --lang is not given; --lang goes first."""
    monkeypatch.setenv("RUBRIC_LANG", "en")
    main(["chekc"])
    assert capsys.readouterr().err.startswith("rubric: no command")
    main(["chekc", "--lang", "zh"])
    assert capsys.readouterr().err.startswith("rubric：没有命令")
