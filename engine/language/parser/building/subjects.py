"""What a rule is about: the subject before its trigger, or the condition that is its trigger."""

import re
from dataclasses import replace

from engine.language import syntax as s
from engine.language.parser.building.english import asked, is_actor, told, without_actor
from engine.language.parser.building.intervals import is_unit
from engine.language.parser.building.parts import Misplaced, Parts, Where, bare_name, first, span_of, subject_of, tokens
from engine.language.parser.tree import Token, Tree
from engine.language.seldom import Seldom
from engine.language.text import identity, in_english

# A subject and what is counted hold none of these: with one of them it is a misspelt step or limit (每氐1个百分点).
MEASURED = Seldom(
    r"百分点|百分之|目标(?!\w{0,6}率$)|(?:规定|指标)值(?![班守勤日])|规定.{0,4}(?:时间|时限|期限)(?!内|之内|以内|前)|%|percent"
    r"|\btarget\b(?! (?:achiev|attain|complet))|time limit|超[出过]?\w{0,4}(?:时间|时限|期限)",
    re.IGNORECASE,
)
_FIGURE = Seldom(r"百分点|百分之|%|percent", re.IGNORECASE)
# What changes another rule or the points beyond the item: more than a subject or a condition can say.
_MORE = Seldom(
    r"^(?:最[低高]分?|总分|得分|满分)$|追加|并扣|扣完|扣满|加倍|减半|为止|除外|(?:此|该)事件|可以$|[扣减加得记][lIOo]$|(?:至少|最少|起码|大约)$"
)
_DENIED = Seldom(r"[未没不无]")
_SHORTEST = 2
# One letter that says what happened before a count (缺一项, 漏一处): no subject of its own.
_LACKING = "缺少漏错差欠误"
# 除不可抗力，每延误一天: what is left out is not what is counted.
_EXEMPT = Seldom(r"^除(?![尘草垢湿雪冰渣锈臭油毒虫霜])")
# 检查中每发现一处积水: when it is counted, not what.
_OCCASION = Seldom("(?:检查|抽查|督查|巡查|考核|验收|审核|评审)[中时]?$")
# 噪声超标每次: what is counted is that it does.
_MISSED = Seldom("超标|[未不没]达标|未达到目标值?")
_ONLY = Seldom(r"[仅只]有?$")
# 为每位客户指定1名经理得1分: what is done for each, not what is counted.
# 超出规定响应口间发生一次: a misspelt time limit.
_FOR_WHOM = Seldom(r"(?:(?<!行)为|[给对向按将把])$|超[出过]?规定")
_BEFORE_RANGE = Seldom(
    r"(?<=.)(在|为|是|达)$|\s+(is|are|was|were|of|at|in|for|by|falls|drops|rises|stays|remains|goes)$"
)
_BEFORE_COUNT = Seldom(
    r"(?<=..)(?:[，,；; ]*(?:发现|查出|其中|(?<![规法原准细守否])则)|[，,；; ]+(?:有|如|若|存在|出现|发生|[缺少漏]))+$"
    r"|(?<=..[^没所具拥持仅只未])有$"
)


class Required:
    """规定数: what a value is a share of."""

    __slots__ = ("words",)

    def __init__(self, words: str) -> None:
        self.words = words

    def of(self, name: s.Name | None) -> s.Name:
        """The name of the share: 门诊量占规定数的比例."""
        text = f"{name.text if name else ''}占{self.words.rstrip(' 的')}的比例"
        return s.Name(text, identity(text)) if name is None else replace(name, text=text, identity=identity(text))


def subject(parts: Parts, where: Where) -> s.Name:
    """What is counted or asked, with all its words: 地面积水、油污; 一次交验合格率."""
    if len(parts) == 1:
        return subject_of(parts[0], where)
    return bare_name(where.text.part(*where.ends))


def _words(where: Where) -> tuple[int, int]:
    """Where the subject of a rule stands in its text."""
    tree = next(p for p in where.tree.parts if isinstance(p, Tree) and p.kind == "subject")
    return tree.start, tree.end


def subject_for(trigger: s.Trigger, parts: Parts, where: Where) -> tuple[s.Name | None, s.Trigger]:
    """The subject of a rule without the words that join it to its trigger, and the trigger with what belongs to it."""
    words = tokens(parts, "WORD", "E_WORD")
    said: s.Name | None = first(parts, s.Name)
    behind = [word for word in words if _is_behind(word, trigger, where)]
    named = next((subject_of(word, where) for word in words if word not in behind or not said), None)
    name = named if said is None or (named and is_actor(said.text)) else said
    required: Required | None = first(parts, Required)
    if required is not None:
        return required.of(name), trigger
    within: s.Interval | None = first(parts, s.Interval)
    if within is not None:
        return _cases_in(within, name, where), trigger
    if name is None or name.quoted:
        return name, trigger
    name = _bare(name, trigger)
    if behind and name.span.start < span_of(behind[0], where.text).start:
        name = _with_noun(name, behind[0], where)
    of_cases = isinstance(trigger, s.RangeTrigger) and trigger.interval.unit is s.Unit.TIME
    if of_cases and (name.text in _LACKING or _ANYTHING.fullmatch(name.text)):
        return None, trigger
    if isinstance(trigger, s.CountTrigger):
        if name.text in _LACKING:
            return None, replace(trigger, noun=f"{name.text}{trigger.noun}")
        name = _where_counted(name, trigger, where)
    if len(name.text) < _SHORTEST or _says_more(name.text) or _EXEMPT.search(name.text) or _two_things(name, trigger):
        raise Misplaced(name.span, "E201", "subject", subject=name.text)
    return name, trigger


def _where_counted(name: s.Name, trigger: s.CountTrigger, where: Where) -> s.Name:
    """The subject of a count; where it only says when it is counted, with what is."""
    if _ONLY.search(name.text) or _FOR_WHOM.search(name.text):
        raise Misplaced(where.span, "E201", "bare_quantity", value=f"{name.text}{trigger.noun}")
    joined = _OCCASION.search(name.text) or _MISSED.fullmatch(trigger.noun)
    return _joined(name, _counted_thing(trigger.noun)) if joined else name


def _cases_in(within: s.Interval, name: s.Name | None, where: Where) -> s.Name:
    """The cases that a range picks out: 迟到超过10分钟."""
    end = where.text.offsets.index(within.span.end - 1) + 1
    if name is None:
        return bare_name(where.text.part(where.text.offsets.index(within.span.start), end))
    text = name.text + where.text.shown[where.text.offsets.index(name.span.end - 1) + 1 : end]
    return replace(name, text=text, identity=identity(text))


def _is_behind(word: Token, trigger: s.Trigger, where: Where) -> bool:
    """Whether a word of a range stands behind its number: 500 words."""
    return isinstance(trigger, s.RangeTrigger) and span_of(word, where.text).start > trigger.interval.span.start


def _with_noun(name: s.Name, noun: Token, where: Where) -> s.Name:
    """The subject with what stands behind the number: the essay words; with a unit in brackets: response time (ms)."""
    behind = without_actor(subject_of(noun, where).text)
    if is_actor(behind):  # beyond 7 days it will be scored at zero
        return name
    return _joined(name, f"({behind})" if is_unit(noun) else behind)


_LATENESS = Seldom(r"(?:延迟|逾期|超时|超期|延误|延期|迟交|迟到|晚)$")


def _two_things(name: s.Name, trigger: s.Trigger) -> bool:
    """描述有缺陷，总长超过20字扣2分: something that happened, and the range of something else."""
    before, _, last = re.sub(r"[,，;；]|或者?(?=.)", "，", name.text).rpartition("，")
    ranged = isinstance(trigger, s.RangeTrigger)
    return ranged and bool(before and _CONDITION.search(before)) and not _LATENESS.search(last)


def _says_more(text: str) -> bool:
    """Whether the words hold a target, a limit or another rule; 未在规定时间内完成 only says what was not done."""
    measured = MEASURED.search(text) and (not _DENIED.search(text) or _FIGURE.search(text))
    return bool(measured or _MORE.search(text))


def _bare(name: s.Name, trigger: s.Trigger) -> s.Name:
    """The subject without 在, 为 or is before a range (合格率在90%-95%), and without 发现 before a count."""
    words = _BEFORE_RANGE if isinstance(trigger, s.RangeTrigger) else _BEFORE_COUNT
    text = re.sub("(?<=..)的$|^(?i:of|for) (?:(?i:the) )?", "", words.sub("", name.text))
    return replace(name, text=text, identity=identity(text))


# What is counted without its number: 发生一次投诉, 有1人迟到, 3 wrong picks; 缺1项 keeps what it counts by.
_NUMBERED = Seldom(
    r"(?<![“「\"])(?:\d+|[一二两三四五六七八九十半]+)\s*(?:个|(?:人|件|台|辆|例|项|户)?次|[^\W\d_a-zA-Z])"
)
_HAPPENING = Seldom(r"^(?:发生过?|出现|存在|发现|查出|有)|^\d+\s+|^(?:[人每]*次|[起例件单项笔宗条处人份个])$")
_ANYTHING = Seldom(r"(?:occurrence|time|case|incident|event|instance|one)s?", re.IGNORECASE)


def _counted_thing(noun: str) -> str:
    """What the words behind 每 or per count; empty where they name nothing (每次, per occurrence)."""
    bare = _HAPPENING.sub("", noun.strip())
    named = _HAPPENING.sub("", _NUMBERED.sub("", bare)).strip(' “”「」"')
    named = re.sub("(?<=..)的$", "", named)
    named = re.sub(r"[\d一二两三四五六七八九十]", "", bare) if named in _LACKING and named else named
    return "" if _ANYTHING.fullmatch(named) or len(named) < _SHORTEST else named


_AMOUNTS = ("years", "words", "pages", "million")  # of which there is one number in a cell


def one_and_several(sentences: list[s.Sentence]) -> list[s.Sentence]:
    """The rules of a cell with one name for 1 accident and 2 accidents, years and years' experience: one number."""
    ranged = [x for x in sentences if isinstance(x, s.Rule) and isinstance(x.trigger, s.RangeTrigger) and x.subject]
    known = {rule.subject.identity: rule.subject for rule in ranged if rule.subject}
    if len(known) < 2:
        return sentences
    several = {
        name: known[other]
        for name in known
        for other in known
        if other == f"{name}s"
        or other.startswith(f"{name}'")
        or (name in _AMOUNTS and name != other and f" {name} " in f" {other} ")
    }
    return [
        replace(x, subject=several[x.subject.identity])
        if isinstance(x, s.Rule) and x in ranged and x.subject and x.subject.identity in several
        else x
        for x in sentences
    ]


def told_apart(sentences: list[s.Sentence]) -> list[s.Sentence]:
    """The rules of a cell, each with the name of what it counts where they count different things.

    Deduct 5 per major finding, 1 per minor finding: two numbers are counted, not one twice.
    """
    sentences = _of_one_subject(sentences)
    named = [_named(one) for one in sentences]
    things = {one.subject.identity for one in named if isinstance(one, s.Rule) and one.subject and _counts(one)}
    return sentences if len(things) < 2 else named


def _of_one_subject(sentences: list[s.Sentence]) -> list[s.Sentence]:
    """检查每发现一处积水扣1分，检查每发现一处油污扣2分: one subject, two things; the names hold both."""
    things: dict[str, set[str]] = {}
    for one in sentences:
        if isinstance(one, s.Rule) and one.subject and isinstance(one.trigger, s.CountTrigger):
            things.setdefault(one.subject.identity, set()).add(_counted_thing(one.trigger.noun))
    return [
        replace(one, subject=_joined(one.subject, _counted_thing(one.trigger.noun)))
        if isinstance(one, s.Rule)
        and one.subject
        and isinstance(one.trigger, s.CountTrigger)
        and len(things[one.subject.identity]) > 1
        else one
        for one in sentences
    ]


def _joined(name: s.Name, noun: str) -> s.Name:
    """A subject with what stands behind it."""
    text = f"{name.text}{' ' * in_english(noun)}{noun}".rstrip()
    return replace(name, text=text, identity=identity(text))


def _counts(rule: s.Rule) -> bool:
    return isinstance(rule.trigger, s.CountTrigger)


def _named(sentence: s.Sentence) -> s.Sentence:
    """A rule that counts something, with the name of it."""
    if not isinstance(sentence, s.Rule) or sentence.subject or not isinstance(sentence.trigger, s.CountTrigger):
        return sentence
    thing = _counted_thing(sentence.trigger.noun)
    name = s.Name(thing, identity(thing), span=sentence.trigger.span)
    return replace(sentence, subject=name) if thing else sentence


# What makes open words a condition rather than a bare name before a deduction.
_CONDITION = Seldom(
    r"(的|者|时|情况|情形)\s*$"
    r"|^(发生|出现|存在|有|无|未|没|不|缺|漏|违|擅自|拒|弄虚|虚报|瞒报|泄露|丢失|逾|超|凡|如|若|经|被|因)"
    r"|[未没不无缺漏违]|(?:出现|发生|存在)(?![率数量])|擅自|私自|无故|故意|随意|(?<![所具含拥])有(?![关效限])|[较偏欠](?![a-z])[^\W\d_]$|一般$|[脏乱]$|(?<![误偏温色时落])差$|^(获|荣获|取得|受到)"
    r"|^(?:under|over|below|above) [a-z]"
    r"|^[a-z]{2,}ing (?:[a-z]+ )?(?:an?|the|this|your|their|its|any|to)\b"
    r"|\b(no|not|zero|missing|without|any|is|are|was|were|fails?|failed|failure|lack|absence)\b|n['’]t\b|\bout of\b"
    r"|^(?!.*\b(?:received|reported|found|raised|issued|identified|made)$).*[a-z]{3}ed"
    r"(?: (?:by|after|before|on|in|at|above|below|near|under|over|with|from|outside) .*)?$",
    re.IGNORECASE,
)
# 不整齐的床: a thing that may be counted, not something that happens.
_A_THING = Seldom(r"^(?![缺漏]).*的(?!情况|情形|行为|现象|问题|事件|事故)[^的\s]{1,3}$|(?:处|例|份|人次)$", re.DOTALL)
# 合格率得10分: a measure without a value earns nothing.
_A_MEASURE = Seldom(r"^(?!.*(?:[达超满低高好优齐完]|符合)).*(?:率|数|量|值|得分|时间|天数|金额)$")
# What is left to the assessor is one amount, however often it happened: 损坏公物，视情节扣1-3分.
_LEFT_OPEN = Seldom("酌情|视(?:其|具体|实际|严重|影响)?(?:情|程度|后果)")
# A grade or an answer may be one character: 优得10分, 无不得分.
_ONE_WORD = "优良中差好有无是否全"


_A_FIGURE = r"(?i:rate|score|number|count|percentage|time|level|index|ratio|average|mean|value|amount)s?$"


def _earns(text: str, effect: s.Effect, where: Where) -> bool:
    """Whether these words may be what earns or forfeits marks; in English, all of them or none."""
    if not in_english(text):
        return not _A_MEASURE.search(text)
    marks = not isinstance(effect, s.Score) and re.search(r"(?i:marks|points|credit|fail(?:ure)?)\b", where.words)
    return bool(marks) and not re.search(_A_FIGURE, text)


def condition(parts: Parts, where: Where, effect: s.Effect, *, bare: bool) -> s.ConditionTrigger:
    """The yes/no that a rule without another trigger asks.

    What earns or forfeits marks needs no other sign (原始记录详实得2分); what is only named before a deduction may be
    counted or asked, and is asked back (考试作弊扣20分). `bare`: its points have no verb, and are looked at once more.
    """
    start, end = _words(where)
    words, name = where.text.shown[start:end], first(parts, s.Name)
    if not name.quoted and (_says_more(name.text) or (len(name.text) < _SHORTEST and name.text not in _ONE_WORD)):
        raise Misplaced(name.span, "E201", "subject", subject=name.text)
    marks = isinstance(effect, s.Score | s.FullMarks | s.NoMarks | s.GradeAs) and _earns(name.text, effect, where)
    said = (
        tokens(parts, "IF", "CONDITIONAL", "RESULTS")
        or told(effect, where)
        or (s.choice(effect) and _LEFT_OPEN.search(where.words))
        or (_CONDITION.search(words) and not _A_THING.search(words))
    )
    if not said and not marks and not bare:
        rest = where.words[end - where.ends[0] :].strip()
        raise Misplaced(where.text.span(start, end), "E201", "no_trigger", subject=words.strip(), effect=rest)
    return s.ConditionTrigger(asked(name, where), span=where.text.span(start, end))
