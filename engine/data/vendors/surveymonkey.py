"""SurveyMonkey: the question in the first header row, `Response` or the part of the question in the second."""

from engine.data.vendors.vendor import Vendor

FACTS = Vendor(
    id="surveymonkey",
    name={"zh": "SurveyMonkey", "en": "SurveyMonkey"},
    marks=(("Respondent ID",), ("Collector ID",), ("Start Date",), ("End Date",)),
    enough=4,
    key=("Respondent ID",),
    date=("End Date", "Start Date"),
    own=("Collector ID", "Start Date", "Custom Data 1"),
    personal=("IP Address", "Email Address", "First Name", "Last Name"),
    header_rows=2,
    fillers=("Response", "Open-Ended Response"),
)
