"""What the five bodies are called in an estate."""

from __future__ import annotations

import pytest

from hall.bodies import queries, service
from hall.errors import Forbidden, Refused
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
