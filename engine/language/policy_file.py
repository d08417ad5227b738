"""From a file to a checked policy: reading, parsing and checking in one call."""

import re
from pathlib import Path
from typing import NamedTuple

from engine.diagnostics import Diagnostic, Lang
from engine.language.checks import accepted, examine, policy_of, without_accepted
from engine.language.checks.resolution import Resolution
from engine.language.policy import Document, Policy
from engine.language.reader import read_document, read_source
from engine.language.version import Version, version_in
from engine.values import Frozen, named

_LANG = re.compile(r"^lang:[ \t]*[\"']?en\b", re.MULTILINE)


@named
class PolicyFile(Frozen):
    """What became of one file: the policy unless there are errors, all findings, and the file's language.

    `lang` is found in the text, so that a file too broken to be read is still spoken of in its own language.
    """

    policy: Policy | None
    diagnostics: tuple[Diagnostic, ...]
    lang: Lang = "zh"


@named
class CheckedFile(Frozen):
    """What is found in one file: which version of its policy it is unless it has errors, all findings, its language.

    `lang`: as `PolicyFile` has it.
    """

    version: Version | None
    diagnostics: tuple[Diagnostic, ...]
    lang: Lang = "zh"


def read_policy(path: Path) -> PolicyFile:
    """Read and check one policy file; never raises for what the file contains."""
    document, resolutions, found, lang = _examined(path)
    policy = policy_of(document, resolutions) if document and resolutions else None
    return PolicyFile(policy=policy, diagnostics=found, lang=lang)


def check_policy(path: Path) -> CheckedFile:
    """Check one policy file, no more: what scoring by it needs is not made; never raises for what the file contains."""
    document, resolutions, found, lang = _examined(path)
    accepts = [accept for resolution in resolutions for accept in accepted(resolution.outline)]
    version = version_in(document, accepts) if document and resolutions else None
    return CheckedFile(version=version, diagnostics=found, lang=lang)


class _Examined(NamedTuple):
    """The document if it can be read, what its schemes say if there are no errors, the findings, the language."""

    document: Document | None
    resolutions: tuple[Resolution, ...]
    found: tuple[Diagnostic, ...]
    lang: Lang = "zh"


def _examined(path: Path) -> _Examined:
    source, unread = read_source(path)
    if source is None:
        return _Examined(None, (), unread)
    lang: Lang = "en" if _LANG.search(source.text) else "zh"
    document, misread = read_document(source)
    if document is None:
        return _Examined(None, (), (*unread, *misread), lang)
    resolutions, unchecked = examine(document)
    found = (*without_accepted(document, (*unread, *misread)), *unchecked)
    faulty = any(diagnostic.severity == "error" for diagnostic in found)
    return _Examined(document, () if faulty else resolutions, found, lang)
