"""Rule sets as versioned data: the floor of the Civil Code, local profiles, an estate's clauses.

Pure. A ballot copies to_json(rules) when it is noticed and is counted by from_json() of that copy,
whatever becomes of the presets later.
"""

from __future__ import annotations

from hall.rulesets.rules.canonical import digest, from_document, from_json, to_document, to_json
from hall.rulesets.rules.clauses import (
    Clause,
    clauses_from_json,
    clauses_to_json,
    why_not_clause,
    why_not_clauses,
    with_clauses,
)
from hall.rulesets.rules.completeness import missing_policies
from hall.rulesets.rules.listing import FieldRow, listing
from hall.rulesets.rules.presets import BEFORE, FLOOR, PRESETS, applicable, preset
from hall.rulesets.rules.reach import LegalReach, online_blockers
from hall.rulesets.rules.ruleset import RuleSet, Source
from hall.rulesets.rules.thresholds import Base, MatterClass, Op, Rule, Threshold

__all__ = [
    "BEFORE",
    "FLOOR",
    "PRESETS",
    "Base",
    "Clause",
    "FieldRow",
    "LegalReach",
    "MatterClass",
    "Op",
    "Rule",
    "RuleSet",
    "Source",
    "Threshold",
    "applicable",
    "clauses_from_json",
    "clauses_to_json",
    "digest",
    "from_document",
    "from_json",
    "listing",
    "missing_policies",
    "online_blockers",
    "preset",
    "to_document",
    "to_json",
    "why_not_clause",
    "why_not_clauses",
    "with_clauses",
]
