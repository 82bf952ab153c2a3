"""Rule sets of an estate: drafted by one, confirmed by another, read by day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from hall.db import db
from hall.errors import Forbidden, NotFound, Refused
from hall.journal.models import JournalEntry
from hall.permissions import Role
from hall.rulesets import queries, service
from hall.rulesets.rules import Clause, from_json
from tests import make

MAY = date(2026, 5, 1)


@pytest.fixture
def estate(app):
    return make.estate()


def draft(actor, estate, now, preset="CN-2021", clauses=None, on=MAY):
    return service.draft(
        actor, estate.id, preset=preset, clauses=clauses or {}, effective_on=on, now=now
    )


def refusal(call):
    with pytest.raises(Refused) as e:
        call()
    return [b.code for b in e.value.blockers]


def test_a_draft_is_not_in_force_until_a_second_person_confirms(estate, now):
    member, chair = make.actor(estate.id, Role.MEMBER), make.actor(estate.id, Role.CHAIR)
    version = draft(member, estate, now)
    row = queries.active(estate.id, date(2026, 5, 6))
    assert (row.version, row.confirmed_at) == (version, None)
    service.confirm(chair, estate.id, version, now=now)
    row = queries.active(estate.id, date(2026, 5, 6))
    assert (row.confirmed_by, row.confirmed_at) == (chair.account_id, now)
    assert from_json(row.config).notice_days == 15
    assert [a.action for a in db.session.scalars(select(JournalEntry))] == [
        "rulesets.draft",
        "rulesets.confirm",
    ]


def test_a_chair_does_not_confirm_the_own_draft(estate, now):
    chair = make.actor(estate.id, Role.CHAIR)
    version = draft(chair, estate, now)
    assert refusal(lambda: service.confirm(chair, estate.id, version, now=now)) == ["same_person"]
    community = make.actor(estate.id, Role.COMMUNITY)
    service.confirm(community, estate.id, version, now=now)
    assert refusal(lambda: service.confirm(community, estate.id, version, now=now)) == [
        "ruleset_confirmed_already"
    ]


def test_a_later_draft_does_not_push_out_what_is_in_force(estate, now):
    member, chair = make.actor(estate.id, Role.MEMBER), make.actor(estate.id, Role.CHAIR)
    first = draft(member, estate, now)
    service.confirm(chair, estate.id, first, now=now)
    second = draft(member, estate, now, preset="HZ")
    assert queries.active(estate.id, date(2026, 5, 6)).version == first
    service.confirm(chair, estate.id, second, now=now)
    assert queries.active(estate.id, date(2026, 5, 6)).version == second
    assert [r.version for r in queries.every(estate.id)] == [second, first]


def test_a_version_counts_from_its_day(estate, now):
    member, chair = make.actor(estate.id, Role.MEMBER), make.actor(estate.id, Role.CHAIR)
    version = draft(member, estate, now, on=date(2026, 6, 1))
    service.confirm(chair, estate.id, version, now=now)
    assert queries.active(estate.id, date(2026, 5, 31)) is None
    assert queries.active(estate.id, date(2026, 6, 1)).version == version


def test_a_clause_below_the_law_is_refused_and_nothing_is_kept(estate, now):
    member = make.actor(estate.id, Role.MEMBER)
    lower = {"notice_days": Clause(value=7, clause_no="第九条", file_sha256="0" * 64)}
    assert refusal(lambda: draft(member, estate, now, clauses=lower))
    assert refusal(lambda: draft(member, estate, now, preset="MARS")) == ["preset_unknown"]
    assert queries.every(estate.id) == ()


def test_who_drafts_and_who_confirms(estate, now):
    for role in set(Role) - {Role.CHAIR, Role.MEMBER}:
        with pytest.raises(Forbidden):
            draft(make.actor(estate.id, role), estate, now)
    version = draft(make.actor(estate.id, Role.MEMBER), estate, now)
    for role in set(Role) - {Role.CHAIR, Role.COMMUNITY}:
        with pytest.raises(Forbidden):
            service.confirm(make.actor(estate.id, role), estate.id, version, now=now)
    other = make.estate()
    with pytest.raises(NotFound):
        service.confirm(make.actor(other.id, Role.CHAIR), other.id, version, now=now)
    assert queries.find(other.id, version) is None
