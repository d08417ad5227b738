"""`rubric rule CODE`: the page shows the reason, a real finding on a wrong example, a right one, and the other cases."""

from textwrap import dedent

from engine.insight.examples import example, found_in
from engine.report.rule_page import render_list, render_rule


def test_a_page_is_whole() -> None:
    """Title, reason, wrong example, what rubric says about exactly this, right example, other cases."""
    assert render_rule("E302", "en") == dedent("""\
        E302  error  Name used twice

        With two lines of one name nobody can tell which of them a value or a score
        belongs to.

        Written like this:
            Overall score: equal weights
              Quality: score
              Quality: score

        rubric says:
            example.yaml:3:3: E302 error: there is already a “Quality” here (line 2)
                  Quality: score
                  ^^^^^^^
                = rename one of them, for example with a bracket after the name; if it was copied twice, remove one
                - see also example.yaml:2:3 Quality: score

        Right:
            Overall score: equal weights
              Quality (products): score
              Quality (service): score

        The code also stands for:
        - a value defined twice
        - a grade that stands twice
        - a column named twice
        """)


def test_each_language_has_its_own_example() -> None:
    """The Chinese page speaks of a Chinese scheme, with the three results of its open choice."""
    page = render_rule("E701", "zh")
    assert "目标98%、实测96.3%时，扣0.5分、1分还是0.85分" in page
    assert "准时交付率：目标98%，每低1个百分点扣0.5分" in page


def test_what_is_invisible_is_shown() -> None:
    """An example about an invisible character shows which it is; the right example of pasted pinyin stays Chinese."""
    assert "title: 顾客<U+200B>满意度" in render_rule("W103", "zh")
    assert example("W107", "good", "zh") == example("W107", "good", "en")


def test_findings_of_lines_are_counted_within_them() -> None:
    """In lines of a scheme the first is line 1; a whole file is counted as it is."""
    lines = "Total: equal weights\n  Quality: score\n  Quality: score\n"
    (finding,) = found_in(lines, "en")
    assert (str(finding.place), finding.place.text, finding.args["line"]) == ("example.yaml:3:3", "  Quality: score", 2)
    (finding,) = found_in("rubric: 1\npolicy: example\nscheme:\n", "en")
    assert (finding.place.file, finding.place.line) == ("example.yaml", 3)


def test_the_list_is_by_family() -> None:
    """Without a code, the titles stand below the headings of their families."""
    families = render_list("en").split("\n\n")
    assert [family.split("\n")[0] for family in families] == [
        "The file",
        "Layout",
        "Sentences",
        "Names",
        "Sums",
        "Bands",
        "Units and kinds",
        "What the procedure leaves open",
        "Dates",
        "Data",
    ]
    assert families[4].split("\n")[1] == "  E401  Weights do not add up to 100%"
