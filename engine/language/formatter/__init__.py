"""Syntax to text: the canonical words of everything that can be written, in Chinese or in English.

`speech` prints numbers, units and intervals, `rules` and `sentences` one sentence each, `outline`
formulas, lines and schemes, `data` the sentences around the scheme. What is printed reads back as what
it was printed from; `quoting` sees to it that this holds for names.
"""

from engine.language.formatter.data import (
    format_belonging as format_belonging,
    format_measure as format_measure,
    format_validity as format_validity,
)
from engine.language.formatter.outline import (
    format_expression as format_expression,
    format_scheme as format_scheme,
)
from engine.language.formatter.rules import time_counted as time_counted
from engine.language.formatter.sentences import (
    format_cell as format_cell,
    format_effect as format_effect,
    format_sentence as format_sentence,
    format_trigger as format_trigger,
)
