"""Household letters: a sealed code opens the door once; who knocks must also know the roll."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from sqlalchemy import func, insert, or_, select, update

from hall.db import atomic, db
from hall.errors import Blocker, NotFound, Refused
from hall.estates.models import Building, Entrance, Estate
from hall.journal import service as journal
from hall.people import service as people
from hall.people.models import Person
from hall.people.rules.codes import digest, new_code, normal_code
from hall.people.service import SignedIn
from hall.permissions import Action, Actor, require
from hall.roll.models import CodeUse, HouseholdCode, Representative, Title, TitleHolder, Unit

VALID_FOR = timedelta(days=90)
CODE_TRIES, FACT_TRIES = 20, 5
WINDOW = timedelta(minutes=15)
_TAIL = re.compile("^[0-9]{4}$")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to print; the only place where a code stands in the clear."""

    unit_id: int
    label: str
    letter_no: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LetterRow:
    """What a valid code shows before anybody has proven anything: the flat, no name."""

    code_id: int
    estate_id: int
    estate_slug: str
    estate_name: str
    unit_id: int
    label: str
    building: str
    entrance: str
    room: str
    holders: int


def issue_codes(
    actor: Actor, estate_id: int, unit_ids: Sequence[int] | None, *, now: datetime
) -> tuple[Letter, ...]:
    """Fresh codes for these units, or for every home with a proven owner; earlier ones stop working.

    Raises Forbidden, NotFound (a unit that is none here), Refused: nobody_to_write_to.
    """
    with atomic():
        db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        require(actor, Action.ISSUE_CODES, estate_id)
        q = (
            select(Unit.id, Unit.label)
            .where(Unit.estate_id == estate_id, Unit.retired_at.is_(None))
            .order_by(Unit.sort, Unit.id)
        )
        if unit_ids is None:
            q = q.join(Title, Title.unit_id == Unit.id).where(
                Title.to_on.is_(None), Title.verified.is_(True), Unit.status == "sold"
            )
        else:
            q = q.where(Unit.id.in_(list(unit_ids)))
        units = db.session.execute(q).all()
        if unit_ids is not None and len(units) != len(set(unit_ids)):
            raise NotFound("unit")
        if not units:
            raise Refused(Blocker("nobody_to_write_to"))
        db.session.execute(
            update(HouseholdCode)
            .where(
                HouseholdCode.unit_id.in_([u for u, _ in units]),
                HouseholdCode.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )
        last = (
            db.session.scalar(
                select(func.count())
                .select_from(HouseholdCode)
                .where(HouseholdCode.estate_id == estate_id)
            )
            or 0
        )
        expires = now + VALID_FOR
        letters = tuple(
            Letter(unit_id, label, f"{n:05d}", new_code(), expires)
            for n, (unit_id, label) in enumerate(units, last + 1)
        )
        db.session.execute(
            insert(HouseholdCode),
            [
                {
                    "estate_id": estate_id,
                    "unit_id": letter.unit_id,
                    "code_sha": digest(normal_code(letter.code) or ""),
                    "letter_no": letter.letter_no,
                    "issued_at": now,
                    "issued_by": actor.account_id,
                    "expires_at": expires,
                }
                for letter in letters
            ],
        )
        journal.record(
            actor,
            "roll.issue_codes",
            "estate",
            estate_id,
            estate_id=estate_id,
            now=now,
            letters=len(letters),
        )
        return letters


def find_letter(code: str, *, client: str, now: datetime) -> LetterRow:
    """The flat a code was written for. A wrong shape is a slip and is not counted as a try.

    Raises Refused: code_format, code_unknown (never issued, replaced or expired), throttled.
    """
    bare = normal_code(code)
    if bare is None:
        raise Refused(Blocker("code_format"))
    key = f"code:{client}"
    people.refuse_locked(key, limit=CODE_TRIES, window=WINDOW, now=now)
    row = db.session.execute(
        select(
            HouseholdCode.id,
            HouseholdCode.revoked_at,
            HouseholdCode.expires_at,
            Estate.id,
            Estate.slug,
            Estate.name,
            Unit.id,
            Unit.label,
            Building.name,
            func.coalesce(Entrance.name, ""),
            Unit.room,
        )
        .join(Estate, Estate.id == HouseholdCode.estate_id)
        .join(Unit, Unit.id == HouseholdCode.unit_id)
        .join(Building, Building.id == Unit.building_id)
        .outerjoin(Entrance, Entrance.id == Unit.entrance_id)
        .where(HouseholdCode.code_sha == digest(bare))
    ).one_or_none()
    if row is None or row[1] is not None or now >= row[2]:
        people.count_failure(key, limit=CODE_TRIES, window=WINDOW, now=now)
        raise Refused(Blocker("code_unknown", {}, "clerk"))
    return LetterRow(row[0], *row[3:], holders=len(_entitled(row[6], now)))


def claim(
    code: str,
    *,
    holder_name: str,
    phone_tail: str,
    login: str,
    password: str,
    client: str,
    user_agent: str,
    now: datetime,
) -> SignedIn:
    """Prove to be a holder, or who stands for one, by letter and two facts of the roll; signs in.

    Makes the account, its link to the person and the session in one transaction. Who has an
    account already gives its login and sets a new password by a letter not used before; every
    older session of it ends. Call it outside any transaction.
    Raises Refused: as find_letter, phone_tail_format, facts_wrong, facts_at_desk (no telephone on
    the roll), person_has_account, login_taken, throttled, and all of people.checked_login.
    """
    letter = find_letter(code, client=client, now=now)
    wanted = people.checked_login(name=holder_name, login=login, password=password)
    person_id, name = _proven(letter, holder_name, phone_tail, now)
    password_hash = people.hashed(password)  # slow on purpose: before the lock
    with atomic():
        _must_still_hold(letter, person_id, now)
        account_id = people.account_of_person(person_id)
        if account_id is None:
            account_id = people.add_account(
                name=name, login=wanted, password_hash=password_hash, now=now
            )
        elif people.find_account(wanted) != account_id or _was_used(letter, person_id):
            raise Refused(Blocker("person_has_account"))
        else:
            people.set_password(account_id, password_hash, now=now)
            journal.record(
                Actor(account_id, name),
                "people.password_by_letter",
                "account",
                account_id,
                estate_id=letter.estate_id,
                now=now,
            )
        _use(letter, account_id, person_id, now)
        return people.start_session(account_id, user_agent=user_agent, now=now)


def claim_more(
    actor: Actor, code: str, *, holder_name: str, phone_tail: str, client: str, now: datetime
) -> LetterRow:
    """Add the holder a letter speaks of to one's own account (a further flat, another estate).

    Raises Forbidden when signed out, Refused: as claim.
    """
    if actor.account_id is None:
        raise Refused(Blocker("sign_in_first"))
    letter = find_letter(code, client=client, now=now)
    person_id, _ = _proven(letter, holder_name, phone_tail, now)
    with atomic():
        _must_still_hold(letter, person_id, now)
        _use(letter, actor.account_id, person_id, now)
    return letter


def _must_still_hold(letter: LetterRow, person_id: int, now: datetime) -> None:
    """Between the look and the lock the letter may have been replaced or the flat sold."""
    valid = db.session.scalar(
        select(HouseholdCode.id)
        .where(
            HouseholdCode.id == letter.code_id,
            HouseholdCode.revoked_at.is_(None),
            HouseholdCode.expires_at > now,
        )
        .with_for_update()
    )
    if valid is None:
        raise Refused(Blocker("code_unknown", {}, "clerk"))
    if person_id not in {i for i, _, _ in _entitled(letter.unit_id, now)}:
        raise Refused(Blocker("facts_wrong"))


def _was_used(letter: LetterRow, person_id: int) -> bool:
    return (
        db.session.scalar(
            select(CodeUse.id).where(
                CodeUse.code_id == letter.code_id, CodeUse.person_id == person_id
            )
        )
        is not None
    )


def _use(letter: LetterRow, account_id: int, person_id: int, now: datetime) -> None:
    people.link_person(account_id, letter.estate_id, person_id, "letter", now=now)
    if not _was_used(letter, person_id):
        db.session.execute(
            insert(CodeUse).values(
                code_id=letter.code_id, person_id=person_id, account_id=account_id, at=now
            )
        )
    people.forget(_facts_key(letter))


def _proven(letter: LetterRow, name: str, tail: str, now: datetime) -> tuple[int, str]:
    """Two facts of the roll besides the code: a holder's full name and his telephone's last four.

    Which of the two was wrong is told to nobody; whether the roll has a telephone at all is.
    """
    digits = unicodedata.normalize("NFKC", tail).strip()
    if not _TAIL.match(digits):
        raise Refused(Blocker("phone_tail_format"))  # a slip of the hand is no try
    entitled = _entitled(letter.unit_id, now)
    if not any(len(phone) >= 4 for _, _, phone in entitled):
        raise Refused(Blocker("facts_at_desk", {}, "clerk"))
    # Counted before it is compared: guesses sent side by side must not slip by.
    people.throttle(_facts_key(letter), limit=FACT_TRIES, window=WINDOW, now=now)
    wanted = _plain(name)
    for person_id, full, phone in entitled:
        if _plain(full) == wanted and len(phone) >= 4 and compare_digest(phone[-4:], digits):
            return person_id, full
    raise Refused(Blocker("facts_wrong"))


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


def _facts_key(letter: LetterRow) -> str:
    return f"claim:{letter.code_id}"


def _entitled(unit_id: int, now: datetime) -> list[tuple[int, str, str]]:
    """The natural persons a letter can be proven by: holders, and who is recorded to stand for them."""
    r = Representative
    holders = (
        select(TitleHolder.person_id)
        .join(Title, Title.id == TitleHolder.title_id)
        .where(Title.unit_id == unit_id, Title.to_on.is_(None), Title.verified.is_(True))
    )
    acting = select(r.person_id).where(
        or_(r.unit_id == unit_id, r.for_person_id.in_(holders)),
        r.from_at <= now,
        or_(r.to_at.is_(None), r.to_at > now),
    )
    rows = db.session.execute(
        select(Person.id, Person.name, Person.phone)
        .where(
            or_(Person.id.in_(holders), Person.id.in_(acting)),
            Person.kind == "natural",
        )
        .order_by(Person.id)
    )
    return [(i, name, phone) for i, name, phone in rows]
