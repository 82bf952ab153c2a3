"""Reads of the people room: who a token is, who holds which post, which sessions run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
)

from hall.clock import local_date
from hall.db import Fixed, UtcDateTime, db
from hall.errors import Forbidden
from hall.people.models import Account, AccountPerson, Person, Post, UserSession
from hall.people.rules.codes import digest
from hall.people.rules.posts import role_of
from hall.permissions import Actor, Role

# Given a person id column, the Shanghai day and the instant: does that person own, or stand for an owner?
OwnerSource = Callable[
    [ColumnElement[int], ColumnElement[date], ColumnElement[datetime]], ColumnElement[bool]
]
_owner_sources: list[OwnerSource] = []
_visitor: Fixed | None = None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post on a day, with the name and telephone of its holder. evidence: why he holds it."""

    id: int
    body: str
    title: str
    name: str
    phone: str
    building_id: int | None
    from_on: date
    to_on: date | None
    person_id: int
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A running sign-in of an account, for the list of one's own devices."""

    id: int
    created_at: datetime
    expires_at: datetime
    user_agent: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as its own holder sees it."""

    id: int
    name: str
    username: str | None
    phone: str | None
    created_at: datetime
    handed_until: datetime | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of an estate's papers; account_id when somebody has proven to be that person."""

    id: int
    name: str
    phone: str
    kind: str
    account_id: int | None


def owner_source(source: OwnerSource) -> OwnerSource:
    """Tell this room another way of being an owner; titles belong to a room above it."""
    global _visitor
    _owner_sources.append(source)
    _visitor = None
    return source


def visitor(token: str, now: datetime) -> Actor | None:
    """Who holds this session token, with the roles of this very day; None when it no longer runs.

    One plain query, whatever the number of estates, posts and titles.
    """
    rows = _visitor_select().rows(sha=digest(token), now=now, day=local_date(now))
    if not rows:
        return None
    roles: set[tuple[int, Role]] = set()
    persons: set[tuple[int, int]] = set()
    for _, _, estate_id, person_id, owns, body, title in rows:
        if estate_id is None:
            continue
        persons.add((estate_id, person_id))
        roles.add((estate_id, Role.RESIDENT))
        if owns:
            roles.add((estate_id, Role.OWNER))
        if body is not None and (role := role_of(body, title)) is not None:
            roles.add((estate_id, role))
    return Actor(rows[0][0], rows[0][1], frozenset(roles), frozenset(persons))


def posts(estate_id: int, on: date) -> tuple[PostRow, ...]:
    """The posts active in an estate on a day, oldest first."""
    return _posts(estate_id, and_(Post.from_on <= on, or_(Post.to_on.is_(None), Post.to_on > on)))


def posts_ever(estate_id: int) -> tuple[PostRow, ...]:
    """Every post an estate ever granted, past and coming ones too, oldest first."""
    return _posts(estate_id, None)


def posts_of(actor: Actor, estate_id: int, on: date) -> tuple[PostRow, ...]:
    """The posts an actor holds in an estate on a day: the hats he may wear, oldest first."""
    persons = actor.persons_in(estate_id)
    if not persons:
        return ()
    return _posts(
        estate_id,
        and_(
            Post.person_id.in_(persons),
            Post.from_on <= on,
            or_(Post.to_on.is_(None), Post.to_on > on),
        ),
    )


def acting_post(actor: Actor, estate_id: int, post_id: int, on: date) -> PostRow:
    """The post under which an actor acts. Raises Forbidden unless it is his and active that day (I11)."""
    for post in posts_of(actor, estate_id, on):
        if post.id == post_id:
            return post
    raise Forbidden("people:act_under_post")


def sessions_of(account_id: int, now: datetime) -> tuple[SessionRow, ...]:
    """The sessions of an account that still run, newest first."""
    q = (
        select(
            UserSession.id, UserSession.created_at, UserSession.expires_at, UserSession.user_agent
        )
        .where(
            UserSession.account_id == account_id,
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now,
        )
        .order_by(UserSession.id.desc())
    )
    return tuple(SessionRow(*r) for r in db.session.connection().execute(q))


def account(account_id: int) -> AccountRow:
    """An account by id. Raises NoResultFound."""
    q = select(
        Account.id,
        Account.name,
        Account.username,
        Account.phone,
        Account.created_at,
        Account.handed_until,
    ).where(Account.id == account_id)
    return AccountRow(*db.session.connection().execute(q).one())


def names(account_ids: set[int]) -> dict[int, str]:
    """Names of accounts, for pages that say who did something."""
    if not account_ids:
        return {}
    q = select(Account.id, Account.name).where(Account.id.in_(account_ids))
    return dict(db.session.connection().execute(q).all())


def find_persons(estate_id: int, name: str, limit: int = 20) -> tuple[PersonRow, ...]:
    """Persons of an estate whose name contains the text, for staff who record a representative."""
    q = (
        select(Person.id, Person.name, Person.phone, Person.kind, AccountPerson.account_id)
        .outerjoin(AccountPerson, AccountPerson.person_id == Person.id)
        .where(Person.estate_id == estate_id, Person.name.contains(name.strip(), autoescape=True))
        .order_by(func.length(Person.name), Person.id)
        .limit(limit)
    )
    return tuple(PersonRow(*r) for r in db.session.connection().execute(q))


def _posts(estate_id: int, which: ColumnElement[bool] | None) -> tuple[PostRow, ...]:
    q = (
        select(
            Post.id,
            Post.body,
            Post.title,
            Person.name,
            Person.phone,
            Post.building_id,
            Post.from_on,
            Post.to_on,
            Post.person_id,
            Post.evidence,
        )
        .join(Person, Post.person_id == Person.id)
        .where(Post.estate_id == estate_id)
        .order_by(Post.from_on, Post.id)
    )
    if which is not None:
        q = q.where(which)
    rows: Iterable[Sequence[Any]] = db.session.connection().execute(q)
    return tuple(PostRow(*r) for r in rows)


def _visitor_select() -> Fixed:
    global _visitor
    if _visitor is None:
        s, a = UserSession.__table__.c, Account.__table__.c
        link, post = AccountPerson.__table__.c, Post.__table__.c
        now = bindparam("now", type_=UtcDateTime())
        day = bindparam("day", type_=Date())
        owns = or_(false(), *(source(link.person_id, day, now) for source in _owner_sources))
        _visitor = Fixed(
            select(a.id, a.name, link.estate_id, link.person_id, owns, post.body, post.title)
            .select_from(UserSession.__table__)
            .join(Account.__table__, a.id == s.account_id)
            .outerjoin(AccountPerson.__table__, link.account_id == a.id)
            .outerjoin(
                Post.__table__,
                and_(
                    post.person_id == link.person_id,
                    post.from_on <= day,
                    or_(post.to_on.is_(None), post.to_on > day),
                ),
            )
            .where(
                s.token_sha == bindparam("sha"),
                s.revoked_at.is_(None),
                s.expires_at > now,
                a.disabled_at.is_(None),
            )
        )
    return _visitor
