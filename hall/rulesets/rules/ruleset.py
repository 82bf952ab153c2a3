"""The frozen rule set: every policy a ballot copies when it is noticed.

A field of None has no policy; see completeness.missing_policies for what blocks a notice. Days are
calendar days of Asia/Shanghai. Legal source of each field: FIELDS in fields.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hall.rulesets.rules.thresholds import Base, MatterClass, Rule, Threshold


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value comes from.

    kind: law | default (of Hall, free to change by a clause) | profile (a local rule) | clause.
    ref: legal source or, for a clause, its number in the estate's adopted rules.
    file_sha256: the adopted document (clauses only).
    """

    kind: str
    ref: str = ""
    file_sha256: str = ""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of voting as they stand on one day for one estate."""

    id: str
    effective_from: date
    effective_to: date | None  # the last day, None while in force
    quorum_heads: Threshold
    quorum_area: Threshold
    ordinary_heads: Threshold
    ordinary_area: Threshold
    special_heads: Threshold
    special_area: Threshold
    base: Base
    matters: tuple[tuple[int, MatterClass], ...]
    notice_days: int | None = None
    notice_days_temporary: int | None = None
    window_min_days: int | None = None
    window_max_days: int | None = None
    roll_publicity_days: int | None = None
    objection_days: int | None = None
    result_publish_days: int | None = None
    extension_allowed: bool | None = None
    extension_max_days: int | None = None
    extension_times: int | None = None
    invalid_marks: str | None = None  # NOT_PARTICIPATING | AS_ABSTAIN
    nonreturn: str | None = None  # NOT_PARTICIPATING | FOLLOW_MAJORITY | ABSTAIN
    duplicate: str | None = None  # FIRST_VALID_WINS | PAPER_PREVAILS | ONLINE_PREVAILS
    parking_counts: bool | None = None
    election_tiebreak: tuple[str, ...] | None = None  # of HEADS, AREA; RUNOFF last
    online_must_use_official: bool | None = None  # None: ask the street office
    official_system: str | None = None
    paper_on_request: bool | None = None
    parallel_paper_required: bool | None = None
    scope_votes: bool | None = None
    proxy_allowed: bool | None = None
    proxy_cap: int | None = None
    proxy_manager_staff: bool | None = None
    convene_heads: Threshold | None = None
    convene_area: Threshold | None = None
    contest_years: int | None = None
    result_consult_start_days: int | None = None
    board_service_days: int | None = None
    heads_multi_unit: int | None = None
    heads_developer_pool: int | None = None
    heads_co_owners: int | None = None
    area_source: tuple[str, ...] | None = None
    sources: tuple[tuple[str, Source], ...] = ()

    def class_of(self, *matters: int) -> MatterClass:
        """ORDINARY or SPECIAL of a matter of Civil Code 278 ¶1; of several the stricter (R-1.1).

        Raises ValueError for a number outside 1–9.
        """
        known = dict(self.matters)
        if not matters or any(number not in known for number in matters):
            raise ValueError("matter_unknown")
        special = any(known[number] is MatterClass.SPECIAL for number in matters)
        return MatterClass.SPECIAL if special else MatterClass.ORDINARY

    def rule_for(self, *matters: int) -> Rule:
        """The lines a question on these matters is measured by; the stricter class of several."""
        return self.rule_of(self.class_of(*matters))

    def rule_of(self, matter_class: MatterClass) -> Rule:
        """The lines of a class."""
        special = matter_class is MatterClass.SPECIAL
        return Rule(
            self.quorum_heads,
            self.quorum_area,
            self.special_heads if special else self.ordinary_heads,
            self.special_area if special else self.ordinary_area,
            self.base,
            matter_class,
        )

    def source_of(self, path: str) -> Source:
        """The source of a field by its dotted path."""
        return dict(self.sources).get(path, Source("law"))

    def in_force(self, on: date) -> bool:
        """Whether the set is effective on a day (both ends included)."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)
