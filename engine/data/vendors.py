"""How survey platforms write what is the same everywhere: unanswered questions, and how long an answer took.

问卷星 exports one header row (序号, 提交答卷时间, 所用时间, 来源, 来源详情, 来自IP, then `1、题干`), by text with
`(空)` and `(跳过)` or by option number with -2 and -3. 腾讯问卷 names the time taken 答题时长; Qualtrics gives seconds.
"""

UNANSWERED = ("", "(空)", "-2")
SKIPPED = ("(跳过)", "-3")
DURATION_HEADERS = (
    "所用时间",
    "答题时长",
    "答题用时",
    "填写时长",
    "用时",
    "作答时长",
    "Duration (in seconds)",
    "Duration",
    "Time taken",
)
