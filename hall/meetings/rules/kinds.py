"""The kinds of meeting as data: who calls them, who sits, how long the notice, how they decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hall.bodies.rules import Body


class Kind(StrEnum):
    """What sort of meeting it is."""

    COUNCIL = "council"  # 小区议事会
    TALK = "talk"  # 业主恳谈会
    COMMITTEE = "committee"  # 业委会会议
    PARTY_REVIEW = "party_review"  # 党员大会
    RESIDENTS = "residents"  # 居民会议
    BODY = "body"  # any one body's own


@dataclass(frozen=True, slots=True)
class KindData:
    """notice_days: full calendar days between notice and meeting. source: why that many.

    conveners: bodies that may call it. bodies: how many take part (least, most). only: when not
    empty, just these may. named_seats: people called by name count as seats. rule: key of
    bodies.rules.DECISION_RULES, None where nothing is decided. window: minutes before the start
    from which people may check in.
    """

    notice_days: int
    source: str
    conveners: frozenset[Body]
    bodies: tuple[int, int]
    only: frozenset[Body]
    named_seats: bool
    rule: str | None


_LEAD = frozenset({Body.COMMUNITY, Body.BRANCH, Body.COMMITTEE})
_ANY: frozenset[Body] = frozenset()

# Source codes: G39 指导规则 39 (committee's agenda), S4 四议两公开 (text sent beforehand), C41
# 中办发〔2015〕41号 (tell the parties in advance), RC 居民委员会组织法 (residents' meeting), HOUSE our own.
KINDS: dict[Kind, KindData] = {
    Kind.COUNCIL: KindData(3, "C41", _LEAD, (2, 5), _ANY, True, "council"),
    Kind.TALK: KindData(3, "C41", _LEAD, (2, 5), _ANY, False, None),
    Kind.COMMITTEE: KindData(
        7,
        "G39",
        frozenset({Body.COMMITTEE}),
        (1, 1),
        frozenset({Body.COMMITTEE}),
        False,
        "committee",
    ),
    Kind.PARTY_REVIEW: KindData(
        3,
        "S4",
        frozenset({Body.COMMUNITY, Body.BRANCH}),
        (1, 1),
        frozenset({Body.BRANCH}),
        True,
        "party_review",
    ),
    Kind.RESIDENTS: KindData(5, "RC", frozenset({Body.COMMUNITY}), (0, 5), _ANY, True, "residents"),
    # A committee cannot call its meeting "its own" to notify in one day instead of seven.
    Kind.BODY: KindData(
        1, "HOUSE", _LEAD, (1, 1), frozenset(Body) - {Body.COMMITTEE}, False, "council"
    ),
}

ITEM_KINDS = ("report", "discuss", "decide")
