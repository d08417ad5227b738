"""Every page of this folder: what the engine computes is what somebody worked out by hand, node by node."""

import json
from pathlib import Path

import pytest

from tests.acceptance.hand import as_computed, hands, on_paper, write_data
from tests.cases.page import run

PAGES = sorted(Path(__file__).parent.glob("*.md"))
CALCULATIONS = [(page, n) for page in PAGES for n in range(len(hands(page.read_text(encoding="utf-8"))))]


@pytest.mark.parametrize(("page", "number"), CALCULATIONS, ids=[f"{p.stem}-{n + 1}" for p, n in CALCULATIONS])
def test_every_number_is_the_one_worked_out_by_hand(page: Path, number: int, tmp_path: Path) -> None:
    """Every indicator of every result has exactly the value, score, loss and grade of the hand calculation."""
    text = page.read_text(encoding="utf-8")
    hand = hands(text)[number]
    write_data(text, tmp_path)
    printed = run(" ".join(("rubric run policy.yaml --data . --format json", *hand.options)), tmp_path)
    assert printed.startswith("{"), printed
    said, paper = as_computed(json.loads(printed)), on_paper(hand)
    # What only units have (the things a checklist asks about) has nothing to be worked out in the whole;
    # "shown" is compared where the page says it: it follows from the exact score and the policy's rounding.
    for result, nodes in said.items():
        for path, fields in nodes.items():
            if "shown" not in paper.get(result, {}).get(path, {}):
                fields.pop("shown", None)
        said[result] = {path: fields for path, fields in nodes.items() if fields}
    assert said == paper
