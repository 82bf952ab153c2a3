"""The fields of a rule set as rows for a page: codes only, in a stable order."""

from __future__ import annotations

from dataclasses import dataclass

from hall.rulesets.rules.canonical import value_of
from hall.rulesets.rules.completeness import REQUIRED
from hall.rulesets.rules.fields import FIELDS, dump
from hall.rulesets.rules.ruleset import RuleSet, Source


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: path, form, JSON value (None: no policy), source, and whether a notice needs it."""

    path: str
    form: str
    value: object
    source: Source
    required: bool


def listing(rules: RuleSet) -> tuple[FieldRow, ...]:
    """Every field in the order of fields.FIELDS."""
    sources = dict(rules.sources)
    return tuple(
        FieldRow(
            field.path,
            field.form,
            dump(value_of(rules, field.path)),
            sources.get(field.path, Source("none")),
            field.path in REQUIRED,
        )
        for field in FIELDS
    )
