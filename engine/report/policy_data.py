"""A checked policy as data: every default resolved, every name a path, every number exact.

For programs that want to know what a policy says without reading its sentences: an evaluator of their own, an audit,
a comparison with what a database computes. One object for each thing that the policy says; `is` names what it is
(`weighted`, `step trigger`, `no marks`), the other keys are its fields. Numbers are exact fractions in text (`1/2`),
per cents as written (`98` is 98 %), dates ISO, what is not said null. Where something stands is its line (`line`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, cast

from engine.language.policy import Policy
from engine.language.syntax import Name
from engine.source import NOWHERE, Source, Span
from engine.values import Frozen

SCHEMA = "rubric/policy/1"


def render_policies(policies: Sequence[Policy]) -> str:
    """The policies, in their order, as one JSON text."""
    told = {"schema": SCHEMA, "policies": [policy_data(policy) for policy in policies]}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def policy_data(policy: Policy) -> dict[str, Any]:
    """One policy: its file and check sum, what stands around the schemes (`header`), and the schemes.

    A scheme's `indicators` is an object by path, parts before what is made of them.
    """
    source = policy.source
    return {
        "file": source.name,
        "sha256": source.digest,
        "header": _told(policy.header, source),
        "schemes": [_told(scheme, source) for scheme in policy.schemes],
    }


def _told(value: object, source: Source) -> Any:  # noqa: ANN401 - whatever JSON holds
    match value:
        case Enum():
            return value.value
        case Fraction() | date():
            return str(value)
        case Name():
            return value.text
        case Span():
            return None if value == NOWHERE else source.line_of(value.start)
        case Frozen():
            return _thing(value, source)
        case Mapping():
            pairs = cast("Mapping[str, object]", value)
            return {str(key): _told(one, source) for key, one in pairs.items()}
        case tuple():
            return [_told(one, source) for one in cast("tuple[object, ...]", value)]
        case _:
            return value


def _thing(value: Frozen, source: Source) -> dict[str, Any]:
    """What it is in words, and its fields; spans become lines."""
    said = {f.name: _told(getattr(value, f.name), source) for f in fields(cast("Any", value))}
    line = {"line": said.pop("span")} if "span" in said else {}
    lines = {name: said.pop(name) for name in tuple(said) if name.endswith("_spans")}
    lines = {name.removesuffix("_spans") + "_lines": told for name, told in lines.items()}
    return {"is": _words(type(value).__name__), **said, **line, **lines}


def _words(name: str) -> str:
    """`StepTrigger` is a step trigger."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
