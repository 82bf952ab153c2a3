"""Signing in, accounts and posts, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update

from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, Refused
from hall.journal.models import JournalEntry
from hall.people import queries as people
from hall.people import service
from hall.people.models import Account, AccountPerson, Person, Post, Throttle, UserSession
from hall.people.rules.codes import digest
from hall.people.service import passwords
from hall.permissions import Action, Role, may
from tests import make

PASSWORD = "小区门口的老槐树"
PHONE = "13800001234"


@pytest.fixture
def account(app, now):
    return service.create_account(name="样本一", login=PHONE, password=PASSWORD, now=now)


def sign_in(now, password=PASSWORD, login=PHONE, client="10.0.0.1"):
    return service.sign_in(login, password, client=client, user_agent="测试", now=now)


def refusal(call):
    with pytest.raises(Refused) as e:
        call()
    return [b.code for b in e.value.blockers]


# --- signing in ------------------------------------------------------------------------------


def test_a_session_runs_thirty_days_and_its_token_is_stored_nowhere(account, now):
    signed = sign_in(now)
    assert signed.account_id == account
    assert signed.expires_at == now + timedelta(days=30)
    assert len(signed.token) >= 43  # 256 bits
    kept = db.session.scalars(select(UserSession.token_sha)).one()
    assert kept == digest(signed.token) != signed.token
    assert people.visitor(signed.token, now).account_id == account
    assert people.visitor(signed.token, now + timedelta(days=30)) is None
    assert people.visitor(signed.token, now + timedelta(days=30, seconds=-1)) is not None


def test_every_sign_in_has_a_token_of_its_own(account, now):
    assert sign_in(now).token != sign_in(now).token
    assert people.visitor("made up", now) is None


def test_the_login_is_read_as_people_write_it(account, now):
    assert sign_in(now, login="+86 138 0000 1234").account_id == account


def test_who_holds_a_post_is_signed_in_for_twelve_hours(account, now):
    e = make.estate()
    who = make.person(e.id)
    make.link(account, who)
    make.post(who, "committee", "chair", to_on=date(2026, 5, 7))
    assert sign_in(now).expires_at == now + timedelta(hours=12)
    later = now + timedelta(days=1)  # 7 May: the post has ended
    assert sign_in(later).expires_at == later + timedelta(days=30)


def test_wrong_password_and_unknown_login_are_told_apart_by_nobody(account, now, monkeypatch):
    checked = []
    real = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, h, p: (checked.append(h), real(self, h, p))[1]
    )
    assert refusal(lambda: sign_in(now, password="wrong wrong")) == ["wrong_credentials"]
    assert refusal(lambda: sign_in(now, login="13900009999")) == ["wrong_credentials"]
    assert refusal(lambda: sign_in(now, login="nobody-here")) == ["wrong_credentials"]
    assert refusal(lambda: sign_in(now, password=PASSWORD + "x" * 200)) == ["wrong_credentials"]
    assert len(checked) == 4  # an unknown login costs the same work


def test_an_account_without_a_password_or_disabled_signs_nobody_in(account, now):
    make.account(username="empty")
    assert refusal(lambda: sign_in(now, login="empty", password="")) == ["wrong_credentials"]
    token = sign_in(now).token
    with atomic() as s:
        s.execute(update(Account).where(Account.id == account).values(disabled_at=now))
    assert people.visitor(token, now) is None
    assert refusal(lambda: sign_in(now)) == ["wrong_credentials"]


def test_five_wrong_tries_lock_a_login_for_a_quarter_of_an_hour_from_the_fifth(account, now):
    for minute in range(5):
        at = now + timedelta(minutes=minute)
        assert refusal(lambda at=at: sign_in(at, password="wrong wrong")) == ["wrong_credentials"]
    fifth = now + timedelta(minutes=4)
    with pytest.raises(Refused) as e:
        sign_in(fifth, client="10.0.0.2")  # the right password, from another place
    (blocker,) = e.value.blockers
    assert (blocker.code, blocker.not_before) == ("throttled", fifth + timedelta(minutes=15))
    assert refusal(lambda: sign_in(fifth + timedelta(minutes=14, seconds=59))) == ["throttled"]
    assert sign_in(fifth + timedelta(minutes=15), client="10.0.0.2").account_id == account


def test_a_success_starts_the_count_of_its_login_afresh(account, now):
    for _ in range(4):
        refusal(lambda: sign_in(now, password="wrong wrong"))
    sign_in(now)
    for _ in range(4):
        assert refusal(lambda: sign_in(now, password="wrong wrong")) == ["wrong_credentials"]


def test_ten_wrong_tries_from_one_client_lock_the_client_whatever_the_login(account, now):
    for n in range(10):
        assert refusal(lambda n=n: sign_in(now, login=f"1390000000{n}")) == ["wrong_credentials"]
    assert refusal(lambda: sign_in(now)) == ["throttled"]
    assert sign_in(now, client="10.0.0.2").account_id == account  # others are not locked out
    assert sign_in(now + timedelta(minutes=15)).account_id == account


def test_right_sign_ins_never_count_against_a_client(account, now):
    for _ in range(30):
        sign_in(now)


def test_a_login_of_the_wrong_shape_is_no_try(account, now):
    for _ in range(12):
        assert refusal(lambda: sign_in(now, login="1380000123")) == ["login_format"]
    assert db.session.scalar(select(func.count()).select_from(Throttle)) == 0
    assert sign_in(now).account_id == account


def test_the_counters_hold_neither_telephone_numbers_nor_addresses(account, now):
    refusal(lambda: sign_in(now, password="wrong wrong"))
    keys = db.session.scalars(select(Throttle.key)).all()
    assert len(keys) == 2
    assert not any(PHONE in k or "10.0.0.1" in k for k in keys)


def test_the_counter_lives_in_the_database(account, now):
    """Another worker, or this one after a restart, has only the table to go by."""
    for _ in range(5):
        refusal(lambda: sign_in(now, password="wrong wrong"))
    db.session.remove()
    db.engine.dispose()
    assert refusal(lambda: sign_in(now)) == ["throttled"]


def test_old_hashes_are_renewed_when_the_password_is_known(account, now, monkeypatch):
    monkeypatch.setattr(
        passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    )
    before = db.session.scalar(select(Account.password_hash))
    sign_in(now)
    after = db.session.scalar(select(Account.password_hash))
    assert "t=1" in before
    assert "t=2" in after


def test_the_library_default_is_what_production_uses():
    usual = PasswordHasher()
    assert (usual.memory_cost, usual.time_cost) >= (65536, 3)


# --- signing out -----------------------------------------------------------------------------


def test_a_signed_out_token_is_dead_at_once_and_the_others_live(account, now):
    one, two = sign_in(now), sign_in(now)
    service.sign_out(one.token, now=now)
    assert people.visitor(one.token, now) is None
    assert people.visitor(two.token, now) is not None
    service.sign_out(one.token, now=now)
    service.sign_out("made up", now=now)


def test_sign_out_everywhere_ends_every_session_of_the_account_only(account, now):
    other = service.create_account(name="样本二", login="second", password=PASSWORD, now=now)
    tokens = [sign_in(now).token for _ in range(3)]
    stays = sign_in(now, login="second").token
    service.sign_out_everywhere(people.visitor(tokens[0], now), now=now)
    assert [people.visitor(t, now) for t in tokens] == [None] * 3
    assert people.visitor(stays, now).account_id == other


def test_one_session_can_be_ended_by_its_owner_only(account, now):
    signed = sign_in(now)
    actor = people.visitor(signed.token, now)
    (row,) = people.sessions_of(account, now)
    with pytest.raises(NotFound):
        service.end_session(make.actor(1), row.id, now=now)
    service.end_session(actor, row.id, now=now)
    assert people.sessions_of(account, now) == ()
    assert people.visitor(signed.token, now) is None


def test_a_new_password_ends_the_other_sessions(account, now):
    here, there = sign_in(now), sign_in(now)
    actor = people.visitor(here.token, now)
    service.change_password(actor, PASSWORD, "河边新修的那条步道", now=now, keep=here.token)
    assert people.visitor(here.token, now) is not None
    assert people.visitor(there.token, now) is None
    assert refusal(lambda: sign_in(now)) == ["wrong_credentials"]
    assert sign_in(now, password="河边新修的那条步道").account_id == account


def test_the_old_password_must_be_right_and_guesses_are_counted(account, now):
    actor = people.visitor(sign_in(now).token, now)

    def change(old, new="河边新修的那条步道"):
        return refusal(lambda: service.change_password(actor, old, new, now=now))

    assert change(PASSWORD, "12345678") == ["password_too_common"]
    assert [change("wrong wrong") for _ in range(4)] == [["wrong_password"]] * 4
    assert change(PASSWORD) == ["throttled"]


# --- accounts --------------------------------------------------------------------------------


def test_an_account_says_everything_that_is_wrong_with_it(app, now):
    def make_one(**values):
        given = {"name": "样本", "login": PHONE, "password": PASSWORD} | values
        return lambda: service.create_account(**given, now=now)

    assert refusal(make_one(name="", login="1380", password="123")) == [
        "name_missing",
        "login_format",
        "password_too_short",
    ]
    make_one()()
    assert refusal(make_one(login="138 0000 1234")) == ["login_taken"]
    assert db.session.scalar(select(func.count()).select_from(Account)) == 1


def test_a_person_belongs_to_one_account(account, now):
    e, other = make.estate(), make.estate()
    who = make.person(e.id)
    with pytest.raises(NotFound):
        service.link_person(account, other.id, who.id, "letter", now=now)
    service.link_person(account, e.id, who.id, "letter", now=now)
    service.link_person(account, e.id, who.id, "letter", now=now)
    second = service.create_account(name="样本二", login="second", password=PASSWORD, now=now)
    assert refusal(lambda: service.link_person(second, e.id, who.id, "letter", now=now)) == [
        "person_has_account"
    ]
    assert db.session.scalars(select(AccountPerson.account_id)).all() == [account]
    assert db.session.scalars(select(JournalEntry.action)).all() == ["people.linked"]


# --- posts -----------------------------------------------------------------------------------


def grant(actor, estate_id, now, **values):
    given = {
        "name": "样本主任",
        "phone": "13900001111",
        "body": "committee",
        "title": "chair",
        "building_id": None,
        "from_on": date(2026, 5, 6),
        "to_on": date(2029, 5, 6),
        "evidence": "备案回执〔2026〕9号",
        "username": "",
    }
    return service.grant_post(actor, estate_id, **(given | values), now=now)


def test_a_post_opens_an_account_with_a_password_to_be_changed(app, now):
    e = make.estate()
    post = grant(make.actor(e.id, Role.COMMUNITY), e.id, now)
    signed = sign_in(now, login="13900001111", password=post.password)
    assert (signed.account_id, signed.must_change) == (post.account_id, True)
    actor = people.visitor(signed.token, now)
    assert actor.roles_in(e.id) == {Role.CHAIR, Role.RESIDENT}
    service.change_password(actor, post.password, PASSWORD, now=now)
    assert not sign_in(now, login="13900001111").must_change
    (row,) = people.posts(e.id, date(2026, 5, 6))
    assert (row.name, row.body, row.title) == ("样本主任", "committee", "chair")
    (entry,) = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action == "people.post_granted")
    )
    assert entry.estate_id == e.id
    assert "13900001111" not in entry.facts


def test_a_handed_password_dies_after_a_fortnight(app, now):
    e = make.estate()
    post = grant(make.actor(e.id, Role.COMMUNITY), e.id, now)
    late = now + timedelta(days=14)
    assert refusal(lambda: sign_in(late, login="13900001111", password=post.password)) == [
        "handed_password_expired"
    ]


def test_an_owner_who_takes_a_post_stays_one_person_with_one_account(account, now):
    e = make.estate()
    b = make.building(e.id)
    unit = make.unit(e.id, b.id)
    who = make.person(e.id, name="样本一", phone=PHONE)
    make.title(unit, who.id)
    make.link(account, who)
    token = sign_in(now).token
    post = grant(make.actor(e.id, Role.COMMUNITY), e.id, now, name="样本一", phone=PHONE)
    assert (post.account_id, post.password) == (account, None)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1
    (session,) = people.sessions_of(account, now)
    assert session.expires_at == now + timedelta(hours=12)  # a chair is not signed in for a month
    assert {Role.CHAIR, Role.OWNER} <= people.visitor(token, now).roles_in(e.id)


def test_one_telephone_number_is_not_two_people(app, now):
    e = make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    grant(by, e.id, now)
    assert refusal(lambda: grant(by, e.id, now, name="样本副手", title="vice_chair")) == [
        "account_is_someone_else"
    ]


def test_only_the_community_grants_posts_and_only_in_its_estates(app, now):
    e, other = make.estate(), make.estate()
    for role in set(Role) - {Role.COMMUNITY}:
        with pytest.raises(Forbidden):
            grant(make.actor(e.id, role), e.id, now)
    with pytest.raises(Forbidden):
        grant(make.actor(other.id, Role.COMMUNITY), e.id, now)
    assert db.session.scalar(select(func.count()).select_from(Post)) == 0


def test_the_first_post_of_an_empty_estate_is_given_at_the_server(app, now):
    e = make.estate()
    post = service.grant_first_post(
        e.id,
        name="样本书记",
        phone="",
        body="community",
        title="secretary",
        from_on=date(2026, 5, 1),
        to_on=None,
        evidence="任职通知",
        username="shuji",
        now=now,
    )
    actor = people.visitor(sign_in(now, login="shuji", password=post.password).token, now)
    assert may(actor, Action.GRANT_POST, e.id)


def test_a_post_acts_from_its_first_day_to_the_day_before_its_last(app, now):
    e = make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    post = grant(by, e.id, now, from_on=date(2026, 5, 7), to_on=date(2026, 5, 9))
    token = sign_in(now, login="13900001111", password=post.password).token

    def chairs(hours):
        at = now + timedelta(hours=hours)  # now is 10:00 on 6 May in Shanghai
        service.sweep(now=now)
        with atomic() as s:
            s.execute(update(UserSession).values(expires_at=at + timedelta(hours=1)))
        return Role.CHAIR in people.visitor(token, at).roles_in(e.id)

    assert [chairs(h) for h in (13, 14, 61, 62)] == [False, True, True, False]


def test_a_post_that_ends_today_gives_no_role_with_the_next_request(app, now):
    e = make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    post = grant(by, e.id, now)
    token = sign_in(now, login="13900001111", password=post.password).token
    assert Role.CHAIR in people.visitor(token, now).roles_in(e.id)
    service.end_post(by, e.id, post.post_id, to_on=date(2026, 5, 6), now=now)
    assert people.visitor(token, now).roles_in(e.id) == {Role.RESIDENT}
    assert people.posts(e.id, date(2026, 5, 6)) == ()
    assert len(people.posts_ever(e.id)) == 1
    assert refusal(
        lambda: service.end_post(by, e.id, post.post_id, to_on=date(2026, 5, 5), now=now)
    ) == ["post_ends_in_past"]


def test_another_estates_post_is_not_found(app, now):
    e, other = make.estate(), make.estate()
    post = grant(make.actor(e.id, Role.COMMUNITY), e.id, now)
    for post_id in (post.post_id, 999):
        with pytest.raises(NotFound):
            service.end_post(
                make.actor(other.id, Role.COMMUNITY),
                other.id,
                post_id,
                to_on=date(2026, 5, 6),
                now=now,
            )


def test_sweeping_forgets_yesterdays_counters_and_keeps_todays(account, now):
    refusal(lambda: sign_in(now, password="wrong wrong"))
    sign_in(now, client="10.0.0.9")
    service.sweep(now=now + timedelta(hours=23))
    assert db.session.scalar(select(func.count()).select_from(Throttle)) == 1
    service.sweep(now=now + timedelta(days=61))
    assert db.session.scalar(select(func.count()).select_from(Throttle)) == 0
    assert db.session.scalar(select(func.count()).select_from(UserSession)) == 0


def test_an_official_who_forgot_gets_a_new_password_and_every_session_ends(app, now):
    e = make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    post = grant(by, e.id, now)
    token = sign_in(now, login="13900001111", password=post.password).token
    new = service.reissue_password(by, e.id, post.post_id, now=now)
    assert new != post.password
    assert people.visitor(token, now) is None
    assert refusal(lambda: sign_in(now, login="13900001111", password=post.password)) == [
        "wrong_credentials"
    ]
    assert sign_in(now, login="13900001111", password=new).must_change
    (entry,) = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action == "people.password_reissued")
    )
    assert new not in entry.facts


def test_who_gets_no_password_issued(app, now):
    e, other = make.estate(), make.estate()
    by = make.actor(e.id, Role.COMMUNITY)
    coming = grant(by, e.id, now, from_on=date(2026, 6, 1), to_on=None)
    assert refusal(lambda: service.reissue_password(by, e.id, coming.post_id, now=now)) == [
        "post_not_active"
    ]
    who = make.person(e.id)
    make.link(by.account_id, who)
    own = make.post(who, "community", "secretary")
    assert refusal(lambda: service.reissue_password(by, e.id, own.id, now=now)) == ["own_password"]
    with pytest.raises(NotFound):
        service.reissue_password(
            make.actor(other.id, Role.COMMUNITY), other.id, coming.post_id, now=now
        )
    with pytest.raises(Forbidden):
        service.reissue_password(make.actor(e.id, Role.CHAIR), e.id, coming.post_id, now=now)


def test_the_server_gives_any_account_a_new_password(account, now):
    new = service.reissue_password_at_server("138 0000 1234", now=now)
    assert sign_in(now, password=new).must_change
    for login in ("13900009999", "not a login"):
        with pytest.raises(NotFound):
            service.reissue_password_at_server(login, now=now)
