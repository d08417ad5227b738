"""Survey platforms: how their exports are recognised, and what is the same in all of them.

Each module holds the facts of one platform; `recognition` compares a file's first rows with them. Unanswered
questions: 问卷星 writes `(空)` and `(跳过)` in an export by text, -2 and -3 in one by number; Qualtrics can write -99
for a question that was seen and not answered, LimeSurvey N/A for one that was not put.
"""

UNANSWERED = ("", "(空)", "-2", "-99")
SKIPPED = ("(跳过)", "-3", "N/A")
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
    "interviewtime",
    "Total time",
)
