"""What is known of a survey platform's exports."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Said = Mapping[str, str]  # one sentence in Chinese ("zh") and in English ("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor:
    """The facts of one platform; a header is given by its spellings in the platform's languages.

    `marks`: the columns by which an export is known; `enough` of them have to stand in its header. `first`: the first
    of them is the file's first column. `key`, `date`: the questionnaire's number and time, the best first. `own`: other
    columns that the platform writes by itself. `personal`: those about the person who answered. `header_rows`: how many
    rows its header may have. `fillers`: what its second row says of a question that has no parts. `several`: what
    stands between the options of a cell where several may be chosen.
    `cautions`: what its reader has to know, always, or where answers are numbers (`of_numbers`); `{date}` is the
    header of the date.
    """

    id: str
    name: Said
    marks: tuple[tuple[str, ...], ...]
    enough: int
    first: bool = False
    key: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    header_rows: int = 1
    fillers: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    cautions: tuple[Said, ...] = ()
    of_numbers: tuple[Said, ...] = field(default=())
