"""`rubric check`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands import main

ROOT = Path(__file__).resolve().parents[2]
HEADER = 'rubric: 1\npolicy: p\ntitle: 例\nlang: {lang}\nversion: "1"\nscheme: |\n'
GOOD = HEADER.format(lang="zh") + (
    "  - 四舍五入保留1位小数，缺数报错\n  总分：加权平均\n    质量 60%：得分\n    服务 40%：得分\n"
)
BAD = GOOD.replace("40%", "30%")
ENGLISH = HEADER.format(lang="en") + (
    "  - round half up to 1 decimal, missing: error\n"
    "  Score: weighted mean\n    Quality 60%: score\n    Service 30%: score\n"
)


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        folder.joinpath(f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_good_policy_is_fine(tmp_path: Path, capsys) -> None:
    """Nothing on stdout, the count on stderr, exit code 0."""
    _write(tmp_path, good=GOOD)
    assert main(["check", str(tmp_path / "good.yaml")]) == 0
    assert capsys.readouterr() == ("", "检查了1个评价方案：0个错误，0个警告\n")


def test_a_finding_is_exit_code_1(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    """The finding is printed with its place, in the language of the policy."""
    monkeypatch.chdir(tmp_path)
    _write(tmp_path, bad=BAD)
    assert main(["check", "bad.yaml"]) == 1
    out, err = capsys.readouterr()
    first, *rest = out.splitlines()
    assert first.startswith("bad.yaml:8:3: E401 error: “总分”下各项权重合计为90%，应为100%")
    assert rest[:2] == ["      总分：加权平均", "      ^^^^"]
    assert err == "检查了1个评价方案：1个错误，0个警告\n"


def test_each_policy_is_spoken_of_in_its_own_language(tmp_path: Path, capsys) -> None:
    """Without --lang an English policy has English findings, a Chinese one Chinese; --lang holds for all."""
    _write(tmp_path, a=BAD, b=ENGLISH)
    main(["check", str(tmp_path), "--format", "concise"])
    assert [("应为" in line, "not 100%" in line) for line in capsys.readouterr().out.splitlines()] == [
        (True, False),
        (False, True),
    ]
    main(["check", str(tmp_path), "--format", "concise", "--lang", "en"])
    assert ["not 100%" in line for line in capsys.readouterr().out.splitlines()] == [True, True]


def test_a_folder_is_opened_in_name_order(tmp_path: Path, capsys) -> None:
    """Policies below a folder are checked in name order, then the tests beside them; hidden folders are left out."""
    for name in ("b.yaml", "a/z.yml", "a/z.test.yaml", ".hidden/x.yaml", "data.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(BAD, encoding="utf-8")
    main(["check", str(tmp_path), "--format", "concise"])
    out, err = capsys.readouterr()
    places = [line.removeprefix(f"{tmp_path}/").split(":", 1)[0] for line in out.splitlines()]
    assert list(dict.fromkeys(places)) == ["b.yaml", "a/z.yml", "a/z.test.yaml"]
    assert err.startswith("检查了2个评价方案和1个测试文件")


def test_a_file_that_is_no_policy_is_reported(tmp_path: Path, capsys) -> None:
    """A YAML file without `rubric:` below a folder is not passed over in silence."""
    tmp_path.joinpath("x.yaml").write_text("a: 1\n", encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "x.yaml:1:1: E0" in capsys.readouterr().out


def test_a_file_given_twice_is_checked_once(tmp_path: Path, capsys) -> None:
    """A file named itself and within its folder counts once."""
    _write(tmp_path, bad=BAD)
    main(["check", str(tmp_path), str(tmp_path / "bad.yaml")])
    assert capsys.readouterr().err == "检查了1个评价方案：1个错误，0个警告\n"


def test_a_folder_without_policies_is_a_mistake(tmp_path: Path, capsys) -> None:
    """A path that leads to nothing does not pass for a success."""
    assert main(["check", str(tmp_path)]) == 2
    assert "没有评价方案" in capsys.readouterr().err


def test_json_is_complete_without_findings(tmp_path: Path, capsys) -> None:
    """The JSON form is a document even when nothing was found."""
    _write(tmp_path, good=GOOD)
    assert main(["check", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"schema": "rubric/findings/1", "findings": []}


def test_a_file_over_the_budget_is_told_apart(tmp_path: Path, capsys) -> None:
    """A policy larger than the program takes on ends with 4, so that nobody takes it for checked."""
    tmp_path.joinpath("large.yaml").write_text(GOOD + "#" * 2**20, encoding="utf-8")
    assert main(["check", str(tmp_path), "--format", "concise"]) == 4
    assert " E006 error: " in capsys.readouterr().out


def test_warnings_alone_are_fine(tmp_path: Path, capsys) -> None:
    """A warning is shown and leaves the exit code at 0."""
    _write(tmp_path, warned=GOOD + "  无人用的指标：得分\n")
    assert main(["check", str(tmp_path), "--format", "concise"]) == 0
    out, err = capsys.readouterr()
    assert " W305 warning: " in out
    assert err == "检查了1个评价方案：0个错误，1个警告\n"


@pytest.mark.parametrize("jobs", ["2", "5", "61"])
def test_several_processes_say_the_same(jobs: str, tmp_path: Path, capsys) -> None:
    """With --jobs N what is printed and the exit code are those of one process, whatever the number of files."""
    _write(tmp_path, **{f"p{i:02}": (GOOD, BAD, ENGLISH, "a: 1\n")[i % 4] for i in range(41)})
    for form in ("text", "json"):
        alone = main(["check", str(tmp_path), "--format", form]), capsys.readouterr()
        assert (main(["check", str(tmp_path), "--format", form, "--jobs", jobs]), capsys.readouterr()) == alone
    assert alone[0] == 1


@pytest.mark.parametrize("jobs", ["0", "62", "-1", "two", "２", "1000000000000"])
def test_a_number_of_jobs_is_told(jobs: str, tmp_path: Path, capsys) -> None:
    """What is no number of processes is a usage error that says what is."""
    _write(tmp_path, good=GOOD)
    assert main(["check", str(tmp_path), f"--jobs={jobs}"]) == 2
    assert f"--jobs 后面应是1到61的整数，不能是“{jobs}”" in capsys.readouterr().err
    assert main(["check", str(tmp_path), f"--jobs={jobs}", "--lang", "en"]) == 2
    assert f"--jobs takes a whole number from 1 to 61, not “{jobs}”" in capsys.readouterr().err


HEAVY = ("pandas", "numpy", "duckdb", "sqlglot", "tabulate", "openpyxl", "python_calamine", "jsonschema", "lark")
PROBE = (
    "import sys; from engine.commands import main; main(sys.argv[1:]); "
    f"print(); print('loaded:', *(m for m in {HEAVY!r} if m in sys.modules))"
)


@pytest.mark.parametrize("arguments", [["check", "policies"], ["check", "bad.yaml"], ["--help"]], ids=" ".join)
def test_check_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    """Checking policies and showing help import none of the packages that only data and reports need."""
    _write(tmp_path, bad=BAD)
    arguments = [arguments[0], *(str((ROOT if a == "policies" else tmp_path) / a) for a in arguments[1:])]
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, check=False, cwd=ROOT)
    assert done.stdout.decode().splitlines()[-1].split() == ["loaded:"]
