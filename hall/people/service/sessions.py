"""Signing in and out: server-side sessions behind random tokens, every one revocable."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, insert, or_, select, update

from hall.clock import local_date
from hall.db import atomic, db, read_only
from hall.errors import Blocker, Forbidden, NotFound, Refused, refuse_if
from hall.journal.service import record
from hall.people.models import Account, AccountPerson, Post, UserSession
from hall.people.rules.codes import digest
from hall.people.rules.logins import Login, normal_login
from hall.people.rules.passwords import MAX_LENGTH, password_blockers
from hall.people.service import passwords
from hall.people.service.throttle import count_failure, forget, refuse_locked, throttle
from hall.permissions import Actor

WINDOW = timedelta(minutes=15)
TRIES_PER_LOGIN = 5
TRIES_PER_CLIENT = 10
OWNER_SESSION = timedelta(days=30)
STAFF_SESSION = timedelta(hours=12)

_log = logging.getLogger("hall.people")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A running session. The token goes into the browser's cookie and is stored nowhere.

    must_change: the password was handed over by somebody else and has to be replaced.
    """

    token: str
    account_id: int
    expires_at: datetime
    must_change: bool = False


def sign_in(login: str, password: str, *, client: str, user_agent: str, now: datetime) -> SignedIn:
    """Start a session: 12 hours with a post, 30 days otherwise.

    Refused: login_format (not counted as a try) | wrong_credentials, the same whether login or
    password is wrong | throttled(not_before) after 5 wrong tries at a login or 10 from a client
    within 15 minutes | handed_password_expired. Call it outside any transaction.
    """
    wanted = normal_login(login)
    if wanted is None:
        raise Refused(Blocker("login_format"))
    by_login, by_client = f"sign-in:{wanted.value}", f"sign-in from:{client}"
    with read_only():
        refuse_locked(by_client, limit=TRIES_PER_CLIENT, window=WINDOW, now=now)
    throttle(by_login, limit=TRIES_PER_LOGIN, window=WINDOW, now=now)
    with read_only() as session:  # no snapshot and no lock is held while the password is checked
        found = session.execute(
            select(Account.id, Account.password_hash, Account.handed_until).where(
                _login_is(wanted), Account.disabled_at.is_(None)
            )
        ).one_or_none()
    account_id, kept, handed_until = found or (0, None, None)
    right = passwords.matches(password[:MAX_LENGTH], kept) and len(password) <= MAX_LENGTH
    if not right or kept is None:
        count_failure(by_client, limit=TRIES_PER_CLIENT, window=WINDOW, now=now)
        _log.info("sign-in refused: wrong credentials, client %s", client)
        raise Refused(Blocker("wrong_credentials"))
    if handed_until is not None and handed_until <= now:
        raise Refused(Blocker("handed_password_expired", who="committee"))
    better = passwords.hashed(password) if passwords.is_outdated(kept) else kept
    with atomic() as session:
        forget(by_login)
        # Between the check and here the password may have been changed or the account disabled.
        same = session.execute(
            update(Account)
            .where(
                Account.id == account_id,
                Account.password_hash == kept,
                Account.disabled_at.is_(None),
            )
            .values(password_hash=better)
            .returning(Account.id)
        ).one_or_none()
        refuse_if([] if same else [Blocker("wrong_credentials")])
        started = start_session(account_id, user_agent=user_agent, now=now)
    _log.info("sign-in of account %s", account_id)
    return SignedIn(started.token, account_id, started.expires_at, handed_until is not None)


def start_session(account_id: int, *, user_agent: str, now: datetime) -> SignedIn:
    """A new session for an account that has just proven itself. Joins the caller's transaction."""
    today = local_date(now)
    serves = db.session.scalar(
        select(
            exists()
            .where(AccountPerson.account_id == account_id)
            .where(AccountPerson.person_id == Post.person_id)
            .where(or_(Post.to_on.is_(None), Post.to_on > today))
        )
    )
    token = secrets.token_urlsafe(32)
    expires_at = now + (STAFF_SESSION if serves else OWNER_SESSION)
    db.session.execute(
        insert(UserSession).values(
            token_sha=digest(token),
            account_id=account_id,
            created_at=now,
            expires_at=expires_at,
            user_agent=user_agent[:200],
        )
    )
    return SignedIn(token, account_id, expires_at)


def sign_out(token: str, *, now: datetime) -> None:
    """End the session of a token at once; a token that no longer runs is no error."""
    with atomic():
        _revoke(UserSession.token_sha == digest(token), now=now)


def sign_out_everywhere(actor: Actor, *, now: datetime) -> None:
    """End every session of the actor's account, this one too."""
    account_id = _own_account(actor)
    with atomic():
        revoke_sessions(account_id, now=now)
        record(
            actor, "people.signed_out_everywhere", "account", account_id, estate_id=None, now=now
        )


def end_session(actor: Actor, session_id: int, *, now: datetime) -> None:
    """End one session of the actor's own. NotFound for anybody else's."""
    account_id = _own_account(actor)
    with atomic() as session:
        known = session.scalar(
            select(UserSession.id).where(
                UserSession.id == session_id, UserSession.account_id == account_id
            )
        )
        if known is None:
            raise NotFound
        _revoke(UserSession.id == session_id, now=now)


def change_password(
    actor: Actor, old: str, new: str, *, now: datetime, keep: str | None = None
) -> None:
    """Replace one's own password and end every other session (keep: the token that goes on).

    Refused: wrong_password | throttled(not_before) | password_too_short | password_too_long |
    password_too_common | password_is_login. Call it outside any transaction.
    """
    account_id = _own_account(actor)
    key = f"change password:{account_id}"
    throttle(key, limit=TRIES_PER_LOGIN, window=WINDOW, now=now)
    with read_only() as session:
        kept, username, phone = session.execute(
            select(Account.password_hash, Account.username, Account.phone).where(
                Account.id == account_id
            )
        ).one()
    if not passwords.matches(old[:MAX_LENGTH], kept):
        raise Refused(Blocker("wrong_password"))
    refuse_if(password_blockers(new, login=username or phone or ""))
    new_hash = passwords.hashed(new)
    with atomic() as session:
        forget(key)
        session.execute(
            update(Account)
            .where(Account.id == account_id)
            .values(password_hash=new_hash, handed_until=None)
        )
        revoke_sessions(account_id, now=now, keep=keep)
        record(actor, "people.password_changed", "account", account_id, estate_id=None, now=now)


def revoke_sessions(account_id: int, *, now: datetime, keep: str | None = None) -> None:
    """End an account's sessions, except the one of the token keep. Joins the caller's transaction."""
    which: ColumnElement[bool] = UserSession.account_id == account_id
    if keep is not None:
        which &= UserSession.token_sha != digest(keep)
    _revoke(which, now=now)


def shorten_sessions(account_id: int, *, now: datetime) -> None:
    """Cut an account's sessions to what a post allows. Joins the caller's transaction."""
    latest = now + STAFF_SESSION
    db.session.execute(
        update(UserSession)
        .where(UserSession.account_id == account_id, UserSession.expires_at > latest)
        .values(expires_at=latest)
    )


def _login_is(login: Login) -> ColumnElement[bool]:
    return (Account.phone if login.kind == "phone" else Account.username) == login.value


def _revoke(which: ColumnElement[bool], *, now: datetime) -> None:
    db.session.execute(
        update(UserSession).where(which, UserSession.revoked_at.is_(None)).values(revoked_at=now)
    )


def _own_account(actor: Actor) -> int:
    if actor.account_id is None:
        raise Forbidden("people:own_account")
    return actor.account_id
