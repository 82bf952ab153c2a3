"""The five bodies as data (五位一体), in the fixed order of every page: 党 支 业 网 物."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from hall.errors import Blocker


class Body(StrEnum):
    """The five bodies that negotiate in an estate."""

    COMMUNITY = "community"  # 社区党委
    BRANCH = "branch"  # 小区支部
    COMMITTEE = "committee"  # 业委会, or the organiser that stands in for it
    GRID = "grid"  # 网格员
    PROPERTY = "property"  # 物业公司


class Title(StrEnum):
    """What a person is in a body."""

    SECRETARY = "secretary"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    MEMBER = "member"
    CLERK = "clerk"
    SCRUTINEER = "scrutineer"
    STEWARD = "steward"
    WORKER = "worker"
    STAFF = "staff"


# Which titles a body can give. Scrutineers stand outside the committee that is counted upon,
# so any body but the property company may appoint one.
TITLES: dict[Body, tuple[Title, ...]] = {
    Body.COMMUNITY: (Title.SECRETARY, Title.STAFF, Title.SCRUTINEER),
    Body.BRANCH: (Title.SECRETARY, Title.MEMBER, Title.SCRUTINEER),
    Body.COMMITTEE: (
        Title.CHAIR,
        Title.VICE_CHAIR,
        Title.MEMBER,
        Title.CLERK,
        Title.SCRUTINEER,
        Title.STEWARD,
    ),
    Body.GRID: (Title.WORKER, Title.STEWARD),
    Body.PROPERTY: (Title.STAFF,),
}


# Which titles may speak for their body: state its position, sign minutes, answer in its name.
# Clerks, scrutineers and stewards serve; they do not speak.
SPEAKERS: dict[Body, frozenset[Title]] = {
    Body.COMMUNITY: frozenset({Title.SECRETARY, Title.STAFF}),
    Body.BRANCH: frozenset({Title.SECRETARY, Title.MEMBER}),
    Body.COMMITTEE: frozenset({Title.CHAIR, Title.VICE_CHAIR, Title.MEMBER}),
    Body.GRID: frozenset({Title.WORKER}),
    Body.PROPERTY: frozenset({Title.STAFF}),
}

# Titles that hold a seat: who is counted when a body meets.
SEATS: dict[Body, frozenset[Title]] = SPEAKERS


class PartyKind(StrEnum):
    """Outsiders who can attend and speak: police, legal adviser, partners, and 五社联动."""

    POLICE = "police"
    LEGAL = "legal"
    PARTNER = "partner"
    VOLUNTEERS = "volunteers"
    SOCIAL_WORK = "social_work"
    SOCIAL_ORG = "social_org"
    CHARITY = "charity"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """When a gathering may decide and when it has decided.

    quorum, adopt: (numerator, denominator, "GE" | "GT"). quorum is measured on the seats due
    (less those barred). base: what adopt is measured on: "due" all seats due, or "present".
    """

    quorum: tuple[int, int, str]
    adopt: tuple[int, int, str]
    base: str
    proxies: bool = False


# rules.md §8, R-4.03, §2.7 and §4.2. Committee: more than half of ALL members, no proxies.
DECISION_RULES: dict[str, DecisionRule] = {
    "committee": DecisionRule((1, 2, "GT"), (1, 2, "GT"), "due"),
    "council": DecisionRule((1, 2, "GT"), (1, 2, "GT"), "due"),
    "party_review": DecisionRule((2, 3, "GE"), (1, 2, "GE"), "due"),
    "residents": DecisionRule((1, 2, "GT"), (1, 2, "GT"), "present"),
}


@dataclass(frozen=True, slots=True)
class HandCount:
    """What a show of hands came to. due: seats less the barred; present: of those, in the room."""

    due: int
    present: int
    votes_for: int
    votes_against: int
    abstain: int


def decide(count: HandCount, rule: DecisionRule) -> str:
    """adopted | not_adopted | no_quorum; fractions compared by multiplying across."""
    if count.due <= 0 or not _meets(count.present, count.due, rule.quorum):
        return "no_quorum"
    base = count.due if rule.base == "due" else count.present
    return "adopted" if _meets(count.votes_for, base, rule.adopt) else "not_adopted"


def has_quorum(present: int, due: int, rule: DecisionRule) -> bool:
    """Whether enough of the seats due are in the room."""
    return due > 0 and _meets(present, due, rule.quorum)


def _meets(part: int, whole: int, line: tuple[int, int, str]) -> bool:
    num, den, op = line
    return den * part >= num * whole if op == "GE" else den * part > num * whole


LEVELS = 4  # 街道党工委, 社区党委, 小区党组织, 楼栋党小组
LONGEST = 60
LONGEST_CONTACT = 120


def party_group_blockers(
    level: int, building_id: int | None, buildings: Collection[int], name: str, contact: str
) -> list[Blocker]:
    """Why a rung of the four-level line cannot be recorded: the fourth stands in a building."""
    found = []
    if not 1 <= level <= LEVELS:
        found.append(Blocker("party_level_unknown", {"level": level}))
    elif level == LEVELS and building_id is None:
        found.append(Blocker("party_building_missing"))
    if building_id is not None and (level != LEVELS or building_id not in buildings):
        found.append(Blocker("no_such_building"))
    return found + _name_blockers(name, contact)


def party_blockers(
    kind: str, name: str, contact: str, held: Collection[tuple[str, str]]
) -> list[Blocker]:
    """Why an invited party cannot be added; held: (kind, name) of those on the list."""
    found = []
    if kind not in {k.value for k in PartyKind}:
        found.append(Blocker("party_kind_unknown"))
    if (kind, name) in held:
        found.append(Blocker("party_already_there", {"name": name}))
    return found + _name_blockers(name, contact)


def _name_blockers(name: str, contact: str) -> list[Blocker]:
    found = []
    if not name:
        found.append(Blocker("body_name_missing"))
    if len(name) > LONGEST:
        found.append(Blocker("text_too_long", {"most": LONGEST}))
    elif len(contact) > LONGEST_CONTACT:
        found.append(Blocker("text_too_long", {"most": LONGEST_CONTACT}))
    return found
