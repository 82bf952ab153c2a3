"""Rule sets as versioned data: the floor of the Civil Code, local profiles, an estate's clauses."""

from __future__ import annotations

from hall.rulesets.rules.completeness import missing_policies
from hall.rulesets.rules.reach import LegalReach, online_blockers
from hall.rulesets.rules.ruleset import RuleSet, Source
from hall.rulesets.rules.thresholds import Base, MatterClass, Op, Rule, Threshold

__all__ = [
    "Base",
    "LegalReach",
    "MatterClass",
    "Op",
    "Rule",
    "RuleSet",
    "Source",
    "Threshold",
    "missing_policies",
    "online_blockers",
]
