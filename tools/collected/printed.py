"""Tables of a study of a telecom company as they are printed, figure by figure: 2-1 to 2-3, 2-5 to 2-7, and the text.

What the tables print wrongly stays so. Where a table runs from left to right, its columns are the rows here.
"""

from random import Random

Table = list[list[str]]

HALL = """项目,应得分,实得分,失分数
总分,100,89.5,-10
环境评价,8,7.8,-0.2
VI标识,11,9.8,-1.2
服务设施,10,9.4,-0.6
资料摆放,4,4.0,0.0
区域划分,5,5.0,0.0
VIP专区,3,0.9,-2.1
营业人员仪表,6,4.2,-1.8
营业人员仪态,17,16.1,-0.9
营业人员业务能力,14,11.6,-0.4
业务受理,12,14.0,-0.1
业务办理,10,6.8,-3.2
"""

CLUB = """项目,应得分,09年底,失分数
总分,100,89.5,-10.5
环境评价,20,20.0,0.0
VI标识,20,19.5,-0.5
服务设施,21,13.0,-8.0
资料摆放,4,2.0,-2.0
跨区服务,10,10.0,0.0
人员仪表,10,10.0,0.0
人员仪态,15,15.0,0.0
"""

# Both rows of the table are called 内蒙古分公司.
GAPS_AS_PRINTED = """要素,内蒙古分公司,内蒙古分公司,差距
网络质量,71.73,87.2,-15.47
投诉处理,62.99,57.7,5.29
营业厅,78.35,84.3,-5.95
客服中心,79.29,86,-6.71
客户俱乐部,79.1,89.4,-10.3
"""
GAPS = GAPS_AS_PRINTED.replace("内蒙古分公司,内蒙古分公司", "内蒙古分公司,竞争对手")

BRANDS = """品牌,内蒙古分公司,内蒙古联通,差距
全球通/移动C网,78.75,70.15,8.6
动感地带/移动C网,74.05,70.15,3.9
神州行/移动G网,80.3,63.7,16.6
综合得分,79.21,65.89,13.32
"""

INDICATORS = """三级指标,得分
内蒙古分公司的知名度C11,66.56
营业厅的环境C12,66.74
内蒙古分公司产品的熟悉度C13,66
产品和服务的可靠性C14,66.1
网络覆盖C21,64.18
网络质量C22,65.37
套餐的适合程度C23,68.5
服务人员业务能力C24,67.5
充值与交费的便利性C25,66.25
话费查询的方便性C26,67.12
客户热线的服务质量C27,66.62
内蒙古分公司资费C31,66.66
内蒙古分公司与竞争对手的资费差C32,69.77
等价交换C33,69.58
信息公平性C41,69.93
内蒙古分公司与客户的平等性C42,67.26
内蒙古分公司的诚信C43,64.5
服务等待时间C44,69.55
服务人员的热情度C45,65.33
"""

RANKS = """三级指标,得分,排名
信息公平性C41,69.93,1
内蒙古分公司与竞争对手资费差C32,69.77,2
等价交换C33,69.58,3
服务等待时间C44,69.55,4
套餐的适合程度C23,68.5,5
服务人员业务能力C24,67.5,6
内蒙古分公司与客户的平等性C42,67.26,7
话费查询的方便性C26,67.12,8
营业厅的环境C12,66.74,9
内蒙古分公司资费C31,66.66,10
内蒙古分公司的知名度C11,66.56,12
充值与交费的便利性C25,66.25,13
产品和服务的可靠性C14,66.12,14
内蒙古分公司产品的熟悉度C13,66,15
服务人员的热情度C45,65.33,17
内蒙古分公司的诚信C43,64.5,18
网络覆盖C21,64.18,19
"""

# The text names fairness before value for all customers, value before fairness for the two businesses.
DIMENSIONS = """业务,企业形象,服务质量,服务公平,客户价值
总体,66.11,63.04,79.69,67.75
宽带,66.07,61.71,67.35,78.14
移动,67.02,62.71,68.31,79.91
"""


def rows(text: str) -> Table:
    """The cells of a table, header first."""
    return [line.split(",") for line in text.splitlines()]


def questionnaires(seed: int) -> str:
    """Two thousand invented questionnaires whose means are exactly the scores of table 2-6: a mean score of 66.56 is
    3.328 of 5, so the answers of 2,000 customers add up to 6,656.
    """
    chance = Random(seed)
    columns: list[list[int]] = []
    for _, score in rows(INDICATORS)[1:]:
        total = round(float(score) * 100)
        answers = [chance.choices((1, 2, 3, 4, 5), (3, 12, 38, 34, 13))[0] for _ in range(2000)]
        while (missing := total - sum(answers)) != 0:
            one = chance.randrange(2000)
            answers[one] = min(5, answers[one] + 1) if missing > 0 else max(1, answers[one] - 1)
        columns.append(answers)
    header = ",".join(["序号", *(name for name, _ in rows(INDICATORS)[1:])])
    lines = (",".join([str(n), *(str(c[n - 1]) for c in columns)]) for n in range(1, 2001))
    return "\n".join([header, *lines, ""])
