"""A policy that says everything a policy can say around its scheme."""

WHOLE = """\
# yaml-language-server: $schema=../grammar/policy.schema.json
rubric: 1
policy: whole-1
title: {zh: 顾客满意度管理程序, en: "Customer satisfaction: procedure"}
lang: zh
version: "2025.1"
document:
  {name: 顾客满意度管理程序, number: QP-08, version: A/0, source: QP-08.docx, owner: 质量部, issued: 2024-12-01,
   note: 第3次修订}
effective: {from: 2025-01-01, to: ２０２５-12-31}
names:
  总分: Overall
  质量(产品): Quality
units:
  by: [品牌, 地区]
  total: {weights: {全球通: 21.96%, 动感地带: 12%, 神州行: 66.04%}}
period: {every: half, on: 2025-H2}
calendar:
  weekend: [周六, 周日]
  holidays: [2025-05-01, 2025-10-01/2025-10-03]
  workdays: [2025-09-28]
data:
  survey:
    kind: responses
    file: 调查/问卷.xlsx
    sheet: Sheet1
    header: 3
    key: 序号
    weight: 客户权重
    date: 提交答卷时间
    columns: {duration: 用时}
    questions:
      Q1: 1、产品质量
      Q2: "2、交付: 及时性"
      Q9: {column: 9、推荐意愿, answers: 0-10}
    answers: 1-5
    texts: [您的建议]
    valid:
      - 作答率不低于80%
      - '用时不少于30秒'
      - 每个客户号取最后一份
  words:
    kind: responses
    file: words.csv
    encoding: gb18030
    questions: {W1: 总体, W2: 服务}
    answers: {很满意: 5, 满意: 4.5, 不满意: -1}
  kpi:
    kind: values
    file: kpi.xlsx
    layout: long
    columns: {indicator: 指标名称, value: 数值, unit: 计量单位, period: 月份}
  complaints:
    kind: events
    file: complaints.csv
    key: 编号
    date: 受理日期
  照印:
    kind: control
    file: 照印.csv
    columns: {score: 得分数, loss: 失分数}

measures:
  投诉次数: complaints中类别=质量的次数
  "合格率": "complaints的次数"
control:
  - {unit: {品牌: 全球通, 地区: 华东}, score: {总分: 78.75}, rank: {质量(产品): 1}}
  - {weights: {总分: 50%}}
scheme: |
  - 四舍五入保留1位小数，按修约值定级，缺数报错

  总分：等权平均
    质量(产品)：得分
    投诉次数：得分
report:
  segments: [客户类型]
  compare: [{name: 联通, data: competitor}]
  rank: true
  trend: {previous: 4}
"""

START = "rubric: 1\npolicy: p\n"
SCHEME = "scheme: |\n  - 四舍五入保留1位小数，按修约值定级，缺数报错\n  总分：等权平均\n    甲：得分\n    乙：得分\n"
