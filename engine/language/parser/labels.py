"""Names that hold a number or a word of a rule, and words in quotes among others: P1 incidents, 8D报告, ISO 9001, Late.

Their signs are letters to the grammar; a name keeps the author's spelling.
"""

import re

from engine.language.text import Text

# Compiled by `re` when first needed; a cell without the first of them holds none.
_LIKELY = (
    r"[Ll]ate *:|\b(?:[Bb]elow|[Aa]bove|[Ee]xceeds) [a-z]+ *[(:=]| (?:in|on|during|for) which\b"
    r'|[A-Z]\d|[5-9][DS]|\d[snrt][tdh] |\d ?[ap]\.?m|\d:\d\d|(?<=[a-z]) "'
    r"|\bas per |(?i:iso|iec|iatf|level|tier|type|phase|priority|severity)[ -]\d"
)
_LABELS = (
    r"(?:^ *|\b(?!(?:second|minute|hour|day|week|month)s?\b)[a-z]+ )[Ll]ate(?= *:)"
    r"|(?i:\b(?:below|above|exceeds)(?= (?:expectations?|average|standards?|requirements?|par) *[(:=]))"
    r"|(?:(?<=[Ee]ach )|(?<=very )|(?<=[Pp]er ))(?:day|week|month|hour|shift|quarter)(?= (?:in|on|during|for) which\b)"
    r"|(?<![A-Za-z\d])(?![IO]\d)[A-Z]{1,6}\d+(?:\.\d+)?[A-Z]?(?![A-Za-z\d%])"
    r"|(?<![\d.])[5-9][DS](?=\s[A-Za-z]|[^\W\da-zA-Z_])"
    r"|(?<=\bas )per\b|\b(?:ISO|IATF|IEC)(?:/[A-Z]{1,4})?[ -]\d{3,}(?:[-:.]\d+)*"
    r"|(?i:\b(?:level|tier|type|phase|priority|severity)) \d+(?= [A-Za-z])"
    r"(?! (?:or|to|and|points?|marks?|pts?|seconds?|minutes?|hours?|days?|weeks?|months?)\b)"
    r"|(?<![\d.])\d{1,2}(?:(?:st|nd|rd|th) (?:of (?:the|each|every) (?:following |next )?|working |business |calendar )"
    r"(?:day|week|month|quarter|year)\b|(?::\d\d)? ?[ap]\.?m\b|:\d\d(?!\d|:\d))"
    r"|(?:(?<= the )|(?<=[^t]ed )|(?<= a )|(?<=[Ee]ach )|(?<=very )|(?<= than )|(?<=[Aa]ny ))(?<!graded )"
    r'"[^"\n]{1,40}"(?=[\s,.;:]|$)'
)


def labelled(text: Text) -> Text:
    """The text with a letter in place of each sign that is part of a name."""
    if not re.search('[A-Za-z"]', text.folded) or not re.search(_LIKELY, text.folded):
        return text
    return Text(text.shown, re.sub(_LABELS, _in_letters, text.folded), text.offsets)


def _in_letters(match: re.Match[str]) -> str:
    return re.sub(r"[^ ]", "z", match[0])
