"""`rubric run`: data in, results out."""

import csv
import io
import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from engine.commands import main
from engine.resources import resource
from tests.commands.shop import KPI, POLICY, SURVEY, write_shop


def test_the_table_shows_score_and_grade(tmp_path: Path, capsys) -> None:
    """Each unit's score and grade as worked out by heart, and every row accounted for."""
    assert main(["run", *write_shop(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "门店评价  1\n"
        "\n"
        "门店  得分  等级\n"
        "----  ----  ----\n"
        "北店  93.2  优\n"
        "南店  79.6  良\n"
        "\n"
        "数据                行数  有效  无效  期外\n"
        "------------------  ----  ----  ----  ----\n"
        "survey  survey.csv     4     4     0     0\n"
        "kpi  kpi.csv           2     2     0     0\n"
    )


def test_json_is_valid_and_the_same_every_time(tmp_path: Path, capfdbinary) -> None:
    """The JSON follows its schema, holds the scores, and two runs give the same bytes."""
    arguments = ["run", *write_shop(tmp_path), "--format", "json"]
    assert [main(arguments), main([*arguments, "--lang", "en"])] == [0, 0]
    printed = capfdbinary.readouterr().out
    once = printed[: len(printed) // 2]
    assert printed == once + once
    told = json.loads(once.decode("utf-8"))
    Draft7Validator(json.loads(resource("grammar", "result.schema.json").read_text(encoding="utf-8"))).validate(told)
    assert [(r["unit"], r["score"], r["exact"], r["grade"]) for r in told["results"]] == [
        ({"门店": "北店"}, "93.2", "466/5", "优"),
        ({"门店": "南店"}, "79.6", "398/5", "良"),
    ]
    rate = next(node for node in told["results"][1]["nodes"] if node["name"] == "准时率")
    (line,) = rate["deductions"]
    assert (line["line"], line["target"]["exact"], line["shortfall"]["exact"], line["points"]["exact"]) == (
        24,
        "98",
        "3",
        "-6",
    )


def test_the_order_of_rows_changes_nothing(tmp_path: Path, capfdbinary) -> None:
    """The results of shuffled rows differ in the digest of the data only."""
    head, *rows = SURVEY.splitlines(keepends=True)
    printed: list[list[bytes]] = []
    for survey in (SURVEY, head + "".join(reversed(rows))):
        main(["run", *write_shop(tmp_path, survey=survey), "--format", "json"])
        printed.append([line for line in capfdbinary.readouterr().out.splitlines() if b'"sha256"' not in line])
    assert printed[0] == printed[1]


def test_csv_opens_in_a_spreadsheet(tmp_path: Path, capfdbinary) -> None:
    """The CSV begins with a byte order mark, so that Excel reads it as UTF-8."""
    assert main(["run", *write_shop(tmp_path), "--format", "csv"]) == 0
    printed = capfdbinary.readouterr().out
    assert printed.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(printed.decode("utf-8-sig"), newline="")))
    assert [(row["门店"], row["得分"]) for row in rows if row["指标"] == "总分"] == [("北店", "93.2"), ("南店", "79.6")]


def test_a_result_can_be_written_to_a_file(tmp_path: Path, capsys) -> None:
    """--output writes the same bytes to a file, whole, and prints nothing."""
    written = tmp_path / "结果.csv"
    assert main(["run", *write_shop(tmp_path), "--format", "csv", "--output", str(written)]) == 0
    assert capsys.readouterr() == ("", "")
    assert written.read_bytes().startswith(b"\xef\xbb\xbf\xe8\xaf\x84")
    assert b"\r\r" not in written.read_bytes()
    assert main(["run", *write_shop(tmp_path), "--output", str(tmp_path / "no" / "x")]) == 2
    assert str(tmp_path / "no") in capsys.readouterr().err


def test_markdown_speaks_the_language_asked_for(tmp_path: Path, capsys) -> None:
    """Names go through the policy's glossary."""
    assert main(["run", *write_shop(tmp_path), "--format", "md", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[:6] == [
        "# Shop assessment  1",
        "",
        "| 门店  | score | grade     |",
        "|:------|------:|:----------|",
        "| North |  93.2 | Excellent |",
        "| South |  79.6 | Good      |",
    ]


def test_missing_data_are_told_and_counted_as_refused(tmp_path: Path, capsys) -> None:
    """A unit whose figure was not collected has no score; the others are scored; the exit code is 3."""
    assert main(["run", *write_shop(tmp_path, kpi="指标,值,门店\n准时率,97%,北店\n")]) == 3
    out, err = capsys.readouterr()
    assert "北店  93.2  优" in out
    assert err == "“门店 = 南店”没有结果：准时率：数据里没有\n"


def test_faulty_data_are_refused_with_their_place(tmp_path: Path, capsys) -> None:
    """An answer outside the scale stops the run: file, line and column on stderr, nothing on stdout, exit code 3."""
    assert main(["run", *write_shop(tmp_path, survey=SURVEY.replace("北店,4", "北店,7"))]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "survey.csv:3:" in err
    assert " E9" in err.splitlines()[0]


def test_a_faulty_policy_is_not_run(tmp_path: Path, capsys) -> None:
    """The findings of the policy come first, as `check` prints them; exit code 1."""
    assert main(["run", *write_shop(tmp_path, policy=POLICY.replace("交付 40%", "交付 30%"))]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert ": E401 error: " in err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--as-of", "2025-1-1"], "日期“2025-1-1”要写成2025-12-31这样"),
        (["--as-of", "20250101"], "日期“20250101”要写成2025-12-31这样"),
        (["--scheme", "乙"], "没有评分办法“乙”"),
        (["--by", "地区"], "数据里没有“地区”这一列"),
    ],
)
def test_options_that_name_nothing_are_mistakes(options: list[str], sentence: str, tmp_path: Path, capsys) -> None:
    """A date, a scheme or a column that does not exist is a usage error, not an empty result."""
    assert main(["run", *write_shop(tmp_path), *options]) == 2
    assert capsys.readouterr().err.splitlines()[0] == f"rubric：{sentence}"


def test_policy_and_folder_must_exist(tmp_path: Path, capsys) -> None:
    """A missing policy or data folder is a usage error that names it."""
    policy, flag, folder = write_shop(tmp_path)
    assert main(["run", f"{policy}x", flag, folder]) == 2
    assert main(["run", policy, flag, f"{folder}x"]) == 2
    err = capsys.readouterr().err
    assert f"没有这个文件：{policy}x" in err
    assert f"没有这个文件夹：{folder}x" in err


def test_a_column_splits_the_results(tmp_path: Path, capsys) -> None:
    """With --by every value of the column is scored by itself, below its unit."""
    survey = "门店,质量,客户\n北店,5,新\n北店,4,老\n南店,4,新\n南店,3,老\n"
    kpi = "指标,值,门店,客户\n" + "".join(f"准时率,97%,{s},{c}\n" for s in ("北店", "南店") for c in ("新", "老"))
    main(["run", *write_shop(tmp_path, survey=survey, kpi=kpi), "--by", "客户", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"), newline="")))
    scores = {(row["门店"], row["客户"]): row["得分"] for row in rows if row["指标"] == "质量"}
    # 5 is 100 points, 4 is 80, 3 is 60
    assert {key: scores[key] for key in (("北店", "新"), ("北店", "老"), ("南店", "老"))} == {
        ("北店", "新"): "100.0",
        ("北店", "老"): "80.0",
        ("南店", "老"): "60.0",
    }


def test_encodings_are_told(tmp_path: Path, capsys) -> None:
    """--encoding reads CSV files in the encoding of an old system."""
    arguments = write_shop(tmp_path)
    tmp_path.joinpath("data", "survey.csv").write_bytes(SURVEY.encode("gb18030"))
    tmp_path.joinpath("data", "kpi.csv").write_bytes(KPI.encode("gb18030"))
    assert main(["run", *arguments, "--encoding", "gb18030"]) == 0
    assert "北店  93.2  优" in capsys.readouterr().out
