"""`control:` as printed figures. What has the wrong shape is left out; `shape` has said so."""

from collections.abc import Iterator

from engine.language.controls import ROLES, Control
from engine.language.reader.figures import number
from engine.language.reader.tree import Listing, Text, Tree, child, entries, pairs
from engine.language.text import narrow


def controls_of(tree: Tree | None) -> tuple[Control, ...]:
    """The figures in the order of the file: `{满意度: 79.21}` are scores, a list says of which unit and what else."""
    if isinstance(tree, Listing):
        return tuple(control for part in tree.values for control in _part(part))
    return tuple(_figures(tree, "score", {}, None))


def _part(part: Tree) -> Iterator[Control]:
    scheme = pairs(part).get("scheme")
    for role in ROLES:
        yield from _figures(child(part, role), role, pairs(child(part, "unit")), scheme)


def _figures(tree: Tree | None, role: str, unit: dict[str, str], scheme: str | None) -> Iterator[Control]:
    for name, value in entries(tree):
        amount = number(value.text) if isinstance(value, Text) else None
        if isinstance(value, Text) and amount is not None:
            yield Control(
                name=name.text,
                role=role,
                amount=amount * 100 if narrow(value.text).endswith("%") else amount,
                text=value.text,
                name_span=name.span,
                span=value.span,
                unit=unit,
                scheme=scheme,
            )
