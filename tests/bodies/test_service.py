"""What the five bodies are called in an estate."""

from __future__ import annotations

import pytest

from hall.bodies import queries, service
from hall.errors import Forbidden, NotFound, Refused
from hall.journal import queries as journal
from hall.permissions import Role
from tests import make


def test_a_body_has_one_name_at_a_time_and_the_fixed_order(app, now):
    e = make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    for body, name in [
        ("grid", "第二网格"),
        ("committee", "居民自治小组"),
        ("community", "样社区党委"),
        ("committee", " 样本小区业主委员会 "),
    ]:
        service.name_body(by, e.id, body, name=name, phone="0833-0000000", now=now)
    assert [(b.body.value, b.name) for b in queries.of_estate(e.id)] == [
        ("community", "样社区党委"),
        ("committee", "样本小区业主委员会"),
        ("grid", "第二网格"),
    ]
    assert queries.of_estate(make.estate().id) == ()


def test_names_are_refused_with_every_reason(app, now):
    e = make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    with pytest.raises(Refused) as refused:
        service.name_body(by, e.id, "parliament", name=" ", phone="", now=now)
    assert [b.code for b in refused.value.blockers] == ["body_unknown", "body_name_missing"]
    with pytest.raises(Refused, match="text_too_long"):
        service.name_body(by, e.id, "grid", name="长" * 61, phone="", now=now)
    for role in set(Role) - {Role.COMMUNITY}:
        with pytest.raises(Forbidden):
            service.name_body(make.actor(e.id, role), e.id, "grid", name="网格", phone="", now=now)


def test_the_line_from_the_street_to_the_buildings(app, now):
    e = make.estate()
    second, first = make.building(e.id, name="2栋", sort=2), make.building(e.id, name="1栋", sort=1)
    by = make.actor(e.id, Role.BRANCH)
    for level, building, name in [
        (4, second.id, "2栋党小组"),
        (4, first.id, "1栋党小组"),
        (1, None, "样街道党工委"),
        (3, None, "样小区支部"),
        (3, None, " 样小区党支部 "),
    ]:
        service.set_party_group(by, e.id, level=level, building_id=building, name=name, now=now)
    assert [(g.level, g.building, g.name) for g in queries.line(e.id)] == [
        (1, "", "样街道党工委"),
        (3, "", "样小区党支部"),
        (4, "1栋", "1栋党小组"),
        (4, "2栋", "2栋党小组"),
    ]
    top = queries.line(e.id)[0]
    other = make.estate()
    stranger = make.actor(other.id, Role.BRANCH)
    with pytest.raises(NotFound):
        service.remove_party_group(stranger, other.id, top.id, now=now)
    service.remove_party_group(by, e.id, top.id, now=now)
    assert [g.level for g in queries.line(e.id)] == [3, 4, 4]
    foreign = make.building(make.estate().id)
    with pytest.raises(Refused, match="no_such_building"):
        service.set_party_group(by, e.id, level=4, building_id=foreign.id, name="x", now=now)
    for role in set(Role) - {Role.COMMUNITY, Role.BRANCH}:
        with pytest.raises(Forbidden):
            service.set_party_group(make.actor(e.id, role), e.id, level=1, name="x", now=now)


def test_invited_parties_come_and_go(app, now):
    e = make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    first = service.add_party(by, e.id, kind="police", name="样派出所", now=now)
    service.add_party(by, e.id, kind="legal", name="样律所", contact="样律师", now=now)
    with pytest.raises(Refused, match="party_already_there"):
        service.add_party(by, e.id, kind="police", name="样派出所", now=now)
    service.retire_party(by, e.id, first, now=now)
    with pytest.raises(Refused, match="party_already_retired"):
        service.retire_party(by, e.id, first, now=now)
    assert [p.name for p in queries.parties(e.id)] == ["样律所"]
    assert [p.active for p in queries.parties(e.id, retired=True)] == [False, True]
    again = service.add_party(by, e.id, kind="police", name="样派出所", now=now)
    assert again != first
    other = make.estate()
    stranger = make.actor(other.id, Role.COMMUNITY)
    with pytest.raises(NotFound):
        service.retire_party(stranger, other.id, again, now=now)
    assert [j.action for j in journal.page(e.id)] == [
        "bodies.party_added",
        "bodies.party_retired",
        "bodies.party_added",
        "bodies.party_added",
    ]
