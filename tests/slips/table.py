"""`make slips`: what becomes of slips of each kind in every shipped policy, or in these files, in two tables.

    python -m tests.slips.table [--each N] [--seed S] [--list OUTCOME] [FILE…]

A FILE is a policy, or a test page (.md) with the policies it names.

The first is of slips in the schemes, the second of slips in what stands around them; much of that is free text (titles,
translations, the columns of a file), which only the data can contradict. For each policy and kind, N places are drawn
by the seed in each of the two. `--list` prints the slips of one outcome. Exit code 1 where an aim is not reached
(`missed`).
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product, repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.report.tables import Align, draw
from tests.cases.page import read_page
from tests.slips.kinds import KINDS, Edit, bare
from tests.slips.outcome import MISPLACED, OTHER, OUTCOMES, TOLD, UNDERSTOOD, Slip, outcome, read

SCHEME, AROUND = PARTS = ("in the schemes", "around the schemes")

ROOT = Path(__file__).resolve().parent.parent.parent
SHIPPED = tuple(path for path in sorted((ROOT / "policies").rglob("*.yaml")) if ".test." not in path.name)
EACH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A slip that was made: in which policy and part of it, of which kind, the line before and after, what became of it."""

    policy: str
    part: str
    kind: str
    before: str
    after: str
    slip: Slip


def slips_of(path: Path, each: int, seed: int, parts: Sequence[str] = PARTS) -> list[Made]:
    """Slips in each policy of a file, `each` of every kind in each of the parts (or as many as there are places)."""
    return [made for name, text in policies_of(path) for made in _slips_in(name, text, each, seed, parts)]


def policies_of(path: Path) -> list[tuple[str, str]]:
    """The policies in a file, with their names: the file itself, or what a test page names as a YAML file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".md":
        return [(path.stem, text)]
    files = [(f"{path.stem}/{name}", file) for name, file in read_page(text).files.items() if name.endswith(".yaml")]
    return [(name, file) for name, file in files if re.search("^schemes?:", file, re.MULTILINE)]


def _slips_in(name: str, text: str, each: int, seed: int, parts: Sequence[str]) -> Iterator[Made]:
    """Slips in one policy; none in one that is refused as it stands."""
    with TemporaryDirectory() as folder:
        copy = Path(folder, "policy.yaml")
        meant = read(copy, text).policy
        if meant is None:
            return
        for part, kind in product(parts, KINDS):
            for edit in drawn(text, part, kind, each, f"{seed} {name} {part} {kind}"):
                yield _made(name, text, (part, kind), edit, outcome(copy, text, meant, edit))


def drawn(text: str, part: str, kind: str, each: int, seed: str) -> list[Edit]:
    """Slips of a kind in a part of a policy, drawn by the seed."""
    within = _stretches(text)
    edits = [
        edit
        for edit in KINDS[kind](bare(text))
        if edit.made(text) != text and any(a <= edit.start < b for a, b in within) == (part == SCHEME)
    ]
    return random.Random(seed).sample(edits, min(each, len(edits)))


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where the schemes stand, from the line below their heads on."""
    blocks = re.finditer(r"^schemes?:.*\n((?:(?: .*)?\n)*(?: .*)?)", text, re.MULTILINE)
    return [block.span(1) for block in blocks]


def _made(name: str, text: str, sort: tuple[str, str], edit: Edit, slip: Slip) -> Made:
    number = slip.lines.start - 1
    before, after = text.split("\n")[number], edit.made(text).split("\n")[number]
    return Made(policy=name, part=sort[0], kind=sort[1], before=before, after=after, slip=slip)


def all_slips(paths: Sequence[Path], each: int, seed: int) -> list[Made]:
    """Slips in many policies, on all cores."""
    with ProcessPoolExecutor() as pool:
        return [made for several in pool.map(slips_of, paths, repeat(each), repeat(seed)) for made in several]


def counted(made: Iterable[Made], part: str) -> dict[str, Counter[str]]:
    """By kind, how many slips in a part of the policies had each outcome."""
    counts = {kind: Counter[str]() for kind in KINDS}
    for one in made:
        if one.part == part:
            counts[one.kind][one.slip.outcome] += 1
    return counts


# Two lines in the other order may put a line below another heading, which only the procedure itself contradicts.
_MAY_BE_MEANT = ("swapped lines",)


def missed(part: str, counts: Mapping[str, Counter[str]]) -> list[str]:
    """The aims that are not reached: shares and silent changes in the schemes; nothing told elsewhere anywhere."""
    whole = sum(counts.values(), Counter[str]())
    other = sum(number[OTHER] for kind, number in counts.items() if kind not in _MAY_BE_MEANT)
    silent = sum(number for name, number in whole.items() if name.startswith("silent"))
    aims = (
        (
            part != SCHEME or 100 * (whole[UNDERSTOOD] + whole[TOLD]) >= 92 * whole.total(),
            "less than 92 % understood or told",
        ),
        (part != SCHEME or 100 * silent <= 5 * whole.total(), "more than 5 % changed in silence"),
        (part != SCHEME or not other, "more than a name or a number changed in silence"),
        (not whole[MISPLACED], "told in another place"),
    )
    return [f"{part}: {words}" for reached, words in aims if not reached]


def _rows(counts: dict[str, Counter[str]]) -> Iterator[list[str]]:
    whole = sum(counts.values(), Counter[str]())
    for kind, number in [*counts.items(), ("all", whole)]:
        yield [kind, str(number.total()), *(str(number[name] or "-") for name in OUTCOMES)]
    share = (f"{100 * whole[name] / whole.total():.2f}" for name in OUTCOMES)
    yield ["per cent", "", *share]


def _listed(made: Iterable[Made], name: str) -> Iterator[str]:
    for one in made:
        if one.slip.outcome == name:
            yield f"{one.policy}:{one.slip.lines.start} {one.kind}\n  - {one.before}\n  + {one.after}"
            yield from (f"      {found.place.line}: {found.code} {found.case} {found.hint}" for found in one.slip.found)


def main() -> int:
    """Print the table; 1 if an aim is not reached."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--each", type=int, default=EACH, help="how many slips of each kind in each policy")
    asking.add_argument("--seed", type=int, default=0)
    asking.add_argument("--list", choices=OUTCOMES, help="print the slips with this outcome")
    asking.add_argument("policies", nargs="*", type=Path, default=SHIPPED)
    asked = asking.parse_args()
    made = all_slips(asked.policies, asked.each, asked.seed)
    numbers: list[Align] = ["right"] * (1 + len(OUTCOMES))
    aims: list[str] = []
    for part in PARTS:
        counts = counted(made, part)
        head = [f"slips {part}", "made", *(name.replace("within one line", "there") for name in OUTCOMES)]
        sys.stdout.write(draw(head, list(_rows(counts)), ["left", *numbers], columns=160) + "\n")
        aims += missed(part, counts)
    sys.stdout.write("".join(f"{line}\n" for line in _listed(made, asked.list)))
    sys.stdout.write("".join(f"not reached {words}\n" for words in aims))
    return bool(aims)


if __name__ == "__main__":
    sys.exit(main())
