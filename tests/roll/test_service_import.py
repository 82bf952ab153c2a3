"""An owners' file becomes the roll: two persons, all or nothing, and the next file as a difference."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, Refused
from hall.estates import queries as estates
from hall.journal.models import JournalEntry
from hall.people.models import Person
from hall.permissions import Role
from hall.roll import queries as roll
from hall.roll import service
from hall.roll.models import (
    HouseholdCode,
    Representative,
    RollImport,
    Title,
    TitleHolder,
    Unit,
)
from tests import make

M2 = 10_000
HEAD = "楼栋,单元,房号,业主,建筑面积,电话"
FIRST = """\
1栋,1单元,101,甲一明,90.00,13800000001
1栋,1单元,102,甲一明,60.00,13800000001
1栋,2单元,101,乙小样、丙小样,100.00,
2栋,1单元,1001,丁小样,80.50,13800000004
10栋,1单元,101,,70.00,
"""


@pytest.fixture
def estate(app):
    return make.estate()


@pytest.fixture
def clerk(estate):
    return make.actor(estate.id, Role.CLERK, name="样本录入")


@pytest.fixture
def chair(estate):
    return make.actor(estate.id, Role.CHAIR, name="样本主任")


def csv(body):
    return f"{HEAD}\n{body}".encode()


def bring_in(estate, clerk, chair, body, now, **how):
    import_id = service.upload(clerk, estate.id, "业主清册.csv", csv(body), now=now)
    service.confirm_import(chair, estate.id, import_id, now=now, **how)
    return import_id


def count(table, *where):
    return db.session.scalar(select(func.count()).select_from(table).where(*where))


def owners():
    """Open titles as (unit, names), in order."""
    rows = db.session.execute(
        select(Unit.label, Person.name)
        .join(Title, Title.unit_id == Unit.id)
        .join(TitleHolder, TitleHolder.title_id == Title.id)
        .join(Person, Person.id == TitleHolder.person_id)
        .where(Title.to_on.is_(None))
        .order_by(Unit.sort, Person.name)
    )
    found = {}
    for label, name in rows:
        found.setdefault(label, []).append(name)
    return found


def codes(call):
    with pytest.raises(Refused) as e:
        call()
    return [b.code for b in e.value.blockers]


# --- the first import ------------------------------------------------------------------------


def test_an_upload_writes_nothing_but_itself_and_the_journal(estate, clerk, now):
    import_id = service.upload(clerk, estate.id, "业主清册.csv", csv(FIRST), now=now)
    assert [count(t) for t in (Unit, Title, TitleHolder, Person)] == [0, 0, 0, 0]
    assert estates.buildings(estate.id) == ()
    page = roll.import_page(estate.id, import_id)
    assert (page.row.units, page.row.heads, page.row.area_cm2) == (5, 4, 4_005_000)
    assert page.row.uploader == clerk.name or page.row.waits
    assert len(page.diff.added) == 5
    assert [e.action for e in db.session.scalars(select(JournalEntry))] == ["roll.upload"]
    assert roll.entry_totals(estate.id).entries == 0


def test_what_was_previewed_is_what_the_roll_then_is(estate, clerk, chair, now):
    import_id = bring_in(estate, clerk, chair, FIRST, now)
    page = roll.import_page(estate.id, import_id)
    totals = roll.entry_totals(estate.id)
    # 甲一明 one head with 150 m²; 乙+丙 one; 丁 one; 10栋 unverified, but in both denominators
    assert (totals.entries, totals.heads, totals.area_cm2) == (4, 4, 4_005_000)
    assert (page.preview.heads, page.preview.area_cm2) == (totals.heads, totals.area_cm2)
    assert page.diff.is_empty
    assert (page.row.version, page.row.waits) == (1, False)
    assert owners() == {
        "1栋1单元101": ["甲一明"],
        "1栋1单元102": ["甲一明"],
        "1栋2单元101": ["丙小样", "乙小样"],
        "2栋1单元1001": ["丁小样"],
    }
    assert count(Title, Title.verified.is_(False)) == 1
    assert count(Title, Title.from_on.is_not(None)) == 0  # since when, no file says
    assert count(Person) == 4
    buildings = estates.buildings(estate.id)
    assert [b.name for b in buildings] == ["1栋", "2栋", "10栋"]
    assert [[name for _, name in b.entrances] for b in buildings] == [
        ["1单元", "2单元"],
        ["1单元"],
        ["1单元"],
    ]
    assert list(db.session.scalars(select(Unit.label).order_by(Unit.sort)))[-1] == "10栋1单元101"


def test_counts_per_building_show_a_head_where_its_first_unit_is(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST + "2栋,1单元,1002,甲一明,50.00,13800000001\n", now)
    names = {b.id: b.name for b in estates.buildings(estate.id)}
    counts = {
        names[c.building_id]: (c.units, c.heads, c.area_cm2 // M2)
        for c in roll.building_counts(estate.id)
    }
    assert counts == {"1栋": (3, 2, 250), "2栋": (2, 1, 130), "10栋": (1, 1, 70)}


def test_a_second_person_confirms(estate, clerk, now):
    committee = make.actor(estate.id, Role.CHAIR)
    import_id = service.upload(committee, estate.id, "名册.csv", csv(FIRST), now=now)
    with pytest.raises(Forbidden):
        service.confirm_import(clerk, estate.id, import_id, now=now)  # a clerk confirms nothing
    assert codes(lambda: service.confirm_import(committee, estate.id, import_id, now=now)) == [
        "import_same_person"
    ]
    assert count(Unit) == 0


def test_who_may_upload(estate, now):
    for role in (Role.OWNER, Role.PROPERTY, Role.COMMUNITY, Role.STEWARD):
        with pytest.raises(Forbidden):
            service.upload(make.actor(estate.id, role), estate.id, "a.csv", csv(FIRST), now=now)
    assert count(RollImport) == 0


def test_a_file_with_errors_is_kept_for_reading_and_cannot_be_confirmed(estate, clerk, chair, now):
    body = FIRST + "1栋,1单元,103,戊小样,,\n"
    import_id = service.upload(clerk, estate.id, "名册.csv", csv(body), now=now)
    page = roll.import_page(estate.id, import_id)
    assert [(p.code, p.row) for p in page.preview.of("blocks")] == [("area_missing", 7)]
    assert codes(lambda: service.confirm_import(chair, estate.id, import_id, now=now)) == [
        "import_has_errors"
    ]
    assert count(Unit) == 0


def test_a_file_that_is_no_roll_is_refused_in_one_code_and_leaves_nothing(estate, clerk, now):
    assert codes(lambda: service.upload(clerk, estate.id, "a.xlsx", b"", now=now)) == ["empty"]
    assert codes(
        lambda: service.upload(clerk, estate.id, "a.xls", b"<html><table></table></html>", now=now)
    ) == ["html_not_xls"]
    assert count(RollImport) == 0
    assert count(JournalEntry) == 0


def test_uploading_is_limited_by_the_hour(estate, clerk, now):
    for _ in range(30):
        codes(lambda: service.upload(clerk, estate.id, "a.csv", b"", now=now))
    assert codes(lambda: service.upload(clerk, estate.id, "a.csv", b"", now=now)) == ["throttled"]


def test_every_reason_against_confirming_is_told_at_once(estate, chair, now):
    import_id = service.upload(chair, estate.id, "名册.csv", csv("1栋,1单元,101,甲,,\n"), now=now)
    make.home(estate.id, make.building(estate.id).id)
    service.cancel_import(chair, estate.id, import_id, now=now)
    assert codes(lambda: service.confirm_import(chair, estate.id, import_id, now=now)) == [
        "import_cancelled",
        "import_has_errors",
        "import_same_person",
    ]


def test_a_failure_on_the_way_leaves_nothing_behind(estate, clerk, chair, now, monkeypatch):
    from hall.roll.service import apply, importing

    import_id = service.upload(clerk, estate.id, "名册.csv", csv(FIRST), now=now)

    def fails(*args, **values):
        apply.apply_preview(*args, **values)
        raise OSError("disk full")

    monkeypatch.setattr(importing, "apply_preview", fails)
    with pytest.raises(OSError, match="disk full"):
        service.confirm_import(chair, estate.id, import_id, now=now)
    assert [count(t) for t in (Unit, Title, Person)] == [0, 0, 0]
    assert estates.buildings(estate.id) == ()
    assert roll.find_import(estate.id, import_id).waits


def test_an_import_is_confirmed_or_cancelled_once(estate, clerk, chair, now):
    done = bring_in(estate, clerk, chair, FIRST, now)
    assert codes(lambda: service.confirm_import(chair, estate.id, done, now=now)) == [
        "import_confirmed_already"
    ]
    assert codes(lambda: service.cancel_import(clerk, estate.id, done, now=now)) == [
        "import_confirmed_already"
    ]


def test_another_estates_import_is_not_found(estate, clerk, now):
    other = make.estate()
    import_id = service.upload(clerk, estate.id, "名册.csv", csv(FIRST), now=now)
    stranger = make.actor(other.id, Role.CHAIR)
    for verb in (service.confirm_import, service.cancel_import):
        for wanted in (import_id, 999):
            with pytest.raises(NotFound):
                verb(stranger, other.id, wanted, now=now)
    with pytest.raises(NotFound):
        roll.import_page(other.id, import_id)
    assert roll.imports(other.id) == ()
    assert [r.id for r in roll.imports(estate.id)] == [import_id]


# --- the next file ---------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST, now)
    before = (owners(), count(Title), count(Person), roll.entry_totals(estate.id))
    bring_in(estate, clerk, chair, FIRST, now)
    assert (owners(), count(Title), count(Person), roll.entry_totals(estate.id)) == before
    assert [r.version for r in roll.imports(estate.id)] == [2, 1]


SECOND = """\
1栋,1单元,101,甲一明,90.00,13800000001
1栋,1单元,102,戊小样,60.00,13800000005
1栋,2单元,101,乙小样、丙小样,99.50,
2栋,1单元,1001,丁小样,80.50,13900000004
3栋,1单元,101,己小样,75.00,
"""


def test_the_next_file_comes_in_as_its_difference(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST, now)
    people_before = dict(db.session.execute(select(Person.name, Person.id)).all())
    import_id = service.upload(clerk, estate.id, "二.csv", csv(SECOND), now=now)
    shown = roll.import_page(estate.id, import_id).diff
    assert [u.label for u in shown.added] == ["3栋1单元101"]
    assert [u.label for u in shown.removed] == ["10栋1单元101"]
    assert {c.label: c.fields for c in shown.changed} == {
        "1栋1单元102": ("owners",),
        "1栋2单元101": ("area",),
        "2栋1单元1001": ("phones",),
    }
    service.confirm_import(chair, estate.id, import_id, now=now)
    assert owners()["1栋1单元102"] == ["戊小样"]
    sold = db.session.scalars(
        select(Title).join(Unit).where(Unit.label == "1栋1单元102").order_by(Title.id)
    ).all()
    assert [(t.from_on, t.to_on is None) for t in sold] == [
        (None, False),
        (sold[0].to_on, True),  # the new title begins on the day the old one ends
    ]
    assert sold[0].closed_at == now
    people_now = dict(db.session.execute(select(Person.name, Person.id)).all())
    assert all(people_now[name] == i for name, i in people_before.items())  # nobody is a stranger
    assert db.session.scalar(select(Person.phone).where(Person.name == "丁小样")) == "13900000004"
    retired = db.session.scalars(select(Unit).where(Unit.retired_at.is_not(None))).one()
    assert retired.label == "10栋1单元101"
    assert count(Title, Title.unit_id == retired.id, Title.to_on.is_(None)) == 0
    # 90 + 60 + 99.50 + 80.50 + 75
    assert roll.entry_totals(estate.id).area_cm2 == 4_050_000
    assert roll.import_page(estate.id, import_id).diff.is_empty


def test_missing_units_can_be_kept_and_come_back_with_their_history(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST, now)
    bring_in(estate, clerk, chair, SECOND, now, keep_missing=True)
    assert count(Unit, Unit.retired_at.is_not(None)) == 0
    bring_in(estate, clerk, chair, SECOND, now)
    assert count(Unit, Unit.retired_at.is_not(None)) == 1
    bring_in(estate, clerk, chair, FIRST, now)
    assert count(Unit, Unit.label == "10栋1单元101") == 1
    assert count(Unit, Unit.retired_at.is_(None)) == 5  # 3栋 left, 10栋 is back


def test_a_telephone_or_share_the_file_leaves_out_stays_known(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST, now)
    with atomic() as s:
        s.execute(TitleHolder.__table__.update().values(share_num=1, share_den=2))
    bring_in(estate, clerk, chair, FIRST.replace(",13800000004", ","), now)
    assert db.session.scalar(select(Person.phone).where(Person.name == "丁小样")) == "13800000004"
    assert set(db.session.scalars(select(TitleHolder.share_den))) == {2}
    assert count(Title) == 5


def test_a_proof_that_comes_later_opens_a_proven_title(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST, now)
    later = FIRST.replace("10栋,1单元,101,,", "10栋,1单元,101,庚小样,")
    bring_in(estate, clerk, chair, later, now)
    assert owners()["10栋1单元101"] == ["庚小样"]
    assert count(Title, Title.verified.is_(False), Title.to_on.is_(None)) == 0


def test_two_of_one_name_are_told_apart_by_number_and_kept_apart(estate, clerk, chair, now):
    body = "1栋,1单元,101,甲一明,90,13800000001\n1栋,1单元,102,甲一明,80,13800000002\n"
    bring_in(estate, clerk, chair, body, now)
    assert roll.entry_totals(estate.id).heads == 2
    ids = dict(db.session.execute(select(Person.phone, Person.id)).all())
    swapped = "1栋,1单元,102,甲一明,80,13800000002\n1栋,1单元,101,甲一明,90,13800000001\n"
    bring_in(estate, clerk, chair, swapped, now)
    assert dict(db.session.execute(select(Person.phone, Person.id)).all()) == ids
    assert count(Title) == 2


def test_a_roll_that_moved_since_the_upload_is_not_overwritten(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST, now)
    import_id = service.upload(clerk, estate.id, "旧.csv", csv(FIRST), now=now)
    unit_id = db.session.scalar(select(Unit.id).where(Unit.label == "1栋1单元102"))
    service.record_transfer(
        clerk,
        estate.id,
        unit_id,
        [{"name": "戊小样", "phone": "13800000005"}],
        effective_on=now.date(),
        evidence="不动产权证",
        now=now,
    )
    assert roll.import_page(estate.id, import_id).changed_since
    assert codes(lambda: service.confirm_import(chair, estate.id, import_id, now=now)) == [
        "roll_changed_since_upload"
    ]
    assert owners()["1栋1单元102"] == ["戊小样"]


def test_nominee_and_letter_of_a_sold_flat_end_with_its_title(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST, now)
    units = dict(db.session.execute(select(Unit.label, Unit.id)).all())
    persons = dict(db.session.execute(select(Person.name, Person.id)).all())
    service.record_representative(
        clerk,
        estate.id,
        units["1栋1单元102"],
        kind="nominee",
        person_id=persons["甲一明"],
        for_person_id=None,
        evidence="推举书",
        now=now,
    )
    service.issue_codes(clerk, estate.id, list(units.values()), now=now)
    bring_in(estate, clerk, chair, SECOND, now)
    assert count(Representative, Representative.to_at.is_(None)) == 0
    gone = {units["1栋1单元102"], units["10栋1单元101"]}
    revoked = set(
        db.session.scalars(
            select(HouseholdCode.unit_id).where(HouseholdCode.revoked_at.is_not(None))
        )
    )
    assert revoked == gone


def test_a_frozen_roll_stands_still_while_files_come_in(estate, clerk, chair, now):
    bring_in(estate, clerk, chair, FIRST, now)
    with atomic():
        frozen = service.freeze(estate.id, electorate="owners", scope={}, now=now)
    bring_in(estate, clerk, chair, SECOND, now)
    assert roll.frozen_roll(frozen.id) == frozen
    assert roll.recompute_digest(frozen.id) == frozen.digest
    assert roll.entry_totals(estate.id).digest != frozen.digest


def test_an_import_is_a_constant_number_of_statements(estate, clerk, chair, now, count_queries):
    def statements(rows):
        body = "".join(
            f"1栋,1单元,{100 + n},样本{n},90.00,138000{n:05}\n" for n in range(1, rows + 1)
        )
        other = make.estate()
        up, second = make.actor(other.id, Role.CLERK), make.actor(other.id, Role.CHAIR)
        import_id = service.upload(up, other.id, "名册.csv", csv(body), now=now)
        with count_queries() as q:
            service.confirm_import(second, other.id, import_id, now=now)
        return q.count

    assert statements(20) == statements(60)
