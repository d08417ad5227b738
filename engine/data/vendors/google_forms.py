"""Google Forms: the time stamp first, then the questions; a grid is `question [line]`.

The downloaded CSV writes the time as `2025/11/22 上午10:12:03 GMT+8`, with semicolons between several choices;
the linked sheet has dates, with commas.
"""

from engine.data.vendors.vendor import Vendor

FACTS = Vendor(
    id="google_forms",
    name={"zh": "Google 表单", "en": "Google Forms"},
    marks=(("Timestamp", "时间戳记", "时间戳", "時間戳記"),),
    enough=1,
    first=True,
    date=("Timestamp", "时间戳记", "时间戳", "時間戳記"),
    own=("Score", "得分", "总分"),
    personal=("Email Address", "Username", "电子邮件地址", "电子邮件", "用户名"),
    several=(";", ", "),
)
