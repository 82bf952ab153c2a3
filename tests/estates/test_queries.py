"""Buildings and entrances in the order in which people read them."""

from __future__ import annotations

from hall.estates import queries
from tests import make


def test_buildings_with_their_entrances_in_display_order(app, count_queries):
    e = make.estate()
    two = make.building(e.id, name="2栋", sort=2)
    one = make.building(e.id, name="1栋", sort=1)
    make.entrance(e.id, one.id, name="2单元", sort=2)
    make.entrance(e.id, one.id, name="1单元", sort=1)
    make.building(make.estate().id, name="9栋")
    estate_id, last = e.id, two.id
    with count_queries() as q:
        rows = queries.buildings(estate_id)
    assert q.count == 2
    assert [b.name for b in rows] == ["1栋", "2栋"]
    assert [name for _, name in rows[0].entrances] == ["1单元", "2单元"]
    assert (rows[1].id, rows[1].entrances) == (last, ())
