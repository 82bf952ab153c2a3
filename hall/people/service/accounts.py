"""Accounts, and the proof that an account is a person of an estate."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.journal.service import record
from hall.people.models import Account, AccountPerson, Person
from hall.people.rules.logins import Login, is_mobile, normal_login, normal_phone
from hall.people.rules.passwords import password_blockers
from hall.people.service import passwords
from hall.people.service.sessions import revoke_sessions
from hall.permissions import Actor

# Identity levels: a telephone number only; the real name matched to the roll.
LEVEL_PHONE = 1
LEVEL_MATCHED = 2


def create_account(*, name: str, login: str, password: str, now: datetime) -> int:
    """A new account that signs in with a mobile number or a user name; gives its id.

    Refused with all of: name_missing | login_format | login_taken | password_too_short |
    password_too_long | password_too_common | password_is_login.
    """
    wanted = checked_login(name=name, login=login, password=password)
    password_hash = passwords.hashed(password)
    return add_account(name=name, login=wanted, password_hash=password_hash, now=now)


def checked_login(*, name: str, login: str, password: str) -> Login:
    """The login in its normal form, after every check that needs no database. Raises Refused."""
    wanted = normal_login(login)
    found = [] if name.strip() else [Blocker("name_missing")]
    if wanted is None:
        found.append(Blocker("login_format"))
    found.extend(password_blockers(password, login=wanted.value if wanted else ""))
    refuse_if(found)
    if wanted is None:
        raise AssertionError("refused above")
    return wanted


def add_account(
    *,
    name: str,
    login: Login,
    password_hash: str,
    now: datetime,
    phone: str = "",
    handed_until: datetime | None = None,
) -> int:
    """Write an account whose password is hashed already. Refused: login_taken."""
    by_phone = login.value if login.kind == "phone" else normal_phone(phone)
    values = {
        "username": login.value if login.kind == "username" else None,
        "phone": by_phone if is_mobile(by_phone) else None,
        "name": name.strip(),
        "password_hash": password_hash,
        "handed_until": handed_until,
        "created_at": now,
    }
    try:
        with atomic() as session:
            account_id: int = session.execute(
                insert(Account).values(values).returning(Account.id)
            ).scalar_one()
    except IntegrityError as e:
        raise Refused(Blocker("login_taken")) from e
    return account_id


def find_account(login: Login) -> int | None:
    """The account of a login, or None."""
    column = Account.phone if login.kind == "phone" else Account.username
    return db.session.scalar(select(Account.id).where(column == login.value))


def account_of_person(person_id: int) -> int | None:
    """The account that has proven to be a person, or None."""
    return db.session.scalar(
        select(AccountPerson.account_id).where(AccountPerson.person_id == person_id)
    )


def set_password(
    account_id: int,
    password_hash: str,
    *,
    now: datetime,
    handed_until: datetime | None = None,
) -> None:
    """Give an account a new password and end all its sessions. Joins the caller's transaction.

    handed_until: set when somebody else chose it; until then it works and has to be changed.
    """
    db.session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(password_hash=password_hash, handed_until=handed_until)
    )
    revoke_sessions(account_id, now=now)


def link_person(
    account_id: int,
    estate_id: int,
    person_id: int,
    how: str,
    *,
    now: datetime,
    level: int = LEVEL_MATCHED,
) -> None:
    """Record that an account is a person of an estate (how: letter, desk, post); twice is once.

    NotFound for a person of another estate. Refused: person_has_account when it is somebody else's.
    """
    with atomic() as session:
        person = session.execute(
            select(Person.id, AccountPerson.account_id)
            .outerjoin(AccountPerson, AccountPerson.person_id == Person.id)
            .where(Person.id == person_id, Person.estate_id == estate_id)
            .with_for_update(of=Person.__table__)
        ).one_or_none()
        if person is None:
            raise NotFound
        if person.account_id == account_id:
            return
        refuse_if([] if person.account_id is None else [Blocker("person_has_account")])
        try:
            with atomic():
                session.execute(
                    insert(AccountPerson).values(
                        account_id=account_id,
                        estate_id=estate_id,
                        person_id=person_id,
                        level=level,
                        how=how,
                        at=now,
                    )
                )
        except IntegrityError as e:
            raise Refused(Blocker("person_has_account")) from e
        actor = Actor(account_id, _name(account_id))
        record(actor, "people.linked", "person", person_id, estate_id=estate_id, now=now, how=how)


def _name(account_id: int) -> str:
    return db.session.scalar(select(Account.name).where(Account.id == account_id)) or ""
