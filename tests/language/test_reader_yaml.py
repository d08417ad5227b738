"""The frame: what of YAML is taken, what is refused, and how much of it."""

from time import process_time

import pytest
import yaml

from engine.diagnostics import Diagnostic
from engine.language.reader import frame, read_document
from engine.source import source_of
from tests.language.whole_policy import SCHEME, START, WHOLE


def found(text: str) -> tuple[Diagnostic, ...]:
    """What is said about a policy file."""
    return read_document(source_of("p.yaml", text))[1]


def told(text: str) -> list[tuple[str, str]]:
    """Code and case, and place of each finding."""
    return [(f"{d.code} {d.case}".strip(), f"{d.place.line}:{d.place.column}") for d in found(text)]


SYNTAX = {
    'title: "满意度': ("E002 quote", "3:8"),
    "title: '满意度": ("E002 quote", "3:8"),
    'title: "满\\q意度"': ("E002 escape", "3:10"),
    'title: "满意度" 表': ("E002 indent", "3:14"),
    "units: [品牌, 地区": ("E002 bracket", "3:8"),
    "units: [品牌 地区]]": ("E002 indent", "3:15"),
    "names: {甲: A，乙: B}": ("E002 keyboard", "3:13"),
    "names: ｛甲: A｝": ("E002 keyboard", "3:8"),
    "title": ("E002 key", "3:1"),
    "title: 满意度\n  lang: zh": ("E002 indent", "4:3"),
    "title: 满意度: 表": ("E002 colon", "3:11"),
    "title: @满意度": ("E002 character", "3:8"),
    "title: `满意度`": ("E002 character", "3:8"),
    "title: %满意度": ("E002 character", "3:8"),
    "title: *": ("E002 character", "3:8"),
    "title: ,": ("E002 character", "3:8"),
    "units: - 品牌": ("E002 list", "3:8"),
    "data:\n    kpi:\n      kind: values\n   file: x": ("E002 indent", "6:4"),
    "units:\n  - 品牌\n  地区": ("E002 dash", "5:3"),
}


@pytest.mark.parametrize("line", SYNTAX)
def test_what_yaml_cannot_read(line: str) -> None:
    """One finding in our words, at the slip."""
    assert told(f"{START}{line}\n{SCHEME}") == [SYNTAX[line]]


REFUSED = {
    "title: &t 满意度": ("E004", "3:8"),
    "title: *t": ("E004 alias", "3:8"),
    "names:\n  <<: {甲: A}\n  乙: B": ("E004 merge", "4:3"),
    "title: !!str 满意度": ("E005", "3:8"),
    "title: ! 满意度": ("E005", "3:8"),
    "names: !!omap {甲: A}": ("E005", "3:8"),
    "names:\n  ? [甲]\n  : A\n  乙: B": ("E019", "4:5"),
    "names:\n  {甲: A}: A\n  乙: B": ("E019", "4:3"),
    "names:\n  ~: A\n  乙: B": ("E019", "4:3"),
    "policy: q": ("E003", "3:1"),
    "names:\n  甲: A\n  甲: B": ("E003", "5:3"),
    "names:\n  甲(乙): A\n  甲（乙）: B": ("E003 alike", "5:3"),
    "names:\n  Quality: A\n  quality: B": ("E003 alike", "5:3"),
    "units: [品牌, 地区, 品牌]": ("E003 list", "3:17"),
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_a_policy_does_not_use_of_yaml(line: str) -> None:
    """Anchors, aliases, merge keys, tags, keys that are no text and keys said twice, each at its place, alone."""
    expected = REFUSED[line]
    said = [one for one in told(f"{START}{line}\n{SCHEME}") if one[0][:4] not in ("E007", "E009")]
    assert said == [expected]


def test_a_key_said_twice_shows_both_places() -> None:
    """The first place is named and goes along."""
    (twice,) = found(f"{START}policy: q\n{SCHEME}")
    assert (twice.args["line"], [str(place) for place in twice.related]) == (2, ["p.yaml:2:1"])


def test_directives_and_documents() -> None:
    """One document, whose begin and end may be marked; no directives."""
    assert told(f"---\n{START}{SCHEME}...\n") == []
    assert told(f"%YAML 1.2\n---\n{START}{SCHEME}") == [("E005 directive", "1:1")]
    assert told(f"%TAG ! tag:x,2025:\n---\n{START}{SCHEME}") == [("E005 directive", "1:1")]
    assert told(f"{START}{SCHEME}---\n{START}{SCHEME}") == [("E010", "8:1")]


def test_an_empty_file() -> None:
    """Nothing, blank lines and comments are no policy."""
    for text in ("", "\n\n", "# 方案\n", "---\n"):
        assert [code for code, _ in told(text)] == ["E009 nothing" if text != "---\n" else "E009 empty"]


def test_texts_stay_texts() -> None:
    """What YAML 1.1 would make numbers, dates and truth values stays as written."""
    names = "".join(
        f"  n{i}: {text}\n" for i, text in enumerate(("no", "12:30", "010", "1_000", "1e3", "2025-01-31", "0x1F", "on"))
    )
    document, said = read_document(source_of("p", f"{START}names:\n{names}{SCHEME}"))
    assert said == ()
    assert document is not None
    assert list(document.header.names.values()) == ["no", "12:30", "010", "1_000", "1e3", "2025-01-31", "0x1F", "on"]


HOSTILE = {
    "brackets": ("title: " + "[" * 100_000, "E006 depth"),
    "braces": ("title: " + "{a: " * 100_000, "E006 depth"),
    "dashes": ("title:\n" + "".join(" " * i + "-\n" for i in range(1, 200)), "E006 depth"),
    "question marks": ("? " * 100_000, "E006 depth"),
    "values": ("units: [" + "a, " * 60_000 + "]", "E006 values"),
    "long text": ("title: " + "a" * 70_000, "E006 text"),
    "alias bomb": (
        "a: &a [x, x]\n"
        + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)),
        "E004",
    ),
    "open quote": ("title: '" + "''" * 300_000, "E002 quote"),
    "backslashes": ('title: "' + "\\" * 500_000, "E002 quote"),
    "hashes": ("#" * 900_000, ""),
    "blanks": (" " * 900_000 + "a: b", ""),
    "colons": (": " * 100_000, ""),
    "full-width colons": ("：\n" * 100_000, ""),
    "names": ("names:\n" + "".join(f"  k{i}: v\n" for i in range(24_000)), ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_quickly(name: str) -> None:
    """Budgets hold before anything grows: no file of 1 MiB takes longer than a few seconds or is worse than refused."""
    text, expected = HOSTILE[name]
    begun = process_time()
    said = told(f"{START}{text}\n{SCHEME}")
    assert process_time() - begun < 10
    if expected:
        assert expected in {code for code, _ in said}


def test_the_depth_and_the_number_of_values_are_exact() -> None:
    """64 levels and 50,000 values are read, one more is not."""
    nested = "title: " + "[" * 63 + "]" * 63
    assert "E006 depth" not in {code for code, _ in told(f"{START}{nested}\n{SCHEME}")}
    assert "E006 depth" in {code for code, _ in told(f"{START}title: {'[' * 64}{']' * 64}\n{SCHEME}")}


def test_a_scheme_has_limits_of_its_own() -> None:
    """10,000 lines, and 4,096 characters on one of them."""
    lines = "# 注\n" * 10_001
    assert told(START + "scheme: |\n  总分：得分\n" + "  " + lines.replace("\n", "\n  ").rstrip(" ")) == [
        ("E006 lines", "10004:3")
    ]
    assert told(START + "scheme: |\n  总分：得分\n  # " + "x" * 4096 + "\n") == [("E006 line", "5:3")]
    assert told(f"{START}measures: {{甲: {'a' * 4097}}}\n{SCHEME}") == [("E006 sentence", "3:15")]
    assert told(f"{START}scheme: 总分：{'a' * 4096}\n") == [("E006 line", "3:9")]


SAMPLES = [WHOLE, *(f"{START}{line}\n{SCHEME}" for line in (*SYNTAX, *REFUSED)), "- a\n- b\n"]


@pytest.mark.parametrize("text", SAMPLES)
def test_the_two_parsers_of_yaml_agree(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the C library the same findings come at the same places, only slower."""
    fast = told(text)
    monkeypatch.setattr(frame, "_LOADER", yaml.SafeLoader)
    assert [code.split()[0] for code, _ in told(text)] == [code.split()[0] for code, _ in fast]
    assert [place.split(":")[0] for _, place in told(text)] == [place.split(":")[0] for _, place in fast]
