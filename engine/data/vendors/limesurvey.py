"""LimeSurvey: headings as codes, as full texts, or as both; parts of a question as `G1Q1[SQ1]`.

A response without a submit date was not finished. Several choices are one column each, with Y or Yes.
"""

from engine.data.vendors.vendor import Vendor

FACTS = Vendor(
    id="limesurvey",
    name={"zh": "LimeSurvey", "en": "LimeSurvey"},
    marks=(
        ("id", "Response ID", "id. Response ID"),
        ("submitdate", "Date submitted", "submitdate. Date submitted"),
        ("lastpage", "Last page", "lastpage. Last page"),
        ("startlanguage", "Start language", "startlanguage. Start language"),
        ("seed", "Seed", "seed. Seed"),
        ("startdate", "Date started", "startdate. Date started"),
        ("datestamp", "Date last action", "datestamp. Date last action"),
    ),
    enough=3,
    key=("id", "Response ID", "id. Response ID"),
    date=("submitdate", "Date submitted", "submitdate. Date submitted"),
    own=(
        *("lastpage", "Last page", "lastpage. Last page"),
        *("startlanguage", "Start language", "startlanguage. Start language"),
        *("seed", "Seed", "seed. Seed", "startdate", "Date started", "startdate. Date started"),
        *("datestamp", "Date last action", "datestamp. Date last action"),
    ),
    personal=(
        *("ipaddr", "IP address", "ipaddr. IP address", "refurl", "Referrer URL", "refurl. Referrer URL"),
        *("token", "Access code", "firstname", "lastname", "email", "First name", "Last name", "Email address"),
    ),
    cautions=(
        {
            "zh": "没有提交时间的答卷没有答完；只要答完的，写 valid: [{date}≥1980-01-01]",
            "en": "A response without a submit date was not finished; for finished ones only write "
            "valid: [{date} >= 1980-01-01]",
        },
    ),
)
