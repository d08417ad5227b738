"""KoboToolbox: the form's own columns, as `group/question`, then those that begin with an underscore.

Of a question with several choices the export has one column with all, `q`, or one for each option, `q/option`, with
1 or 0, or both. `_submission_time` is the server's, in UTC; `start` and `end` are the device's.
"""

from engine.data.vendors.vendor import Vendor

FACTS = Vendor(
    id="kobo",
    name={"zh": "KoboToolbox", "en": "KoboToolbox"},
    marks=(
        ("_id",),
        ("_uuid",),
        ("_submission_time",),
        ("_index",),
        ("_status",),
        ("__version__",),
        ("_submitted_by",),
    ),
    enough=3,
    key=("_id", "_uuid"),
    date=("end", "today", "_submission_time"),
    own=(
        *("start", "today", "_id", "_uuid", "_submission_time", "_validation_status", "_status", "__version__"),
        *("_tags", "_index", "_parent_index", "_parent_table_name"),
    ),
    personal=("_submitted_by", "_notes", "_geolocation", "username", "phonenumber", "deviceid", "subscriberid"),
    several=(" ",),
)
