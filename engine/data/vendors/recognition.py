"""Which platform wrote an export: its header has the columns that only this platform writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.data.cells import Problem, read_time
from engine.data.headers import identity
from engine.data.vendors import google_forms, kobo, limesurvey, qualtrics, surveymonkey, tencent, wenjuanxing
from engine.data.vendors.vendor import Vendor

# The one with a single mark comes last.
VENDORS = (
    wenjuanxing.FACTS,
    tencent.FACTS,
    limesurvey.FACTS,
    qualtrics.FACTS,
    surveymonkey.FACTS,
    kobo.FACTS,
    google_forms.FACTS,
)
_ORDERS = ("", "mdy", "dmy")

Rows = Sequence[tuple[int, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The platform, and the headers by which it was recognised, as they are written; the header's last row."""

    vendor: Vendor
    by: tuple[str, ...]
    last: int


def recognise(rows: Rows) -> Recognition | None:
    """The platform whose export begins with these rows (number and cells); None where none is certain."""
    if not rows:
        return None
    headers = rows[0][1]
    for vendor in VENDORS:
        found = [next((h for h in headers if is_called(h, names)), "") for names in vendor.marks]
        by = tuple(header for header in found if header)
        if len(by) >= vendor.enough and (not vendor.first or is_called(headers[0], vendor.marks[0])):
            return Recognition(vendor=vendor, by=by, last=_last(vendor, rows))
    return None


def is_called(header: str, names: Sequence[str]) -> bool:
    """Whether a header is one of these, whatever its width, case and blanks."""
    return identity(header) in {identity(name) for name in names}


def _last(vendor: Vendor, rows: Rows) -> int:
    """The row before the first questionnaire: that has a moment in the column of dates."""
    dates = [i for i, header in enumerate(rows[0][1]) if is_called(header, vendor.date)]
    last = rows[0][0]
    for number, cells in rows[1 : vendor.header_rows]:
        if not dates or any(_is_moment(cells[at]) for at in dates if at < len(cells)):
            break
        last = number
    return last


def _is_moment(text: str) -> bool:
    return any(not isinstance(read_time(text, None, order), Problem) for order in _ORDERS)
