"""How a list of sentences is judged: by kind, and never by a meaning that cannot be read."""

from tools.genre import outcome, rows


def test_what_became_of_a_sentence() -> None:
    """Right and wrong are told apart by what the sentence says; asked back is right where it must be."""
    assert outcome("Lose 2 points for every dent", "deduct 2 per dent") == "right"
    assert outcome("Lose 2 points for every dent", "deduct 3 per dent") == "wrong"
    assert outcome("2 points per dent", "") == "asked back as it must be"
    assert outcome("2 points per dent", "deduct 2 per dent") == "asked back"


def test_a_meaning_that_cannot_be_read_judges_nothing() -> None:
    """A list with a slip in its own meaning is measured all the same."""
    assert outcome("Lose 2 points for every dent", "deduct two dents") == "meaning unread"
    table = list(rows(iter(["Lose 2 points for every dent\tdeduct two dents\tcount\n"])))
    assert [row[:2] for row in table] == [["count", "1"], ["all", "1"]]
