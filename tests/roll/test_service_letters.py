"""Household letters: a sealed code and two facts of the roll open the door, once."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, Refused
from hall.journal.models import JournalEntry
from hall.people import queries as people
from hall.people import service as people_service
from hall.people.models import Account, AccountPerson, Throttle, UserSession
from hall.people.rules.codes import digest, normal_code
from hall.permissions import Role
from hall.roll import service
from hall.roll.models import CodeUse, HouseholdCode, Title, Unit
from hall.roll.service import letters
from tests import make

PASSWORD = "小区门口的老槐树"
CLIENT = "10.0.0.1"


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords():
    people_service.use_cheap_hasher()


@pytest.fixture
def estate(app):
    return make.estate(slug="yangben", name="样本小区")


@pytest.fixture
def block(estate):
    return make.building(estate.id, name="2栋")


@pytest.fixture
def clerk(estate):
    return make.actor(estate.id, Role.CLERK)


@pytest.fixture
def home(estate, block):
    """A flat with two co-owners whose telephones are on the roll."""
    unit = make.unit(estate.id, block.id, label="2栋1单元502", room="502")
    one = make.person(estate.id, name="甲一明", phone="13800001234")
    two = make.person(estate.id, name="乙小样", phone="13800005678")
    make.title(unit, one.id, two.id)
    return unit, one, two


def issue(clerk, estate, now, *units):
    return service.issue_codes(clerk, estate.id, [u.id for u in units] or None, now=now)


def claim(code, now, **values):
    given = {
        "holder_name": "甲一明",
        "phone_tail": "1234",
        "login": "13800001234",
        "password": PASSWORD,
        "client": CLIENT,
        "user_agent": "测试",
    } | values
    return service.claim(code, **given, now=now)


def refusal(call):
    with pytest.raises(Refused) as e:
        call()
    return [b.code for b in e.value.blockers]


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


# --- issuing ---------------------------------------------------------------------------------


def test_a_code_stands_in_the_clear_on_the_letter_only(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    assert (letter.label, letter.letter_no) == ("2栋1单元502", "00001")
    assert letter.expires_at == now + timedelta(days=90)
    kept = db.session.scalars(select(HouseholdCode.code_sha)).one()
    assert kept == digest(normal_code(letter.code))
    (entry,) = db.session.scalars(select(JournalEntry))
    assert letter.code not in entry.facts
    assert normal_code(letter.code) not in entry.facts


def test_everybody_means_sold_homes_with_a_proven_owner(estate, clerk, block, home, now):
    make.home(estate.id, block.id)
    make.unit(estate.id, block.id)  # nobody on file
    unproven = make.unit(estate.id, block.id)
    make.title(unproven, make.person(estate.id).id, verified=False)
    gone, _ = make.home(estate.id, block.id, retired_at=now)
    make.home(estate.id, block.id, status="unsold")
    assert len(issue(clerk, estate, now)) == 2
    with pytest.raises(NotFound):
        issue(clerk, estate, now, gone)


def test_a_letter_issued_again_kills_the_old_code(estate, clerk, home, now):
    unit, *_ = home
    (old,) = issue(clerk, estate, now)
    (new,) = issue(clerk, estate, now + timedelta(days=1), unit)
    assert new.letter_no == "00002"
    assert refusal(lambda: service.find_letter(old.code, client=CLIENT, now=now)) == [
        "code_unknown"
    ]
    assert service.find_letter(new.code, client=CLIENT, now=now).unit_id == unit.id


def test_who_issues_and_for_whom(estate, clerk, home, now):
    for role in set(Role) - {Role.CHAIR, Role.MEMBER, Role.CLERK}:
        with pytest.raises(Forbidden):
            issue(make.actor(estate.id, role), estate, now)
    other = make.estate()
    with pytest.raises(NotFound):
        issue(make.actor(other.id, Role.CLERK), other, now, home[0])
    assert refusal(lambda: issue(make.actor(other.id, Role.CLERK), other, now)) == [
        "nobody_to_write_to"
    ]
    assert count(HouseholdCode) == 0


# --- the code --------------------------------------------------------------------------------


def test_a_code_shows_the_flat_and_no_name(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    shown = service.find_letter(letter.code.lower().replace("-", " "), client=CLIENT, now=now)
    assert (shown.estate_slug, shown.label, shown.room, shown.holders) == (
        "yangben",
        "2栋1单元502",
        "502",
        2,
    )
    assert not any("甲" in str(v) for v in (shown.label, shown.estate_name, shown.building))


def test_a_slip_of_the_hand_is_no_try_and_a_guess_is(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    for _ in range(30):
        assert refusal(lambda: service.find_letter(letter.code[:-1], client=CLIENT, now=now)) == [
            "code_format"
        ]
    assert count(Throttle) == 0
    for _ in range(letters.CODE_TRIES):
        assert refusal(
            lambda: service.find_letter("0000-0000-0000-0000", client=CLIENT, now=now)
        ) == ["code_unknown"]
    assert refusal(lambda: service.find_letter(letter.code, client=CLIENT, now=now)) == [
        "throttled"
    ]
    assert service.find_letter(letter.code, client="10.0.0.2", now=now).holders == 2


def test_a_code_lives_ninety_days(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    last = now + timedelta(days=90) - timedelta(seconds=1)
    assert service.find_letter(letter.code, client=CLIENT, now=last).holders == 2
    assert refusal(
        lambda: service.find_letter(letter.code, client=CLIENT, now=now + timedelta(days=90))
    ) == ["code_unknown"]


# --- claiming --------------------------------------------------------------------------------


def test_claiming_makes_account_link_and_session_at_once(estate, clerk, home, now):
    _, one, _ = home
    (letter,) = issue(clerk, estate, now)
    signed = claim(letter.code, now, holder_name=" 甲 一明 ", phone_tail="１２３４")
    actor = people.visitor(signed.token, now)
    assert actor.persons_in(estate.id) == {one.id}
    assert actor.roles_in(estate.id) == {Role.OWNER, Role.RESIDENT}
    assert actor.name == "甲一明"
    link = db.session.scalars(select(AccountPerson)).one()
    assert (link.how, link.level) == ("letter", 2)
    assert (
        people_service.sign_in(
            "13800001234", PASSWORD, client=CLIENT, user_agent="", now=now
        ).account_id
        == signed.account_id
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"holder_name": "甲一"},
        {"holder_name": "乙小样"},  # the other holder's name with this one's number
        {"phone_tail": "1235"},
        {"phone_tail": "0000"},
    ],
)
def test_both_facts_must_be_right_together(estate, clerk, home, now, facts):
    (letter,) = issue(clerk, estate, now)
    assert refusal(lambda: claim(letter.code, now, **facts)) == ["facts_wrong"]
    assert [count(t) for t in (Account, AccountPerson, UserSession)] == [1, 0, 0]  # the clerk's


def test_five_wrong_facts_lock_the_letter_for_everybody(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    for n in range(5):
        assert refusal(
            lambda n=n: claim(letter.code, now, phone_tail="0000", client=f"10.0.1.{n}")
        ) == ["facts_wrong"]
    assert refusal(lambda: claim(letter.code, now, client="10.0.2.1")) == ["throttled"]
    assert claim(letter.code, now + timedelta(minutes=15)).token


def test_guesses_sent_side_by_side_are_all_counted(estate, clerk, home, now, app):
    (letter,) = issue(clerk, estate, now)
    db.session.remove()
    heard: list[str] = []

    def guess(tail):
        with app.app_context():
            heard.extend(refusal(lambda: claim(letter.code, now, phone_tail=tail)))

    threads = [threading.Thread(target=guess, args=(f"{n:04}",)) for n in range(16)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(heard) == ["facts_wrong"] * 5 + ["throttled"] * 11


def test_a_tail_of_the_wrong_shape_is_no_try(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    for _ in range(8):
        for tail in ("123", "12345", "abcd", ""):
            assert refusal(lambda tail=tail: claim(letter.code, now, phone_tail=tail)) == [
                "phone_tail_format"
            ]
    assert claim(letter.code, now).token


def test_without_a_telephone_on_the_roll_one_goes_to_the_desk(estate, clerk, block, now):
    unit = make.unit(estate.id, block.id)
    make.title(unit, make.person(estate.id, name="丁小样", phone="").id)
    (letter,) = issue(clerk, estate, now)
    for name in ("丁小样", "别人"):  # the answer does not tell whether the name was right
        assert refusal(lambda name=name: claim(letter.code, now, holder_name=name)) == [
            "facts_at_desk"
        ]


def test_a_weak_password_costs_no_try_and_leaves_nothing(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    for _ in range(8):
        assert refusal(lambda: claim(letter.code, now, login="138", password="123")) == [
            "login_format",
            "password_too_short",
        ]
    assert claim(letter.code, now).token


def test_each_co_owner_claims_with_the_same_letter_and_nobody_twice(estate, clerk, home, now):
    _, one, two = home
    (letter,) = issue(clerk, estate, now)
    first = claim(letter.code, now)
    second = claim(letter.code, now, holder_name="乙小样", phone_tail="5678", login="13800005678")
    assert first.account_id != second.account_id
    assert set(db.session.execute(select(CodeUse.person_id)).scalars()) == {one.id, two.id}
    assert refusal(lambda: claim(letter.code, now)) == ["person_has_account"]
    assert refusal(lambda: claim(letter.code, now, login="another")) == ["person_has_account"]


def test_a_taken_login_leaves_nothing_half_done(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    people_service.create_account(name="别人", login="taken", password=PASSWORD, now=now)
    before = count(Account)
    assert refusal(lambda: claim(letter.code, now, login="taken")) == ["login_taken"]
    assert (count(Account), count(AccountPerson), count(CodeUse)) == (before, 0, 0)
    assert claim(letter.code, now).token


def test_a_forgotten_password_is_replaced_by_a_new_letter_only(estate, clerk, home, now):
    unit, *_ = home
    (letter,) = issue(clerk, estate, now)
    old = claim(letter.code, now)
    (again,) = issue(clerk, estate, now, unit)
    assert refusal(lambda: claim(again.code, now, login="another")) == ["person_has_account"]
    renewed = claim(again.code, now, password="河边新修的那条步道")
    assert renewed.account_id == old.account_id
    assert people.visitor(old.token, now) is None
    assert people.visitor(renewed.token, now) is not None
    assert refusal(lambda: claim(again.code, now, password=PASSWORD)) == ["person_has_account"]
    actions = list(db.session.scalars(select(JournalEntry.action)))
    assert "people.password_by_letter" in actions


def test_a_letter_replaced_or_a_flat_sold_meanwhile_admits_nobody(
    estate, clerk, home, now, monkeypatch
):
    unit, *_ = home
    (letter,) = issue(clerk, estate, now)
    real = people_service.hashed

    def while_hashing(change):
        def hashed(password):
            with atomic() as s:
                s.execute(change)
            return real(password)

        monkeypatch.setattr(letters.people, "hashed", hashed)

    while_hashing(update(HouseholdCode).values(revoked_at=now))
    assert refusal(lambda: claim(letter.code, now)) == ["code_unknown"]
    monkeypatch.setattr(letters.people, "hashed", real)
    (letter,) = issue(clerk, estate, now, unit)
    while_hashing(update(Title).values(to_on=now.date()))
    assert refusal(lambda: claim(letter.code, now)) == ["facts_wrong"]
    assert count(AccountPerson) == 0


def test_a_former_owner_is_nobody_to_the_letter(estate, clerk, home, now):
    unit, *_ = home
    (letter,) = issue(clerk, estate, now)
    service.record_transfer(
        clerk,
        estate.id,
        unit.id,
        [{"name": "丙小样", "phone": "13800009999"}],
        effective_on=now.date(),
        evidence="不动产权证",
        now=now,
    )
    assert refusal(lambda: claim(letter.code, now)) == ["code_unknown"]
    (fresh,) = issue(clerk, estate, now, unit)
    assert refusal(lambda: claim(fresh.code, now)) == ["facts_wrong"]
    assert claim(fresh.code, now, holder_name="丙小样", phone_tail="9999").token


def test_guardian_and_companys_person_claim_with_their_own_facts(estate, clerk, block, now):
    ward = make.person(estate.id, name="戊小样", phone="")
    company = make.person(estate.id, name="样本商贸有限公司", phone="", kind="company")
    guardian = make.person(estate.id, name="己小样", phone="13800007777")
    agent = make.person(estate.id, name="庚小样", phone="13800008888")
    home, shop = make.unit(estate.id, block.id), make.unit(estate.id, block.id, kind="shop")
    make.title(home, ward.id)
    make.title(shop, company.id)
    for kind, who, whom in (("guardian", guardian, ward), ("company", agent, company)):
        service.record_representative(
            clerk,
            estate.id,
            None,
            kind=kind,
            person_id=who.id,
            for_person_id=whom.id,
            evidence="证明",
            now=now,
        )
    by_unit = {x.unit_id: x.code for x in issue(clerk, estate, now)}
    one = claim(by_unit[home.id], now, holder_name="己小样", phone_tail="7777", login="one")
    two = claim(by_unit[shop.id], now, holder_name="庚小样", phone_tail="8888", login="two")
    for signed in (one, two):
        assert Role.OWNER in people.visitor(signed.token, now).roles_in(estate.id)


# --- a further flat --------------------------------------------------------------------------


def test_a_further_flat_or_estate_joins_the_same_account(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    signed = claim(letter.code, now)
    other = make.estate()
    there = make.building(other.id)
    make.title(
        make.unit(other.id, there.id), make.person(other.id, name="甲一明", phone="13800001234").id
    )
    (more,) = issue(make.actor(other.id, Role.CLERK), other, now)
    actor = people.visitor(signed.token, now)
    facts = {"holder_name": "甲一明", "phone_tail": "1234", "client": CLIENT, "now": now}
    row = service.claim_more(actor, more.code, **facts)
    assert row.estate_id == other.id
    service.claim_more(actor, more.code, **facts)  # twice is once
    grown = people.visitor(signed.token, now)
    assert {e for e, _ in grown.persons} == {estate.id, other.id}
    assert count(CodeUse) == 2


def test_nobody_takes_a_person_that_is_somebody_elses(estate, clerk, home, now):
    (letter,) = issue(clerk, estate, now)
    claim(letter.code, now)
    thief = make.actor(estate.id)
    assert refusal(
        lambda: service.claim_more(
            thief, letter.code, holder_name="甲一明", phone_tail="1234", client=CLIENT, now=now
        )
    ) == ["person_has_account"]


def test_numbers_and_codes_are_unique_over_many_letters(estate, clerk, block, now):
    for _ in range(30):
        make.home(estate.id, block.id)
    made = issue(clerk, estate, now)
    again = issue(clerk, estate, now)
    assert len({x.code for x in (*made, *again)}) == 60
    assert sorted(x.letter_no for x in (*made, *again)) == [f"{n:05}" for n in range(1, 61)]
    assert count(Unit) == 30
