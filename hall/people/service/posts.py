"""Posts: granted with evidence for a term, ended by date; what they allow changes with the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select, update

from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.estates import queries as estates
from hall.journal.service import record
from hall.people.models import Account, AccountPerson, Person, Post
from hall.people.rules.codes import new_code
from hall.people.rules.logins import Login, normal_login, normal_phone
from hall.people.rules.posts import Term, active, end_blockers, grant_blockers
from hall.people.service import passwords
from hall.people.service.accounts import (
    LEVEL_MATCHED,
    account_of_person,
    add_account,
    find_account,
    link_person,
    set_password,
)
from hall.people.service.sessions import shorten_sessions
from hall.permissions import Action, Actor, require

HANDED_FOR = timedelta(days=14)
OPERATOR = Actor(account_id=None, name="operator")


@dataclass(frozen=True, slots=True)
class GrantedPost:
    """A post and the account that holds it; password only when the account is new, shown once."""

    post_id: int
    account_id: int
    password: str | None


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    phone: str
    login: Login
    term: Term
    evidence: str


def grant_post(
    actor: Actor,
    estate_id: int,
    *,
    name: str,
    phone: str,
    body: str,
    title: str,
    building_id: int | None,
    from_on: date,
    to_on: date | None,
    evidence: str,
    username: str,
    now: datetime,
) -> GrantedPost:
    """Give a person a post for a term; makes the person and the account where there is none.

    username: empty to sign in with the telephone number. Refused with all of: name_missing |
    evidence_missing | login_format | no_such_title | steward_needs_building | no_such_building |
    term_is_empty | post_already_held | posts_exclude_each_other | account_is_someone_else |
    login_taken.
    """
    require(actor, Action.GRANT_POST, estate_id)
    term = Term(body, title, building_id, from_on, to_on)
    return _grant(actor, estate_id, name, phone, username, term, evidence, now=now)


def grant_first_post(
    estate_id: int,
    *,
    name: str,
    phone: str,
    body: str,
    title: str,
    from_on: date,
    to_on: date | None,
    evidence: str,
    username: str,
    now: datetime,
) -> GrantedPost:
    """What grant_post does, by whoever runs the server: an empty estate has nobody to ask."""
    term = Term(body, title, None, from_on, to_on)
    return _grant(OPERATOR, estate_id, name, phone, username, term, evidence, now=now)


def end_post(actor: Actor, estate_id: int, post_id: int, *, to_on: date, now: datetime) -> None:
    """Let a post end: from the day to_on (today or later) it gives no role any more.

    NotFound for another estate's post. Refused: post_ends_in_past | post_already_ended.
    """
    require(actor, Action.GRANT_POST, estate_id)
    with atomic() as session:
        row = session.execute(
            select(Post.body, Post.title, Post.building_id, Post.from_on, Post.to_on)
            .where(Post.id == post_id, Post.estate_id == estate_id)
            .with_for_update()
        ).one_or_none()
        if row is None:
            raise NotFound
        refuse_if(end_blockers(Term(*row), to_on=to_on, today=local_date(now)))
        session.execute(update(Post).where(Post.id == post_id).values(to_on=to_on))
        record(
            actor,
            "people.post_ended",
            "post",
            post_id,
            estate_id=estate_id,
            now=now,
            to_on=to_on.isoformat(),
        )


def reissue_password(actor: Actor, estate_id: int, post_id: int, *, now: datetime) -> str:
    """A new one-time password for the holder of a post, shown once; every session of theirs ends.

    For officials who forgot theirs; an owner uses a new letter. It works for fourteen days and has
    to be changed. NotFound for another estate's post. Refused: post_not_active | own_password.
    """
    require(actor, Action.GRANT_POST, estate_id)
    password = new_code()
    password_hash = passwords.hashed(password)
    with atomic() as session:
        row = session.execute(
            select(
                AccountPerson.account_id,
                Post.body,
                Post.title,
                Post.building_id,
                Post.from_on,
                Post.to_on,
            )
            .join(AccountPerson, AccountPerson.person_id == Post.person_id)
            .where(Post.id == post_id, Post.estate_id == estate_id)
        ).one_or_none()
        if row is None:
            raise NotFound
        account_id = row.account_id
        term = Term(row.body, row.title, row.building_id, row.from_on, row.to_on)
        found = []
        if not active(term, local_date(now)):
            found.append(Blocker("post_not_active"))
        if account_id == actor.account_id:
            found.append(Blocker("own_password"))
        refuse_if(found)
        set_password(account_id, password_hash, now=now, handed_until=now + HANDED_FOR)
        record(actor, "people.password_reissued", "post", post_id, estate_id=estate_id, now=now)
    return password


def reissue_password_at_server(login: str, *, now: datetime) -> str:
    """What reissue_password does, for any login, by whoever runs the server. NotFound."""
    wanted = normal_login(login)
    password = new_code()
    password_hash = passwords.hashed(password)
    with atomic():
        account_id = find_account(wanted) if wanted is not None else None
        if account_id is None:
            raise NotFound("account")
        set_password(account_id, password_hash, now=now, handed_until=now + HANDED_FOR)
        record(OPERATOR, "people.password_reissued", "account", account_id, estate_id=None, now=now)
    return password


def _grant(
    actor: Actor,
    estate_id: int,
    name: str,
    phone: str,
    username: str,
    term: Term,
    evidence: str,
    *,
    now: datetime,
) -> GrantedPost:
    login = normal_login(username or phone)
    password = new_code()
    password_hash = passwords.hashed(password)  # before the lock: it takes a tenth of a second
    wanted_phone = normal_phone(phone)
    with atomic():
        person_id = _find_person(estate_id, name.strip(), wanted_phone)
        found = list(
            grant_blockers(
                term,
                held=_held(person_id),
                buildings=[b.id for b in estates.buildings(estate_id)],
                name=name,
                evidence=evidence,
            )
        )
        if login is None:
            raise Refused([*found, Blocker("login_format")])
        account_id = account_of_person(person_id) if person_id is not None else None
        account_id = account_id if account_id is not None else find_account(login)
        if account_id is not None and not _is_called(account_id, name.strip()):
            found.append(Blocker("account_is_someone_else"))
        refuse_if(found)
        if person_id is None:
            person_id = _add_person(estate_id, name.strip(), wanted_phone, now)
        is_new = account_id is None
        if account_id is None:
            account_id = add_account(
                name=name,
                login=login,
                password_hash=password_hash,
                phone=wanted_phone,
                handed_until=now + HANDED_FOR,
                now=now,
            )
        link_person(account_id, estate_id, person_id, "post", now=now, level=LEVEL_MATCHED)
        post_id = _add_post(actor, estate_id, person_id, term, evidence, now=now)
        shorten_sessions(account_id, now=now)
    return GrantedPost(post_id, account_id, password if is_new else None)


def _add_post(
    actor: Actor, estate_id: int, person_id: int, term: Term, evidence: str, *, now: datetime
) -> int:
    post_id: int = db.session.execute(
        insert(Post)
        .values(
            estate_id=estate_id,
            person_id=person_id,
            body=term.body,
            title=term.title,
            building_id=term.building_id,
            from_on=term.from_on,
            to_on=term.to_on,
            evidence=evidence.strip(),
            granted_by=actor.account_id,
            granted_at=now,
        )
        .returning(Post.id)
    ).scalar_one()
    record(
        actor,
        "people.post_granted",
        "post",
        post_id,
        estate_id=estate_id,
        now=now,
        body=term.body,
        title=term.title,
        from_on=term.from_on.isoformat(),
        to_on=term.to_on.isoformat() if term.to_on else None,
    )
    return post_id


def _find_person(estate_id: int, name: str, phone: str) -> int | None:
    """The estate's person of this name and number: an owner who takes a post stays one person."""
    return db.session.scalar(
        select(Person.id)
        .where(
            Person.estate_id == estate_id,
            Person.name == name,
            Person.phone == phone,
            Person.kind == "natural",
        )
        .order_by(Person.id)
        .limit(1)
    )


def _add_person(estate_id: int, name: str, phone: str, now: datetime) -> int:
    person_id: int = db.session.execute(
        insert(Person)
        .values(estate_id=estate_id, name=name, phone=phone, kind="natural", created_at=now)
        .returning(Person.id)
    ).scalar_one()
    return person_id


def _held(person_id: int | None) -> list[Term]:
    if person_id is None:
        return []
    q = select(Post.body, Post.title, Post.building_id, Post.from_on, Post.to_on).where(
        Post.person_id == person_id
    )
    return [Term(*row) for row in db.session.execute(q)]


def _is_called(account_id: int, name: str) -> bool:
    return db.session.scalar(select(Account.name).where(Account.id == account_id)) == name
