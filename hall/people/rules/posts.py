"""Posts: which roles they give, and why one cannot be granted or ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hall.bodies.rules import Body, Title
from hall.errors import Blocker
from hall.permissions import Role

_ROLES: dict[tuple[Body, Title], Role] = {
    (Body.COMMUNITY, Title.SECRETARY): Role.COMMUNITY,
    (Body.COMMUNITY, Title.STAFF): Role.COMMUNITY,
    (Body.COMMUNITY, Title.SCRUTINEER): Role.SCRUTINEER,
    (Body.BRANCH, Title.SECRETARY): Role.BRANCH,
    (Body.BRANCH, Title.MEMBER): Role.BRANCH,
    (Body.BRANCH, Title.SCRUTINEER): Role.SCRUTINEER,
    (Body.COMMITTEE, Title.CHAIR): Role.CHAIR,
    (Body.COMMITTEE, Title.VICE_CHAIR): Role.CHAIR,
    (Body.COMMITTEE, Title.MEMBER): Role.MEMBER,
    (Body.COMMITTEE, Title.CLERK): Role.CLERK,
    (Body.COMMITTEE, Title.SCRUTINEER): Role.SCRUTINEER,
    (Body.COMMITTEE, Title.STEWARD): Role.STEWARD,
    (Body.GRID, Title.WORKER): Role.GRID,
    (Body.GRID, Title.STEWARD): Role.STEWARD,
    (Body.PROPERTY, Title.STAFF): Role.PROPERTY,
}
# Who counts does not run the vote, and who is voted about does neither.
_EXCLUDES: tuple[tuple[Role, frozenset[Role]], ...] = (
    (Role.SCRUTINEER, frozenset({Role.CHAIR, Role.MEMBER, Role.CLERK, Role.PROPERTY})),
    (Role.PROPERTY, frozenset({Role.CHAIR, Role.MEMBER, Role.CLERK, Role.SCRUTINEER})),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A post over its days: active on from_on <= day < to_on (None: until ended)."""

    body: str
    title: str
    building_id: int | None
    from_on: date
    to_on: date | None


def role_of(body: str, title: str) -> Role | None:
    """The role a post gives, or None for a title its body does not have."""
    try:
        return _ROLES.get((Body(body), Title(title)))
    except ValueError:
        return None


def active(term: Term, day: date) -> bool:
    """Whether a post may act on a day. The day to_on itself is no longer part of it."""
    return term.from_on <= day and (term.to_on is None or day < term.to_on)


def grant_blockers(
    wanted: Term,
    *,
    held: Iterable[Term],
    buildings: Iterable[int],
    name: str,
    evidence: str,
) -> tuple[Blocker, ...]:
    """Every reason why a post cannot be granted to a person who holds the posts given."""
    found: list[Blocker] = []
    if not name.strip():
        found.append(Blocker("name_missing"))
    if not evidence.strip():
        found.append(Blocker("evidence_missing"))
    known = role_of(wanted.body, wanted.title)
    if known is None:
        found.append(Blocker("no_such_title", {"body": wanted.body, "title": wanted.title}))
    if wanted.title == Title.STEWARD and wanted.building_id is None:
        found.append(Blocker("steward_needs_building"))
    if wanted.building_id is not None and (
        wanted.title != Title.STEWARD or wanted.building_id not in set(buildings)
    ):
        found.append(Blocker("no_such_building"))
    if wanted.to_on is not None and wanted.to_on <= wanted.from_on:
        found.append(Blocker("term_is_empty"))
    overlapping = [t for t in held if _overlap(t, wanted)]
    if any(_same(t, wanted) for t in overlapping):
        found.append(Blocker("post_already_held"))
    if known is not None:
        found.extend(_conflicts(known, overlapping))
    return tuple(found)


def end_blockers(term: Term, *, to_on: date, today: date) -> tuple[Blocker, ...]:
    """Every reason why a post cannot end on a day; what was done under it stays valid."""
    found = []
    if to_on < today:
        found.append(Blocker("post_ends_in_past", {"today": today.isoformat()}))
    if term.to_on is not None and term.to_on <= to_on:
        found.append(Blocker("post_already_ended", {"to_on": term.to_on.isoformat()}))
    return tuple(found)


def _overlap(a: Term, b: Term) -> bool:
    return (a.to_on is None or b.from_on < a.to_on) and (b.to_on is None or a.from_on < b.to_on)


def _same(a: Term, b: Term) -> bool:
    return (a.body, a.title, a.building_id) == (b.body, b.title, b.building_id)


def _conflicts(wanted: Role, held: Sequence[Term]) -> list[Blocker]:
    roles = {r for t in held if (r := role_of(t.body, t.title)) is not None}
    excluded = next((others for role, others in _EXCLUDES if role == wanted), frozenset())
    excluded |= {role for role, others in _EXCLUDES if wanted in others}
    return [
        Blocker("posts_exclude_each_other", {"wanted": wanted.value, "held": role.value})
        for role in sorted(roles & excluded)
    ]
