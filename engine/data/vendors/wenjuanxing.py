"""问卷星: one header row; the export by text has the options' words, the one by number their order."""

from engine.data.vendors.vendor import Vendor

FACTS = Vendor(
    id="wenjuanxing",
    name={"zh": "问卷星", "en": "Wenjuanxing (问卷星)"},
    marks=(("序号",), ("提交答卷时间",), ("所用时间",), ("来源",), ("来源详情",), ("来自IP",)),
    enough=4,
    key=("序号",),
    date=("提交答卷时间",),
    own=("来源", "来源详情", "总分"),
    personal=("来自IP", "姓名", "用户ID", "用户名", "微信昵称"),
    several=("┋", "→"),
    of_numbers=(
        {
            "zh": "按序号下载时，单选题的 1 是第一个选项，不是 1 分；第一个选项最好的，"
            "改写成 answers: {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}",
            "en": "In an export by number, 1 is the first option and not one point; if the first option is the best, "
            "write answers: {1: 5, 2: 4, 3: 3, 4: 2, 5: 1}",
        },
    ),
)
