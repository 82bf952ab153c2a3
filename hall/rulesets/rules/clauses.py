"""An estate's own clauses: stricter than the rule set beneath or filling a blank, never below it.

R-2.13 and rule book §8: the Code's thresholds are a floor; every field an estate sets carries the
number of the clause in its adopted rules and the SHA-256 of that document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from hall.errors import Blocker, refuse_if
from hall.rulesets.rules.canonical import build, canonical, value_of, values_of
from hall.rulesets.rules.fields import BY_PATH, Value, dump, moves_lawfully, parse
from hall.rulesets.rules.ruleset import RuleSet, Source

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Clause:
    """One field set by the estate: JSON value, number of the clause, digest of the document."""

    value: object
    clause_no: str
    file_sha256: str


def why_not_clause(base: RuleSet, path: str, clause: Clause) -> tuple[Blocker, ...]:
    """All that is wrong with one clause on top of a rule set.

    Codes: clause_unknown_field(field) · clause_reserved(field): only law sets it ·
    clause_number_missing(field) · clause_file_missing(field) ·
    clause_value_malformed(field, value) · clause_below_floor(field, value, floor).
    """
    field = BY_PATH.get(path)
    if field is None:
        return (Blocker("clause_unknown_field", {"field": path}, "committee"),)
    found: list[Blocker] = []
    if not clause.clause_no.strip():
        found.append(Blocker("clause_number_missing", {"field": path}, "committee"))
    if not _SHA256.fullmatch(clause.file_sha256):
        found.append(Blocker("clause_file_missing", {"field": path}, "committee"))
    if field.move == "reserved":
        found.append(Blocker("clause_reserved", {"field": path}))
        return tuple(found)
    try:
        after = parse(field, clause.value)
    except ValueError:
        facts = {"field": path, "value": canonical(clause.value)}
        return (*found, Blocker("clause_value_malformed", facts, "committee"))
    before = _beneath(base, path)
    if before is not None and not moves_lawfully(field, before, after):
        facts = {"field": path, "value": canonical(dump(after)), "floor": canonical(dump(before))}
        found.append(Blocker("clause_below_floor", facts, "committee"))
    return tuple(found)


def _beneath(base: RuleSet, path: str) -> Value | None:
    if path == "notice_days_temporary" and base.notice_days_temporary is None:
        # Without a local rule a temporary meeting needs the ordinary notice (PMR 14).
        return base.notice_days
    raw = dump(value_of(base, path))
    return None if raw is None else parse(BY_PATH[path], raw)


def why_not_clauses(base: RuleSet, clauses: Mapping[str, Clause]) -> tuple[Blocker, ...]:
    """All that is wrong with the clauses, each and together (clause_window_empty(min_days, max_days))."""
    found = [b for path in sorted(clauses) for b in why_not_clause(base, path, clauses[path])]
    if not found:
        merged = _merged(base, clauses)
        least, most = merged.window_min_days, merged.window_max_days
        if least is not None and most is not None and least > most:
            facts = {"min_days": least, "max_days": most}
            found.append(Blocker("clause_window_empty", facts, "committee"))
    return tuple(found)


def with_clauses(base: RuleSet, clauses: Mapping[str, Clause]) -> RuleSet:
    """The rule set with the estate's clauses on top. Raises Refused with every blocker."""
    refuse_if(why_not_clauses(base, clauses))
    return _merged(base, clauses)


def _merged(base: RuleSet, clauses: Mapping[str, Clause]) -> RuleSet:
    values, sources = values_of(base), dict(base.sources)
    for path, clause in clauses.items():
        values[path] = parse(BY_PATH[path], clause.value)
        sources[path] = Source("clause", clause.clause_no.strip(), clause.file_sha256)
    return build(base.id, base.effective_from, base.effective_to, values, sources)


def clauses_to_json(clauses: Mapping[str, Clause]) -> str:
    """Clauses as canonical JSON: {path: {value, clause_no, file_sha256}}."""
    return canonical(
        {
            path: {"value": c.value, "clause_no": c.clause_no, "file_sha256": c.file_sha256}
            for path, c in clauses.items()
        }
    )


def clauses_from_json(text: str) -> dict[str, Clause]:
    """Clauses from JSON. Raises ValueError naming the path that is not a clause."""
    try:
        document = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("not_json") from error
    if not isinstance(document, dict):
        raise ValueError("not_an_object")
    found: dict[str, Clause] = {}
    for path, item in document.items():
        if not isinstance(item, dict) or set(item) != {"value", "clause_no", "file_sha256"}:
            raise ValueError(path)
        if not isinstance(item["clause_no"], str) or not isinstance(item["file_sha256"], str):
            raise ValueError(path)
        found[path] = Clause(item["value"], item["clause_no"], item["file_sha256"])
    return found
