"""Random policies that must check clean, and random data that are valid for them.

A drawn policy uses every way of combining and the commonest rules, down to three levels; its data
are a questionnaire export and an indicator sheet.
"""

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from pathlib import Path
from textwrap import indent

from hypothesis import strategies as st

# Names that hold keywords, brackets, both scripts: a name may contain any word of the language.
NAMES = (
    "每日巡检率", "目标达成率", "一票否决事项", "顾客投诉次数(质量)", "退货/索赔次数", "4S店回访", "On-time delivery",
    "扣分台帐", "平均响应时间", "权重复核", "等级评审", "满分奖励", "加权平均数", "缺数登记", "B2B orders", "问卷回收",
    "3G业务", "Mean time to repair", "不得分事项", "超过时限的整改", "质量", "A类设备", "第一次交验", "合计",
)  # fmt: skip

STEPS = ("0.5", "1", "2", "5", "10")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """An indicator that is measured: its rule, and where its value comes from ("" for a questionnaire)."""

    rule: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """An indicator made of others; each child with the weight or points its line states."""

    method: str
    children: tuple[tuple["Leaf | Heading", str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A policy's scheme, the kinds of value it looks up by name, and its questions."""

    scheme: str
    values: dict[str, str]
    questions: tuple[str, ...]


def _split(total: int, cuts: list[int]) -> list[int]:
    """Whole numbers that add up to `total`, from cuts of the stretch 1 … total - 1."""
    edges = [0, *sorted(set(cuts)), total]
    return [high - low for low, high in pairwise(edges)]


SHARES = st.lists(st.integers(1, 99), max_size=3).map(lambda cuts: _split(100, cuts))

SCORED = st.sampled_from([
    Leaf(rule="得分", kind="score"),
    Leaf(rule="百分率，按百分制计分", kind="rate"),
    Leaf(rule="问卷{question}均值，1-5分折合20-100分", kind=""),
    Leaf(rule="问卷{question}均值，1-5分折合0-100分", kind=""),
])  # fmt: skip

LOSING = st.one_of(
    st.builds(
        lambda target, size, points: Leaf(rule=f"目标{target}%；每低{size}个百分点扣{points}分", kind="rate"),
        st.integers(0, 100), st.sampled_from(STEPS), st.sampled_from(STEPS),
    ),
    st.builds(lambda points: Leaf(rule=f"每发生一次扣{points}分", kind="count"), st.sampled_from(STEPS)),
    st.builds(
        lambda points, most: Leaf(rule=f"每发生一次扣{points}分，最多扣{most}分", kind="count"),
        st.sampled_from(STEPS), st.integers(10, 60),
    ),
)  # fmt: skip

ITEMS = st.sampled_from([
    Leaf(rule="是否", kind="yes/no"),
    Leaf(rule="实得分", kind="points"),
    Leaf(rule="每发生一次扣1分", kind="count"),
])  # fmt: skip


def _weighted(children: st.SearchStrategy["Leaf | Heading"]) -> st.SearchStrategy[Heading]:
    return SHARES.flatmap(
        lambda shares: st.tuples(*(children for _ in shares)).map(
            lambda drawn: Heading(
                method="加权平均", children=tuple((c, f" {share}%") for c, share in zip(drawn, shares, strict=True))
            )
        )
    )


def _alike(method: str, children: st.SearchStrategy["Leaf | Heading"]) -> st.SearchStrategy[Heading]:
    drawn = st.lists(children, min_size=1, max_size=4)
    return drawn.map(lambda parts: Heading(method=method, children=tuple((part, "") for part in parts)))


def _added() -> st.SearchStrategy[Heading]:
    return SHARES.flatmap(
        lambda points: st.tuples(*(ITEMS for _ in points)).map(
            lambda drawn: Heading(
                method="满分100分，逐项得分",
                children=tuple((c, f" {point}分") for c, point in zip(drawn, points, strict=True)),
            )
        )
    )


def _headings(children: st.SearchStrategy["Leaf | Heading"]) -> st.SearchStrategy[Heading]:
    return st.one_of(_weighted(children), _alike("等权平均", children), _alike("取最低分", children))


BOTTOM = st.one_of(_headings(SCORED), _alike("满分100分，倒扣分", LOSING), _added())
HEADINGS = reduce(lambda below, _: st.one_of(below, _headings(st.one_of(SCORED, below))), range(2), BOTTOM)

BANDS = st.sampled_from(["", "  - 等级：优(100-90)；良(90-75)；中(75-60)；差(60-0)\n"])
ROUNDING = st.sampled_from(["四舍五入保留1位小数", "四舍六入五成双保留2位小数", "舍去保留0位小数", "不修约"])
CHOSEN = st.sampled_from(["按修约值定级", "按全数值定级"])
PARTS = st.sampled_from(["不足一步不扣分", "不足一步按一步计", "不足一步按比例扣分"])


@st.composite
def assessments(draw: st.DrawFn) -> Drawn:
    """A scheme with its names and questions; it decides everything and must check clean."""
    conventions = f"- {draw(ROUNDING)}，{draw(CHOSEN)}，缺数报错，{draw(PARTS)}，等级边界含下限\n"
    names = iter([*draw(st.permutations(NAMES)), *(f"指标{number}" for number in range(200))])
    values: dict[str, str] = {}
    questions: list[str] = []

    def lines(part: Leaf | Heading, stated: str, bands: str = "") -> str:
        name = next(names)
        if isinstance(part, Heading):
            below = "".join(lines(child, weight) for child, weight in part.children)
            return f"{name}{stated}：{part.method}\n{bands}{indent(below, '  ')}"
        if part.kind:
            values[name] = part.kind + stated
            return f"{name}{stated}：{part.rule}\n"
        questions.append(f"Q{len(questions) + 1}")
        return f"{name}{stated}：{part.rule.format(question=questions[-1])}\n"

    scheme = conventions + lines(draw(HEADINGS), "", draw(BANDS))
    return Drawn(scheme=scheme, values=values, questions=tuple(questions))


def policy_text(drawn: Drawn) -> str:
    """The whole policy file of a drawn scheme."""
    head = 'rubric: 1\npolicy: drawn\ntitle: 抽样方案\nlang: zh\nversion: "1"\n'
    data = ""
    if drawn.questions:
        questions = "".join(f"      {question}: {question}\n" for question in drawn.questions)
        data += f"  survey:\n    kind: responses\n    file: survey.csv\n    answers: 1-5\n    questions:\n{questions}"
    if drawn.values:
        data += "  sheet:\n    kind: values\n    file: sheet.csv\n"
    return f"{head}data:\n{data}scheme: |\n{indent(drawn.scheme, '  ')}"


def _value(kind: str) -> st.SearchStrategy[str]:
    """A valid value as a company writes it."""
    name, _, stated = kind.partition(" ")
    if name == "rate":
        return st.integers(0, 1000).map(lambda tenths: f"{tenths / 10}%")
    if name == "count":
        return st.integers(0, 40).map(str)
    if name == "yes/no":
        return st.sampled_from(["是", "否"])
    return st.integers(0, int(stated.removesuffix("分")) if name == "points" else 100).map(str)


@st.composite
def data_of(draw: st.DrawFn, drawn: Drawn) -> dict[str, list[str]]:
    """The lines of the files a drawn policy reads, by file name, the header first."""
    files: dict[str, list[str]] = {}
    if drawn.questions:
        answers = st.lists(
            st.sampled_from(["1", "2", "3", "4", "5"]), min_size=len(drawn.questions), max_size=len(drawn.questions)
        )
        rows = draw(st.lists(answers, min_size=1, max_size=8))
        files["survey.csv"] = [",".join(["序号", *drawn.questions])]
        files["survey.csv"] += [",".join([str(number), *row]) for number, row in enumerate(rows, 1)]
    if drawn.values:
        files["sheet.csv"] = ["指标,值", *(f"{name},{draw(_value(kind))}" for name, kind in drawn.values.items())]
    return files


def write(folder: Path, drawn: Drawn, files: dict[str, list[str]]) -> Path:
    """Put the policy and its data into the folder; the policy's path."""
    for name, rows in files.items():
        (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    path = folder / "policy.yaml"
    path.write_text(policy_text(drawn), encoding="utf-8")
    return path
