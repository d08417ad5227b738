"""Answers in words that are steps of a scale: 非常满意 … 非常不满意, very satisfied … very dissatisfied, `4 - Good`.

Each wording is written from the best answer to the worst; with five steps the best is 5 and the worst 1.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from engine.data.headers import plain

_CHINESE = (
    "非常满意 满意 一般 不满意 非常不满意",
    "很满意 满意 一般 不满意 很不满意",
    "非常满意 比较满意 一般 不太满意 非常不满意",
    "非常满意 比较满意 一般 比较不满意 非常不满意",
    "很满意 比较满意 一般 不太满意 很不满意",
    "很满意 比较满意 一般 比较不满意 很不满意",
    "很满意 满意 基本满意 不满意 很不满意",
    "非常满意 满意 基本满意 不满意 非常不满意",
    "非常满意 满意 基本满意 不太满意 不满意",
    "十分满意 满意 一般 不满意 十分不满意",
    "满意 基本满意 不满意",
    "满意 一般 不满意",
    "非常同意 同意 一般 不同意 非常不同意",
    "非常同意 比较同意 一般 比较不同意 非常不同意",
    "非常同意 同意 中立 不同意 非常不同意",
    "完全同意 同意 不确定 不同意 完全不同意",
    "非常愿意 愿意 一般 不愿意 非常不愿意",
    "非常愿意 比较愿意 一般 不太愿意 非常不愿意",
    "一定会 可能会 不确定 可能不会 一定不会",
    "非常重要 重要 一般 不重要 非常不重要",
    "非常重要 比较重要 一般 不太重要 非常不重要",
    "非常好 好 一般 差 非常差",
    "很好 好 一般 差 很差",
    "很好 较好 一般 较差 很差",
    "优秀 良好 一般 较差 很差",
    "优秀 良好 合格 不合格",
    "优 良 中 差",
    "总是 经常 有时 很少 从不",
)
_NEITHER = "Neither satisfied nor dissatisfied"
_ENGLISH = (
    "Very satisfied/Satisfied/Neutral/Dissatisfied/Very dissatisfied",
    f"Very satisfied/Satisfied/{_NEITHER}/Dissatisfied/Very dissatisfied",
    f"Very satisfied/Somewhat satisfied/{_NEITHER}/Somewhat dissatisfied/Very dissatisfied",
    f"Extremely satisfied/Somewhat satisfied/{_NEITHER}/Somewhat dissatisfied/Extremely dissatisfied",
    "Extremely satisfied/Very satisfied/Somewhat satisfied/Not so satisfied/Not at all satisfied",
    "Strongly agree/Agree/Neither agree nor disagree/Disagree/Strongly disagree",
    "Strongly agree/Agree/Neutral/Disagree/Strongly disagree",
    "Strongly agree/Somewhat agree/Neither agree nor disagree/Somewhat disagree/Strongly disagree",
    "Very likely/Likely/Neither likely nor unlikely/Unlikely/Very unlikely",
    "Very likely/Likely/Neutral/Unlikely/Very unlikely",
    "Extremely likely/Somewhat likely/Neither likely nor unlikely/Somewhat unlikely/Extremely unlikely",
    "Extremely likely/Very likely/Somewhat likely/Not so likely/Not at all likely",
    "Very important/Important/Neutral/Unimportant/Very unimportant",
    "Extremely important/Very important/Moderately important/Slightly important/Not at all important",
    "Excellent/Very good/Good/Fair/Poor",
    "Excellent/Good/Fair/Poor",
    "Very good/Good/Fair/Poor/Very poor",
    "Very good/Good/Average/Poor/Very poor",
    "Always/Often/Sometimes/Rarely/Never",
    "Always/Usually/Sometimes/Rarely/Never",
)
WORDINGS: tuple[tuple[str, ...], ...] = (
    *(tuple(steps.split()) for steps in _CHINESE),
    *(tuple(steps.split("/")) for steps in _ENGLISH),
)
_AHEAD = re.compile(r"(-?\d{1,2})\s*(?:[-–—:：=、.．]\s*|\s+|分\s*[-–—:：=、]?\s*)[^\W\d].*")
_BEHIND = re.compile(r"[^\W\d].*[(（]\s*(-?\d{1,2})\s*(?:分|points?|pts)?\s*[)）]")


def wordings_of(answers: Collection[str]) -> tuple[int, ...]:
    """The numbers, in `WORDINGS`, of all wordings that have these answers among their steps."""
    said = {plain(answer) for answer in answers}
    return tuple(n for n, steps in enumerate(WORDINGS) if said and said <= {plain(step) for step in steps})


def numbers_of(steps: Sequence[str]) -> dict[str, Fraction]:
    """The steps of a wording from the best down with their numbers, the worst 1."""
    return {step: Fraction(len(steps) - n) for n, step in enumerate(steps)}


def coded(answers: Collection[str]) -> Mapping[str, Fraction] | None:
    """Each answer with the number that stands in it (`5 - Very satisfied`, `满意（4分）`); None unless each has one."""
    found: dict[str, Fraction] = {}
    for answer in answers:
        number = _AHEAD.fullmatch(answer) or _BEHIND.fullmatch(answer)
        if number is None:
            return None
        found[answer] = Fraction(number[1])
    return found if len(set(found.values())) == len(found) > 1 else None
