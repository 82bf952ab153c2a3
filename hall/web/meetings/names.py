"""What kinds of meeting, groups of people, outcomes and rules of decision are called."""

from __future__ import annotations

from hall.meetings import record
from hall.web.i18n import N_, gettext
from hall.web.messages import who

KINDS = {
    "council": N_("小区议事会"),
    "talk": N_("业主恳谈会"),
    "committee": N_("业委会会议"),
    "party_review": N_("党员大会"),
    "residents": N_("居民会议"),
    "body": N_("工作会议"),
}
# What comes out of these is advice to all, never a decision of the owners.
CONSULTATIONS = frozenset({"council", "talk"})
CHOICES = {"for": N_("赞成"), "against": N_("不赞成"), "abstain": N_("不表态")}
SIGNING = {"signed": N_("已签"), "refused": N_("不签"), "silent": N_("未签")}
_GROUPS = {record.PARTY: N_("列席"), record.RESIDENT: N_("居民")}


def kind(code: str) -> str:
    """小区议事会."""
    return gettext(KINDS[code]) if code in KINDS else code


def is_consultation(code: str) -> bool:
    """Whether such a meeting gives advice only."""
    return code in CONSULTATIONS


def group(code: str, own: str = "") -> str:
    """A body by the estate's own name for it, or the people of no body."""
    return gettext(_GROUPS[code]) if code in _GROUPS else own or who(code)
