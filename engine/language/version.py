"""Which version of its policy a file is: what is needed to set it beside the others, and not more."""

from collections.abc import Iterable
from datetime import date

from engine.language.policy import Document, Policy
from engine.language.syntax import Accept
from engine.source import Place, Source, Span, file_place, place_of
from engine.values import Frozen, named


@named
class Version(Frozen):
    """One version of a policy. `begin`, `end`: the days it holds, both included, None where it does not say;
    `effective`, `labelled`: where it says so and where it names itself; `accepted`: codes of warnings it accepts.
    """

    id: str
    label: str
    begin: date | None
    end: date | None
    effective: Place
    labelled: Place
    accepted: tuple[str, ...] = ()


def version_of(policy: Policy) -> Version:
    """The version that a policy is."""
    return version_in(policy, [accepted for scheme in policy.schemes for accepted in scheme.accepted])


def version_in(file: Document | Policy, accepted: Iterable[Accept]) -> Version:
    """The version that a file is which accepts these warnings."""
    header = file.header
    return Version(
        id=header.id,
        label=header.version.strip(),
        begin=header.effective_from,
        end=header.effective_to,
        effective=_line(file.source, "effective"),
        labelled=_line(file.source, "version"),
        accepted=tuple(one.code for one in accepted),
    )


def _line(source: Source, key: str) -> Place:
    """The line of the file that begins with the key; the file where there is none."""
    for number, start in enumerate(source.starts, 1):
        line = source.line_text(number)
        if line.startswith((f"{key}:", f"{key} :", f'"{key}"')):
            return place_of(source, Span(start, start + len(line.rstrip())))
    return file_place(source.name)
