"""腾讯问卷: one header row, questions as `1.题干`, an empty column at the end."""

from engine.data.vendors.vendor import Vendor

FACTS = Vendor(
    id="tencent",
    name={"zh": "腾讯问卷", "en": "Tencent Survey (腾讯问卷)"},
    marks=(
        ("编号",),
        ("开始答题时间",),
        ("结束答题时间",),
        ("答题时长",),
        ("清洗数据结果",),
        ("智能清洗数据无效概率",),
        ("用户标识",),
    ),
    enough=4,
    key=("编号",),
    date=("结束答题时间", "开始答题时间"),
    own=("开始答题时间", "语言", "清洗数据结果", "智能清洗数据无效概率", "用户类型", "Referrer"),
    personal=(
        *("地理位置国家和地区", "地理位置国家", "地理位置省", "地理位置市"),
        *("用户标识", "昵称", "自定义字段", "IP", "UA"),
    ),
    several=("┋", "|"),
)
