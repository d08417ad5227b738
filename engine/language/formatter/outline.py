"""Formulas, indicator lines and whole schemes as text."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.diagnostics import Lang
from engine.language import syntax as s
from engine.language.formatter.quoting import spelt
from engine.language.formatter.sentences import format_cell, format_sentence
from engine.language.formatter.speech import Speech, counted, figure
from engine.language.parser import parse_scheme
from engine.source import Span, source_of

# ---------------------------------------------------------------- formulas

_SIGNS = {"+": "+", "-": "-", "*": "×", "/": "/"}
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4}
_FUNCTIONS = {
    s.Function.MEAN: ("平均", "mean"),
    s.Function.MIN: ("最小", "min"),
    s.Function.MAX: ("最大", "max"),
    s.Function.MEDIAN: ("中位数", "median"),
    s.Function.GEOMETRIC: ("几何平均", "geometric mean"),
    s.Function.HARMONIC: ("调和平均", "harmonic mean"),
    s.Function.DEVIATION: ("标准差", "standard deviation"),
    s.Function.SAMPLE_DEVIATION: ("样本标准差", "sample standard deviation"),
    s.Function.SQUARE_ROOT: ("平方根", "square root"),
    s.Function.CUBE_ROOT: ("立方根", "cube root"),
    s.Function.LN: ("自然对数", "ln"),
    s.Function.LOG10: ("常用对数", "log10"),
    s.Function.EXP: ("自然指数", "exp"),
    s.Function.ABSOLUTE: ("绝对值", "abs"),
}


def format_expression(expression: s.Expression, lang: Lang) -> str:
    """A formula with the brackets it needs: (质量 + 服务) × 40%."""
    return _expression(expression, lang, 0)


def _expression(expression: s.Expression, lang: Lang, around: int) -> str:
    """`around`: how strongly what stands around the formula binds (1: sums, 2: products, 3: a sign, 4: powers)."""
    return _EXPRESSIONS[type(expression)](expression, lang, around)


def _number(number: s.Number, _: Lang, __: int) -> str:
    return f"{figure(number.amount)}%" if number.percent else figure(number.amount)


def _reference(reference: s.Reference, lang: Lang, _: int) -> str:
    return ".".join(spelt(s.Reference((name,)), lang, _named, _read_formula) for name in reference.names)


def _named(reference: s.Reference, speech: Speech) -> str:
    return speech.name(reference.names[0])


def _binary(binary: s.Binary, lang: Lang, around: int) -> str:
    binding = _BINDING[binary.operator]
    power = binary.operator == "^"  # 2^3^2 is 2^(3^2), all others go from left to right
    left = _expression(binary.left, lang, binding + 1 if power else binding)
    right = _expression(binary.right, lang, binding if power else binding + 1)
    text = f"{left}^{right}" if power else f"{left} {_SIGNS[binary.operator]} {right}"
    return f"({text})" if binding < around else text


def _negation(negation: s.Negation, lang: Lang, around: int) -> str:
    operand = _expression(negation.operand, lang, 3)
    text = f"-({operand})" if isinstance(negation.operand, s.Negation) else f"-{operand}"
    return f"({text})" if around > 3 else text


def _call(call: s.Call, lang: Lang, _: int) -> str:
    speech = Speech(lang)
    arguments = speech.say("、", ", ").join(_expression(argument, lang, 0) for argument in call.arguments)
    return f"{speech.say(*_FUNCTIONS[call.function])}({arguments})"


def _choice(choice: s.Choice, lang: Lang, _: int) -> str:
    speech = Speech(lang)
    left, right, then, otherwise = (
        _expression(part, lang, 0) for part in (choice.left, choice.right, choice.then, choice.otherwise)
    )
    sign = choice.comparison.value.replace(">=", "≥").replace("<=", "≤")
    arguments = speech.say("、", ", ").join((f"{left} {sign} {right}", then, otherwise))
    return f"{speech.say('如果', 'if')}({arguments})"


_EXPRESSIONS: Mapping[type[s.Node], Callable[[Any, Lang, int], str]] = {
    s.Number: _number,
    s.Reference: _reference,
    s.Binary: _binary,
    s.Negation: _negation,
    s.Call: _call,
    s.Choice: _choice,
}


def _line_of(text: str) -> s.Line | None:
    """The one line that a text is read as; None where it is none or has a finding."""
    scheme, found = parse_scheme(source_of("", text), "", Span(0, len(text)))
    return scheme.lines[0] if len(scheme.lines) == 1 and not found else None


def _read_formula(text: str) -> s.Expression | None:
    line = _line_of(f"X = {text}")
    return line.formula if line and not line.sentences else None


# ---------------------------------------------------------------- heads


def _head(head: s.Head, speech: Speech) -> str:
    key = f"[{head.key}]" if head.key else ""
    weight = _weight(head.weight, speech) if head.weight else ""
    return " ".join(piece for piece in (speech.name(head.name), key, weight) if piece)


def _weight(weight: s.Weight, speech: Speech) -> str:
    number = figure(weight.amount)
    match weight.unit:
        case s.WeightUnit.PERCENT:
            return f"{number}%"
        case s.WeightUnit.FRACTION:
            return number
        case s.WeightUnit.POINTS:
            return speech.say(f"{number}分", counted(weight.amount, "point"))
        case s.WeightUnit.PARTS:
            return speech.say(f"权重{number}", f"weight {number}")


def _read_head(text: str) -> s.Head | None:
    line = _line_of(text)
    return line.heads[0] if line and len(line.heads) == 1 and not line.sentences and not line.formula else None


def _heads(line: s.Line, lang: Lang) -> str:
    between = "———" if line.chain else Speech(lang).say("、", ", ")
    return between.join(spelt(head, lang, _head, _read_head) for head in line.heads)


# ---------------------------------------------------------------- lines and schemes

# Sentences that stand alone on their line.
_ALONE = s.Bands | s.Veto | s.Fuzzy | s.Each | s.Let | s.Note | s.Accept


def format_scheme(scheme: s.Scheme, lang: Lang) -> str:
    """A scheme as the lines of its block, each level two blanks deeper, every line ended.

    The scheme has no broken lines: what could not be read cannot be printed.
    """
    lines = [*_bullets(scheme.bullets, lang, 0), *(row for line in scheme.lines for row in _line(line, lang, 0))]
    return "".join(f"{line}\n" for line in lines)


def _line(line: s.Line, lang: Lang, depth: int) -> Iterator[str]:
    yield "  " * depth + _heads(line, lang) + _body(line, lang)
    yield from _bullets(line.bullets, lang, depth + 1)
    for child in line.children:
        yield from _line(child, lang, depth + 1)


def _body(line: s.Line, lang: Lang) -> str:
    """What stands behind the heads: a formula, a cell, or both."""
    speech = Speech(lang)
    cell = format_cell(line.sentences, lang)
    if line.formula is None:
        return speech.say("：", ": ") + cell if cell else ""
    formula = f" = {format_expression(line.formula, lang)}"
    return formula + speech.say("，", ", ") + cell if cell else formula


def _bullets(sentences: tuple[s.Sentence, ...], lang: Lang, depth: int) -> Iterator[str]:
    """Sentences as bullets; those that need not stand alone share one with their neighbours."""
    together: list[s.Sentence] = []
    for sentence in sentences:
        if isinstance(sentence, _ALONE):
            yield from _bullet(together, lang, depth)
            together = []
            yield f"{'  ' * depth}- {format_sentence(sentence, lang)}"
        else:
            together.append(sentence)
    yield from _bullet(together, lang, depth)


def _bullet(sentences: list[s.Sentence], lang: Lang, depth: int) -> Iterator[str]:
    if sentences:
        yield f"{'  ' * depth}- {format_cell(tuple(sentences), lang)}"
