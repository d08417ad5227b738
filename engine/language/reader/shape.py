"""The tree held against the published schema, in our own words.

The schema file itself drives the check: its `properties`, `required`, `enum`, `pattern` … are read
here, so the reader and the editors that use `grammar/policy.schema.json` cannot know different keys.
jsonschema is not imported: that alone takes longer than the rest of `rubric check` (60 ms), and its
messages would have to be replaced anyway. It serves the tests, as the independent judge which has
to agree with this module on every document. `UNDERSTOOD` lists the keywords the schema may use.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal

from engine.diagnostics import Diagnostic
from engine.language.reader.tree import Listing, Section, Text, Tree, Unread, child, entries, first_line
from engine.language.text import identity, narrow
from engine.resources import resource
from engine.source import Source, Span, place_of

Schema = Mapping[str, Any]
Spoken = dict[str, str]
Published = Literal["policy", "test"]

UNDERSTOOD = (
    *("$ref", "anyOf", "oneOf", "type", "properties", "required", "additionalProperties", "propertyNames"),
    *(
        "minProperties",
        "items",
        "minItems",
        "uniqueItems",
        "enum",
        "const",
        "pattern",
        "minLength",
        "minimum",
        "maximum",
    ),
)
_PATTERNS = {
    "date": "E011",
    "number": "E016",
    "figure": "E016",
    "share": "E016",
    "count": "E016",
    "header": "E016",
    "file": "E018",
}
_KINDS: dict[str, Spoken] = {
    "object": {"zh": "“键: 值”", "en": "“key: value” pairs"},
    "array": {"zh": "列表", "en": "a list"},
    "text": {"zh": "一行文字", "en": "one text"},
}


@cache
def published_schema(file: Published) -> Schema:
    """The published schema of a policy file, or of the tests beside one."""
    return json.loads(resource("grammar", f"{file}.schema.json").read_text(encoding="utf-8"))


@cache
def _whole(file: Published) -> Schema:
    published = published_schema(file)
    return _expanded({**published, "file": file}, published["definitions"])


def known_keys() -> frozenset[str]:
    """The keys of a policy's outermost level."""
    return frozenset(published_schema("policy")["properties"])


def shape_findings(source: Source, tree: Tree, file: Published = "policy") -> list[Diagnostic]:
    """What differs from the schema, in the order of the file.

    E007 unknown key, E008 missing key, E009 another kind of value, E011 not a date, E012 not an
    allowed value, E016 not a number, E018 not a file below the data folder.
    """
    first = tree.entries[0][0].span if isinstance(tree, Section) and tree.entries else Span(0, min(1, len(source.text)))
    return list(_findings(source, tree, _whole(file), "", first))


def _findings(source: Source, tree: Tree, schema: Schema, name: str, owner: Span) -> Iterator[Diagnostic]:
    """What is wrong with a value; `name` and `owner` are its key and where that stands."""
    if isinstance(tree, Unread):
        return
    if isinstance(tree, Text) and (tree.empty or (not tree.text and tree.style not in ("|", ">"))):
        yield _empty(source, schema, name, owner)
        return
    kind = _kind_of(tree)
    branches: list[Schema] = [branch for branch in schema["branches"] if branch["kind"] == kind]
    if not branches:
        yield _another_kind(source, tree, schema, name)
    elif len(branches) > 1:
        yield from _by_kind(source, tree, branches, name, owner)
    elif isinstance(tree, Section):
        yield from _section(source, tree, branches[0], name, owner)
    elif isinstance(tree, Listing):
        yield from _listing(source, tree, branches[0], name, owner)
    else:
        yield from _text(source, tree, branches[0], name)


# ---------------------------------------------------------------- finding one's way in the schema


def _expanded(schema: Schema, definitions: Schema) -> Schema:
    """The schema with references followed, `branches` for its alternatives and `kind` for each of them.

    A reference keeps the hints that stand beside it; `definition` and `form` say what it referred to.
    """
    if "$ref" in schema:
        definition = str(schema["$ref"]).rsplit("/", 1)[-1]
        target: Schema = definitions[definition]
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        named = {**target, **beside, "definition": definition, "form": target.get("title")}
        return _expanded(named, definitions)
    whole: dict[str, Any] = {**schema, "kind": schema["type"] if schema.get("type") in ("object", "array") else "text"}
    for key in ("additionalProperties", "propertyNames", "items"):
        if isinstance(schema.get(key), Mapping):
            whole[key] = {**_expanded(schema[key], definitions), "within": key}
    whole["properties"] = {key: _expanded(value, definitions) for key, value in schema.get("properties", {}).items()}
    alternatives = () if "properties" in schema else schema.get("anyOf") or schema.get("oneOf") or ()
    expanded = (_expanded(one, definitions) for one in alternatives)
    whole["branches"] = [branch for one in expanded for branch in one["branches"]] or [whole]
    return whole


def _kind_of(tree: Tree) -> str:
    return "object" if isinstance(tree, Section) else "array" if isinstance(tree, Listing) else "text"


def spoken(text: str) -> Spoken:
    """A bilingual text of the schema, `中文 / English`, by language."""
    zh, _, en = text.partition(" / ")
    return {"zh": zh, "en": en or zh}


def _example(schema: Schema) -> str | None:
    return next((str(e) for branch in (schema, *schema["branches"]) for e in branch.get("examples", ())), None)


def _line(schema: Schema, name: str) -> str | None:
    """The line to write: the key with an example of its value; for a list's value the example alone."""
    example = _example(schema)
    return example if example is None or schema.get("within") == "items" else f"{name}: {example}"


# ---------------------------------------------------------------- kinds of values


def _empty(source: Source, schema: Schema, name: str, owner: Span) -> Diagnostic:
    place = place_of(source, owner)
    return Diagnostic(code="E009", case="empty", place=place, args={"key": name}, hint=_line(schema, name))


def _another_kind(source: Source, tree: Tree, schema: Schema, name: str) -> Diagnostic:
    kinds = list(dict.fromkeys(str(branch["kind"]) for branch in schema["branches"]))
    expected = {
        "zh": "或者".join(_KINDS[kind]["zh"] for kind in kinds),
        "en": " or ".join(_KINDS[kind]["en"] for kind in kinds),
    }
    args = {"key": name, "expected": expected, "found": _KINDS[_kind_of(tree)]}
    place = place_of(source, first_line(source, tree.span))
    if not name:
        return Diagnostic(code="E009", case=schema["file"], place=place)
    if isinstance(tree, Text) and "：" in tree.text and not tree.style and "object" in kinds:
        hint = re.sub(r"\s*：\s*", ": ", tree.text, count=1)
        return Diagnostic(code="E111", place=place, hint=hint)
    return Diagnostic(code="E009", place=place, args=args, hint=_line(schema, name))


def _by_kind(source: Source, tree: Tree, branches: list[Schema], name: str, owner: Span) -> Iterator[Diagnostic]:
    """Of several sections the one whose `kind` the tree names."""
    known = [branch["properties"]["kind"]["const"] for branch in branches]
    kind = child(tree, "kind")
    if kind is None:
        meant = (value for key, value in entries(tree) if _nearest(key.text, branches[0]["properties"]) == "kind")
        kind = next(meant, None)
    if isinstance(kind, Text) and kind.text in known:
        yield from _section(source, tree, branches[known.index(kind.text)], name, owner)
    elif kind is None:
        args = {"key": "kind", "owner": name, "known": " / ".join(known)}
        yield Diagnostic(code="E008", case="kind", place=place_of(source, owner), args=args, hint=f"kind: {known[0]}")
    elif not isinstance(kind, Unread):
        yield _not_allowed(source, kind, known, "kind")


def _section(source: Source, tree: Tree, schema: Schema, name: str, owner: Span) -> Iterator[Diagnostic]:
    properties: Schema = schema["properties"]
    others: Schema | bool = schema.get("additionalProperties", True)
    pairs = list(entries(tree))
    whole = isinstance(tree, Section) and tree.whole
    for key, value in pairs:
        if "：" in key.text and isinstance(value, Text) and value.empty and not key.style:
            whole = False
            yield _glued(source, key)
        elif key.text in properties:
            yield from _findings(source, value, properties[key.text], key.text, key.span)
        elif isinstance(others, Mapping):
            if "propertyNames" in schema:
                yield from _text(source, key, schema["propertyNames"], key.text)
            yield from _findings(source, value, others, key.text, key.span)
        elif key.text.partition(" ")[0] in properties and " " in key.text and isinstance(value, Text) and value.empty:
            yield _without_colon(source, key)
        else:
            yield _unknown(source, key, schema, name)
    if whole and len(pairs) < schema.get("minProperties", 0):
        yield _empty(source, schema, name, owner)
    if whole:
        yield from _missing(source, schema, {key.text for key, _ in pairs}, name, owner)


def _glued(source: Source, key: Text) -> Diagnostic:
    """`{键：值}`: between brackets YAML takes it for one key without a value."""
    place = place_of(source, key.span)
    hint = re.sub(r"\s*([：，])\s*", lambda mark: {"：": ": ", "，": ", "}[mark[1]], key.text)
    return Diagnostic(code="E111", place=place, hint=hint)


def _without_colon(source: Source, key: Text) -> Diagnostic:
    """`{total mean}`: a key and its value without the colon between them."""
    name, _, value = key.text.partition(" ")
    hint = f"{name}: {value.strip()}"
    return Diagnostic(code="E111", case="lost", place=place_of(source, key.span), args={"key": name}, hint=hint)


def _missing(source: Source, schema: Schema, present: set[str], name: str, owner: Span) -> Iterator[Diagnostic]:
    """E008 for required keys; where one of several is required, for none of them and for two.

    A key that a misspelt one stands for is not missed: it has been named already.
    """
    properties: Schema = schema["properties"]
    choices = [alternative["required"][0] for alternative in schema.get("oneOf", ())]
    if present.issuperset(schema.get("required", ())) and (not choices or len(present.intersection(choices)) == 1):
        return
    meant = present | {near for key in present - set(properties) if (near := _nearest(key, properties))}
    place = place_of(source, owner)
    for key in schema.get("required", ()):
        if key not in meant:
            hint = _line(schema["properties"][key], key)
            args = {"key": key, "owner": name}
            yield Diagnostic(code="E008", case="" if name else schema["file"], place=place, args=args, hint=hint)
    if choices and (len(present.intersection(choices)) > 1 or not meant.intersection(choices)):
        case = "both" if present.intersection(choices) else "scheme"
        args = {"key": choices[0], "other": choices[1]}
        yield Diagnostic(code="E008", case=case, place=place, args=args, hint="scheme: |")


def _unknown(source: Source, key: Text, schema: Schema, name: str) -> Diagnostic:
    properties: Schema = schema["properties"]
    near = _nearest(key.text, properties)
    args = {"key": key.text, "owner": name, "known": ", ".join(properties)}
    place = place_of(source, key.span)
    return Diagnostic(code="E007", case="" if name else schema["file"], place=place, args=args, hint=near)


def _nearest(text: str, properties: Schema) -> str | None:
    """The key that was meant: spelt almost so, or called so in Chinese."""
    from difflib import get_close_matches  # only a finding needs it

    names: dict[str, str] = {identity(key): key for key in properties}
    for key, schema in properties.items():
        label = spoken(str(schema.get("title") or schema.get("description") or ""))["zh"]
        names.setdefault(identity(label), key)
    close = get_close_matches(identity(text), list(names), n=1, cutoff=0.65)
    return names[close[0]] if close else None


def _listing(source: Source, tree: Listing, schema: Schema, name: str, owner: Span) -> Iterator[Diagnostic]:
    if len(tree.values) < schema.get("minItems", 0):
        yield _empty(source, schema, name, owner)
    seen: dict[str, Text] = {}
    for value in tree.values:
        if isinstance(value, Text) and schema.get("uniqueItems") and seen.setdefault(value.text, value) is not value:
            first = place_of(source, seen[value.text].span)
            args = {"key": value.text, "other": value.text, "line": first.line}
            yield Diagnostic(code="E003", case="list", place=place_of(source, value.span), args=args, related=(first,))
        yield from _findings(source, value, schema["items"], name, value.span)


def _text(source: Source, value: Text, schema: Schema, name: str) -> Iterator[Diagnostic]:
    allowed = [schema["const"]] if "const" in schema else [v for v in schema.get("enum", ()) if isinstance(v, str)]
    if allowed:
        if value.text not in allowed:
            yield _not_allowed(source, value, allowed, name)
    elif not re.search(schema.get("pattern", ""), value.text):
        code = _PATTERNS.get(schema.get("definition", ""), "E012")
        expected = spoken(str(schema.get("form") or schema.get("description") or schema.get("title")))
        args = {"key": name, "value": value.text, "expected": expected}
        case = "form" if code == "E012" else ""
        hint = _repaired(value.text, schema)
        yield Diagnostic(code=code, case=case, place=place_of(source, value.span), args=args, hint=hint)


def _repaired(text: str, schema: Schema) -> str | None:
    """The same value in the form wanted, where punctuation alone differs."""
    dashed = re.sub(r"[/.年月]", "-", text.strip()).strip("日-")
    candidates: dict[str, str] = {
        "date": re.sub(r"(?<=-)(\d)(?=-|$)", r"0\1", dashed),
        "file": text.replace("\\", "/").removeprefix("./"),
        "id": re.sub(r"\s+", "_", text.strip()),
    }
    hint = candidates.get(schema.get("definition", ""), narrow(text).strip())
    return hint if hint != text and re.search(schema.get("pattern", ""), hint) else None


def _not_allowed(source: Source, value: Tree, allowed: list[str], name: str) -> Diagnostic:
    from difflib import get_close_matches  # only a finding needs it

    text = value.text if isinstance(value, Text) else ""
    near = get_close_matches(text.strip().casefold(), allowed, n=1, cutoff=0.6)
    args = {"key": name, "value": text, "known": " / ".join(allowed)}
    place = place_of(source, first_line(source, value.span))
    return Diagnostic(code="E012", place=place, args=args, hint=near[0] if near else None)
