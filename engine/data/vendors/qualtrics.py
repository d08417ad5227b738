"""Qualtrics: a CSV has three header rows (name, question, `{"ImportId":…}`), a workbook two.

Several choices and the lines of a matrix are columns of their own, `Q2_1`; written answers end in `_TEXT`.
"""

from engine.data.vendors.vendor import Vendor

FACTS = Vendor(
    id="qualtrics",
    name={"zh": "Qualtrics", "en": "Qualtrics"},
    marks=(
        ("StartDate",),
        ("EndDate",),
        ("Status",),
        ("Progress",),
        ("Finished",),
        ("RecordedDate",),
        ("ResponseId", "ResponseID"),
    ),
    enough=4,
    key=("ResponseId", "ResponseID"),
    date=("RecordedDate", "EndDate"),
    own=("StartDate", "EndDate", "Status", "Progress", "Finished", "DistributionChannel", "UserLanguage"),
    personal=(
        *("IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail"),
        *("ExternalReference", "ExternalDataReference", "LocationLatitude", "LocationLongitude"),
    ),
    header_rows=3,
    cautions=(
        {
            "zh": "没有答完的答卷也在里面（Finished 为 False 或 0）；只要答完的，"
            "写 valid: [Finished=True]（或 =1，照文件里的写法）",
            "en": "Responses that were not finished are among them (Finished is False or 0); for finished ones only "
            "write valid: [Finished = True], or = 1, as the file has it",
        },
    ),
    of_numbers=(
        {
            "zh": "导出的是选项的编码；编码可能与分数的方向、起点不同，请对照问卷核对",
            "en": "The numbers are the options' codes; they may run another way than the points: "
            "compare them with the survey",
        },
    ),
)
