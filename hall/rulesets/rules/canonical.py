"""Rule sets as canonical JSON and back, with the digest a ballot is frozen by.

    {"format": 1, "id": "SC", "effective": ["2021-01-01", null],
     "fields": {"quorum.heads": [2, 3, "GE"], …, "matters.6": "SPECIAL", …},
     "sources": {"quorum.heads": {"kind": "law", "ref": "…"}, …}}

Every path of fields.FIELDS is present, null where there is no policy. Keys sorted, no spaces,
UTF-8; the digest is SHA-256 of those bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from hall.rulesets.rules.fields import BY_PATH, FIELDS, Value, dump, parse
from hall.rulesets.rules.ruleset import RuleSet, Source
from hall.rulesets.rules.thresholds import Base, MatterClass

FORMAT = 1
_NEEDED = {
    *("quorum.heads", "quorum.area", "base"),
    *(f"classes.{name}.{weight}" for name in MatterClass for weight in ("heads", "area")),
    *(f"matters.{n}" for n in range(1, 10)),
}


def canonical(document: object) -> str:
    """Any JSON document in its one written form."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def value_of(rules: RuleSet, path: str) -> object:
    """The typed value of a field by its path; KeyError for an unknown path."""
    field = BY_PATH[path]
    if field.name == "matters":
        return dict(rules.matters)[int(path.rpartition(".")[2])]
    value: object = getattr(rules, field.name)
    return value


def to_document(rules: RuleSet) -> dict[str, Any]:
    """The rule set as a JSON document."""
    until = rules.effective_to
    return {
        "format": FORMAT,
        "id": rules.id,
        "effective": [rules.effective_from.isoformat(), until.isoformat() if until else None],
        "fields": {field.path: dump(value_of(rules, field.path)) for field in FIELDS},
        "sources": {path: _source_document(source) for path, source in rules.sources},
    }


def to_json(rules: RuleSet) -> str:
    """The rule set as canonical JSON."""
    return canonical(to_document(rules))


def digest(rules: RuleSet) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(to_json(rules).encode()).hexdigest()


def from_json(text: str) -> RuleSet:
    """A rule set from JSON. Raises ValueError naming the path that is wrong."""
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("not_json") from error
    return from_document(document)


def from_document(document: object) -> RuleSet:
    """A rule set from a parsed JSON document. Raises ValueError naming the path that is wrong."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError("format")
    fields = document.get("fields")
    sources = document.get("sources", {})
    if not isinstance(fields, dict) or not isinstance(sources, dict):
        raise ValueError("fields")
    identity = document.get("id")
    if not isinstance(identity, str) or not identity:
        raise ValueError("id")
    values = _values(fields)
    start, end = _effective(document.get("effective"))
    return build(identity, start, end, values, {p: _source(p, s) for p, s in sources.items()})


def _values(fields: Mapping[str, object]) -> dict[str, Value]:
    unknown = sorted(set(fields) - set(BY_PATH))
    if unknown:
        raise ValueError(unknown[0])
    return {p: parse(BY_PATH[p], value) for p, value in fields.items() if value is not None}


def build(
    identity: str,
    start: date,
    end: date | None,
    values: Mapping[str, Value],
    sources: Mapping[str, Source],
) -> RuleSet:
    """A rule set from typed values by path. Raises ValueError for a needed field that is missing."""
    missing = sorted(_NEEDED - set(values))
    if missing:
        raise ValueError(missing[0])
    arguments: dict[str, Any] = {
        BY_PATH[path].name: value
        for path, value in values.items()
        if not path.startswith("matters.")
    }
    arguments["base"] = Base(str(arguments["base"]))
    return RuleSet(
        id=identity,
        effective_from=start,
        effective_to=end,
        matters=tuple((n, MatterClass(str(values[f"matters.{n}"]))) for n in range(1, 10)),
        sources=tuple((f.path, sources[f.path]) for f in FIELDS if f.path in sources),
        **arguments,
    )


def values_of(rules: RuleSet) -> dict[str, Value]:
    """Typed values by path, without the fields that have no policy."""
    found: dict[str, Value] = {}
    for field in FIELDS:
        value = dump(value_of(rules, field.path))
        if value is not None:
            found[field.path] = parse(field, value)
    return found


def _effective(span: object) -> tuple[date, date | None]:
    if not isinstance(span, list) or len(span) != 2 or not isinstance(span[0], str):
        raise ValueError("effective")
    try:
        return date.fromisoformat(span[0]), None if span[1] is None else date.fromisoformat(span[1])
    except (TypeError, ValueError) as error:
        raise ValueError("effective") from error


def _source_document(source: Source) -> dict[str, str]:
    parts = {"kind": source.kind, "ref": source.ref, "file_sha256": source.file_sha256}
    return {key: value for key, value in parts.items() if value}


def _source(path: str, document: object) -> Source:
    if path not in BY_PATH or not isinstance(document, dict) or "kind" not in document:
        raise ValueError(f"sources.{path}")
    if set(document) - {"kind", "ref", "file_sha256"}:
        raise ValueError(f"sources.{path}")
    if not all(isinstance(value, str) for value in document.values()):
        raise ValueError(f"sources.{path}")
    return Source(**document)
