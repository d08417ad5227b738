"""Small exports as each platform writes them, and how a test goes from the file to the score.

What is known of the forms: 问卷星's six columns before the questions, `┋` between several choices, `(空)` and `(跳过)`, by
number -2 and -3; 腾讯问卷's columns and its empty last one; LimeSurvey's headings by code, `Q1[SQ001]`, N/A for what was
not put; three header rows in a Qualtrics CSV, two in its workbook and in SurveyMonkey's; Kobo's semicolons,
`group/question` and columns with an underscore; the time stamp of Google Forms with the half of the day and the zone.
"""

from collections.abc import Sequence
from pathlib import Path

from engine.commands import main

WENJUANXING = """\
序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、产品质量,2、交付及时性,3、了解我们的渠道,4、您的建议
1,2025/3/2 10:11:12,96秒,微信,N/A,10.1.2.3(上海-上海),很满意,满意,电话┋网站,送货可以再快一点 13800001111
2,2025/3/3 9:05:00,48秒,微信,N/A,10.1.2.4(江苏-苏州),满意,(空),网站┋其他〖朋友介绍〗,(空)
3,2025/3/4 20:00:00,120秒,链接,N/A,10.1.2.5(浙江-杭州),一般,满意,电话,王经理态度好
4,2025/3/5 20:00:00,61秒,链接,N/A,10.1.2.6(浙江-杭州),很满意,不满意,网站,(空)
"""
WENJUANXING_NUMBERS = """\
序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、产品质量,2、交付及时性,第3题(电话),第3题(网站),4、您的建议
1,2025/3/2 10:11:12,96秒,微信,N/A,10.1.2.3(上海-上海),5,4,1,1,送货可以再快一点
2,2025/3/3 9:05:00,48秒,微信,N/A,10.1.2.4(江苏-苏州),4,-2,0,1,-2
3,2025/3/4 20:00:00,120秒,链接,N/A,10.1.2.5(浙江-杭州),3,4,1,0,王经理态度好
4,2025/3/5 20:00:00,61秒,链接,N/A,10.1.2.6(浙江-杭州),5,2,0,1,-3
"""
TENCENT = """\
编号,开始答题时间,结束答题时间,答题时长,语言,清洗数据结果,智能清洗数据无效概率,地理位置国家和地区,地理位置省,地理位置市,用户类型,用户标识,昵称,自定义字段,IP,UA,Referrer,1.产品质量,2.交付及时性,3.您的建议,
1,2025-03-02 10:09:36,2025-03-02 10:11:12,1分36秒,简体中文,有效,0%,中国,上海,上海,微信,u1,小王,,10.1.2.3,Mozilla,,5,4,快一点,
2,2025-03-03 09:04:12,2025-03-03 09:05:00,48秒,简体中文,有效,0%,中国,江苏,苏州,微信,u2,小李,,10.1.2.4,Mozilla,,4,,,
3,2025-03-04 19:58:00,2025-03-04 20:00:00,2分0秒,简体中文,有效,0%,中国,浙江,杭州,微信,u3,小张,,10.1.2.5,Mozilla,,3,4,态度好,
4,2025-03-05 19:58:59,2025-03-05 20:00:00,1分1秒,简体中文,有效,0%,中国,浙江,杭州,微信,u4,小赵,,10.1.2.6,Mozilla,,5,2,,
"""
LIMESURVEY = """\
"id","submitdate","lastpage","startlanguage","seed","startdate","ipaddr","G1Q1[SQ001]","G1Q1[SQ002]","Q3[tel]","Q3[web]","Q4"
"1","2025-03-02 10:11:12","3","en","1001","2025-03-02 10:09:36","10.1.2.3","5","4","Y","Y","A little faster"
"2","2025-03-03 09:05:00","3","en","1002","2025-03-03 09:04:12","10.1.2.4","4","","","Y",""
"3","2025-03-04 20:00:00","3","en","1003","2025-03-04 19:58:00","10.1.2.5","3","4","Y","","Friendly staff"
"4","2025-03-05 20:00:00","3","en","1004","2025-03-05 19:58:59","10.1.2.6","5","2","","Y",""
"""
LIMESURVEY_FULL = """\
"Response ID","Date submitted","Last page","Start language","Seed","How good is our product? [Quality]","How good is our product? [Delivery]"
"1","2025-03-02 10:11:12","3","en","1001","Very good","Good"
"2","2025-03-03 09:05:00","3","en","1002","Good","N/A"
"3","2025-03-04 20:00:00","3","en","1003","Fair","Good"
"4","2025-03-05 20:00:00","3","en","1004","Very good","Poor"
"""
QUALTRICS = """\
StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,RecipientEmail,Q1_1,Q1_2,Q3_1,Q3_2,Q4
Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,Recipient Email,"How satisfied are you?
 - Quality","How satisfied are you? - Delivery",How did you hear of us? - Selected Choice - Phone,How did you hear of us? - Selected Choice - Web,Proposals
"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""progress""}","{""ImportId"":""duration""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientEmail""}","{""ImportId"":""QID1_1""}","{""ImportId"":""QID1_2""}","{""ImportId"":""QID3_1""}","{""ImportId"":""QID3_2""}","{""ImportId"":""QID4""}"
2025-03-02 10:09:36,2025-03-02 10:11:12,IP Address,10.1.2.3,100,96,True,2025-03-02 10:11:13,R_1,,Extremely satisfied,Somewhat satisfied,Phone,Web,A little faster
2025-03-03 09:04:12,2025-03-03 09:05:00,IP Address,10.1.2.4,100,48,True,2025-03-03 09:05:01,R_2,,Somewhat satisfied,,,Web,
2025-03-04 19:58:00,2025-03-04 20:00:00,IP Address,10.1.2.5,100,120,True,2025-03-04 20:00:01,R_3,,Neither satisfied nor dissatisfied,Somewhat satisfied,Phone,,Friendly staff
2025-03-05 19:58:59,2025-03-05 20:00:00,IP Address,10.1.2.6,100,61,True,2025-03-05 20:00:01,R_4,,Extremely satisfied,Somewhat dissatisfied,,Web,
"""
SURVEYMONKEY = """\
Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,How satisfied are you with:,,How did you hear of us?,,Proposals
,,,,,,,,Quality,Delivery,Phone,Web,Open-Ended Response
118000000001,420001,03/02/2025 10:09:36 AM,03/02/2025 10:11:12 AM,10.1.2.3,,,,5,4,Phone,Web,A little faster
118000000002,420001,03/03/2025 09:04:12 AM,03/03/2025 09:05:00 AM,10.1.2.4,,,,4,,,Web,
118000000003,420001,03/14/2025 07:58:00 PM,03/14/2025 08:00:00 PM,10.1.2.5,,,,3,4,Phone,,Friendly staff
118000000004,420001,03/15/2025 07:58:59 PM,03/15/2025 08:00:00 PM,10.1.2.6,,,,5,2,,Web,
"""
KOBO = """\
"start";"end";"service/quality";"service/delivery";"heard";"heard/phone";"heard/web";"proposals";"_id";"_uuid";"_submission_time";"_validation_status";"_submitted_by";"__version__";"_index"
"2025-03-02T10:09:36.000+08:00";"2025-03-02T10:11:12.000+08:00";"5";"4";"phone web";"1";"1";"A little faster";"501";"a1";"2025-03-02T02:11:15";"";"anna";"v1";"1"
"2025-03-03T09:04:12.000+08:00";"2025-03-03T09:05:00.000+08:00";"4";"";"web";"0";"1";"";"502";"a2";"2025-03-03T01:05:03";"";"anna";"v1";"2"
"2025-03-04T19:58:00.000+08:00";"2025-03-04T20:00:00.000+08:00";"3";"4";"phone";"1";"0";"Friendly staff";"503";"a3";"2025-03-04T12:00:02";"";"ben";"v1";"3"
"2025-03-05T19:58:59.000+08:00";"2025-03-05T20:00:00.000+08:00";"5";"2";"web";"0";"1";"";"504";"a4";"2025-03-05T12:00:02";"";"ben";"v1";"4"
"""
GOOGLE = """\
"时间戳记","您对产品的评价 [质量]","您对产品的评价 [交付]","了解我们的渠道","您的建议"
"2025/03/02 上午10:11:12 GMT+8","很满意","满意","电话;网站","快一点"
"2025/03/03 上午9:05:00 GMT+8","满意","","网站",""
"2025/03/04 下午8:00:00 GMT+8","一般","满意","电话","态度好"
"2025/03/05 下午8:00:00 GMT+8","很满意","不满意","网站",""
"""
GOOGLE_ENGLISH = """\
"Timestamp","Username","How good is our product? [Quality]","How good is our product? [Delivery]","How did you hear of us?"
"2025/03/02 10:11:12 AM GMT+1","anna@example.com","5","4","Phone;Web"
"2025/03/03 9:05:00 AM GMT+1","ben@example.com","4","","Web"
"2025/03/04 8:00:00 PM GMT+1","cora@example.com","3","4","Phone"
"2025/03/05 8:00:00 PM GMT+1","dan@example.com","5","2","Web"
"""

_SCHEME = {
    "zh": """\
scheme: |
  - 四舍五入保留2位小数，缺数报错
  满意度：等权平均
    - 各项：1-5分折合20-100分
    质量：问卷{0}均值
    交付：问卷{1}均值
""",
    "en": """\
scheme: |
  - round half up to 2 decimals, missing: error
  Satisfaction: equal weights
    - each item: 1-5 as 20-100
    Quality: mean of {0}
    Delivery: mean of {1}
""",
}


def policy_of(contract: str, questions: Sequence[str], lang: str) -> str:
    """A policy of two questions on the data part that `inspect` wrote."""
    head = f'rubric: 1\npolicy: survey\ntitle: survey\nlang: {lang}\nversion: "1"\n'
    return head + contract + _SCHEME[lang].format(*questions)


def contract_of(path: Path, capsys, lang: str) -> str:
    """What `inspect --format yaml` prints of the file, which has to be all it has to say."""
    code = main(["inspect", str(path), "--format", "yaml", "--lang", lang])
    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    return printed.out
