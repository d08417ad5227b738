"""Names in formulas and vetoes, resolved: who is meant, who depends on whom, what the result reaches."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from engine.language.checks.outline import Draft, Outline, matches, said_all
from engine.language.formulas import Constant, Formula, Operation, Ref
from engine.language.syntax import (
    Binary,
    Call,
    Choice,
    Expression,
    InformationOnly,
    Let,
    Name,
    Negation,
    Number,
    Quantity,
    Reference,
    Unit,
    Veto,
)
from engine.values import Frozen, named


@named
class References(Frozen):
    """Everything the names of one scheme lead to.

    `formulas`: by path, None where a name in it stands for nothing or for several lines.
    `needs`: the paths each path rests on: its lines, the names of its formula, its vetoes.
    `order`: all paths, each after those it rests on. `cycles`: paths that rest on themselves,
    the first again at the end. `reached`: what takes part in the result; `informed`: what is
    only shown for information.
    """

    formulas: Mapping[str, Formula | None]
    needs: Mapping[str, tuple[str, ...]]
    order: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...]
    reached: frozenset[str]
    informed: frozenset[str]


def references_of(outline: Outline) -> References:
    """The references of an outline; a name that cannot be resolved leads nowhere and stops nothing."""
    needs = {path: _needs(outline, draft) for path, draft in outline.drafts.items()}
    order, cycles = _ordered(needs)
    informed = [path for path, draft in outline.drafts.items() if said_all(draft.own, InformationOnly)]
    reached = _reach(needs, [outline.result] if outline.result else [], frozenset(informed))
    return References(
        formulas={
            path: formula_of(outline, draft, draft.line.formula)
            for path, draft in outline.drafts.items()
            if draft.line.formula is not None
        },
        needs=needs,
        order=order,
        cycles=cycles,
        reached=reached,
        informed=_reach(needs, informed, frozenset()),
    )


# ---------------------------------------------------------------- one name


def meant(outline: Outline, draft: Draft, reference: Reference) -> tuple[str, ...]:
    """The paths a name may mean; a line's own part of that name comes before all others."""
    found = matches(outline, reference.names)
    below = tuple(path for path in found if path in draft.children)
    return below if len(below) == 1 else found


def resolved(outline: Outline, draft: Draft, reference: Reference) -> str | None:
    """The one path a name means, None where there is none or more than one."""
    found = meant(outline, draft, reference)
    return found[0] if len(found) == 1 else None


def let_of(outline: Outline, name: Name) -> Let | None:
    """The `设` that defines a name."""
    return next((let for let in outline.lets if let.name.identity == name.identity), None)


def constant_of(outline: Outline, reference: Reference) -> Fraction | None:
    """The number a `设` with one undated value gives a name in a formula; per cent are divided by 100."""
    let = let_of(outline, reference.names[0]) if len(reference.names) == 1 else None
    if let is None or len(let.values) != 1 or let.values[0].since is not None:
        return None
    value = let.values[0].value
    if not isinstance(value, Quantity):
        return None
    return value.amount / 100 if value.unit is Unit.PERCENT else value.amount


def references_in(expression: Expression) -> Iterator[Reference]:
    """The names of a formula, from left to right."""
    match expression:
        case Reference():
            yield expression
        case Binary(left=left, right=right):
            yield from references_in(left)
            yield from references_in(right)
        case Negation(operand=operand):
            yield from references_in(operand)
        case Call(arguments=arguments):
            for argument in arguments:
                yield from references_in(argument)
        case Choice(left=left, right=right, then=then, otherwise=otherwise):
            for part in (left, right, then, otherwise):
                yield from references_in(part)
        case Number():
            return


def formula_of(outline: Outline, draft: Draft, expression: Expression) -> Formula | None:
    """The formula with every name replaced by the path it means."""
    match expression:
        case Number(amount=amount, percent=percent):
            return Constant(amount=amount / 100 if percent else amount)
        case Reference():
            path = resolved(outline, draft, expression)
            number = constant_of(outline, expression) if path is None else None
            return Ref(path=path) if path is not None else None if number is None else Constant(amount=number)
        case Binary(operator=operator, left=left, right=right):
            return _operation(outline, draft, operator, (left, right))
        case Negation(operand=operand):
            return _operation(outline, draft, "neg", (operand,))
        case Call(function=function, arguments=arguments):
            return _operation(outline, draft, function.value, arguments)
        case Choice(comparison=comparison, left=left, right=right, then=then, otherwise=otherwise):
            return _operation(outline, draft, f"if {comparison.value}", (left, right, then, otherwise))


def _operation(outline: Outline, draft: Draft, operator: str, parts: tuple[Expression, ...]) -> Formula | None:
    operands = [formula_of(outline, draft, part) for part in parts]
    known = tuple(operand for operand in operands if operand is not None)
    return Operation(operator=operator, operands=known) if len(known) == len(operands) else None


# ---------------------------------------------------------------- the whole scheme


def _needs(outline: Outline, draft: Draft) -> tuple[str, ...]:
    """The paths a draft rests on, each once, in the order in which they are written."""
    written = list(references_in(draft.line.formula)) if draft.line.formula is not None else []
    written += [veto.trigger.subject for veto in said_all(draft.own, Veto)]
    found = [resolved(outline, draft, reference) for reference in written]
    return tuple(dict.fromkeys((*draft.children, *(path for path in found if path is not None))))


def _ordered(needs: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Every path after the paths it rests on, and the cycles that make this impossible."""
    done: dict[str, None] = {}
    cycles: list[tuple[str, ...]] = []
    for start in needs:
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(needs[start]))] if start not in done else []
        while trail:
            path, rest = trail[-1]
            following = next(rest, None)
            on_the_way = [visited for visited, _ in trail]
            if following is None:
                done[path] = None
                trail.pop()
            elif following in on_the_way:
                cycles.append((*on_the_way[on_the_way.index(following) :], following))
            elif following not in done:
                trail.append((following, iter(needs[following])))
    return tuple(done), tuple(cycles)


def _reach(needs: Mapping[str, tuple[str, ...]], starts: list[str], without: frozenset[str]) -> frozenset[str]:
    """Everything the starts rest on, themselves included; what is only shown for information is not followed."""
    found: dict[str, None] = {}
    waiting = list(starts)
    while waiting:
        path = waiting.pop()
        if path not in found and path not in without:
            found[path] = None
            waiting.extend(needs[path])
    return frozenset(found)
