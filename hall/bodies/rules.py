"""The five bodies as data (五位一体), in the fixed order of every page: 党 支 业 网 物."""

from __future__ import annotations

from enum import StrEnum


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
