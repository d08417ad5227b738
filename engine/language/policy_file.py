"""From a file to a checked policy: reading, parsing and checking in one call."""

import re
from pathlib import Path

from engine.diagnostics import Diagnostic, Lang
from engine.language.checks import check, without_accepted
from engine.language.policy import Policy
from engine.language.reader import read_document, read_source
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


def read_policy(path: Path) -> PolicyFile:
    """Read and check one policy file; never raises for what the file contains."""
    source, unread = read_source(path)
    if source is None:
        return PolicyFile(policy=None, diagnostics=unread)
    lang: Lang = "en" if _LANG.search(source.text) else "zh"
    document, misread = read_document(source)
    if document is None:
        return PolicyFile(policy=None, diagnostics=(*unread, *misread), lang=lang)
    policy, unchecked = check(document)
    found = (*without_accepted(document, (*unread, *misread)), *unchecked)
    faulty = any(diagnostic.severity == "error" for diagnostic in found)
    return PolicyFile(policy=None if faulty else policy, diagnostics=found, lang=lang)
