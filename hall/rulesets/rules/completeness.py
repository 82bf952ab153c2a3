"""Which policies a ballot must freeze before it can be noticed (E10: none may be left open)."""

from __future__ import annotations

from hall.rulesets.rules.ruleset import RuleSet

# Every policy that can change an outcome, a deadline or who counts. online_must_use_official is
# not among them: an open answer there is dealt with by reach.online_blockers.
REQUIRED = {
    "notice_days": "notice_days",
    "window.min_days": "window_min_days",
    "window.max_days": "window_max_days",
    "roll_publicity_days": "roll_publicity_days",
    "objection_days": "objection_days",
    "result_publish_days": "result_publish_days",
    "extension.allowed": "extension_allowed",
    "invalid_marks": "invalid_marks",
    "nonreturn": "nonreturn",
    "duplicate": "duplicate",
    "parking_counts": "parking_counts",
    "election_tiebreak": "election_tiebreak",
}


def missing_policies(rules: RuleSet) -> tuple[str, ...]:
    """Dotted paths of the policies without a value; each blocks the notice (R-2.37, E10)."""
    missing = [path for path, name in REQUIRED.items() if getattr(rules, name) is None]
    if rules.extension_allowed and rules.extension_max_days is None:
        missing.append("extension.max_days")
    return tuple(missing)
