"""Reads over the minutes of an estate: the archive's search, and what waits to be signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from hall.db import db
from hall.meetings import record
from hall.meetings.models import Meeting, MeetingBody, Minutes, MinutesVersion, SignOff
from hall.meetings.rules.minutes import in_order


@dataclass(frozen=True, slots=True)
class MinutesCard:
    """Published minutes in a list: where they stand and when they came out."""

    meeting_n: int
    title: str
    kind: str
    body: str
    starts_at: datetime
    published_at: datetime
    digest: str


def search_minutes(
    estate_id: int,
    terms: Iterable[str],
    *,
    before: int | None = None,
    window: tuple[datetime, datetime] | None = None,
    limit: int = 20,
) -> tuple[MinutesCard, ...]:
    """Published minutes in which every term occurs, newest meeting number first.

    terms: as record.terms() makes them; before: the meeting number last seen (keyset paging);
    window: [from, until) of the publication.
    """
    columns: tuple[Any, ...] = (
        Meeting.n,
        Meeting.title,
        Meeting.kind,
        Meeting.body,
        Meeting.starts_at,
        Minutes.published_at,
        Minutes.digest,
    )
    q: Select[Any] = (
        select(*columns)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(Meeting.estate_id == estate_id, Minutes.published_at.is_not(None))
        .order_by(Meeting.n.desc())
        .limit(limit)
    )
    for term in terms:
        q = q.where(Minutes.search.contains(term, autoescape=True))
    if before is not None:
        q = q.where(Meeting.n < before)
    if window is not None:
        q = q.where(Minutes.published_at >= window[0], Minutes.published_at < window[1])
    return tuple(MinutesCard(*r) for r in db.session.connection().execute(q))


def passages(estate_id: int, ns: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What published minutes say, passage by passage, by meeting number; one query."""
    if not ns:
        return {}
    rows = db.session.connection().execute(
        select(Meeting.n, Minutes.record)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.estate_id == estate_id,
            Meeting.n.in_(ns),
            Minutes.published_at.is_not(None),
        )
    )
    return {n: record.passages(record.read_published(text).paper) for n, text in rows}


def first_published(estate_id: int) -> datetime | None:
    """When the first minutes of an estate came out."""
    return db.session.scalar(
        select(func.min(Minutes.published_at))
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Meeting.estate_id == estate_id)
    )


@dataclass(frozen=True, slots=True)
class ToSign:
    """Minutes that wait for one body's answer until sign_by."""

    meeting_n: int
    title: str
    body: str
    sign_by: datetime


def to_sign(estate_id: int, held: Iterable[str]) -> tuple[ToSign, ...]:
    """Circulated minutes that these bodies have neither signed nor refused; three queries."""
    own = tuple(in_order(held))
    newest = (
        select(MinutesVersion.digest)
        .where(MinutesVersion.meeting_id == Meeting.id)
        .order_by(MinutesVersion.n.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.connection().execute(
        select(Meeting.id, Meeting.n, Meeting.title, Meeting.body, Minutes.sign_by, newest)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.estate_id == estate_id,
            Minutes.circulated_at.is_not(None),
            Minutes.published_at.is_(None),
        )
        .order_by(Minutes.sign_by)
    )
    found = rows.all()
    ids = [r[0] for r in found]
    if not ids or not own:
        return ()
    connection = db.session.connection()
    taking: set[tuple[int, str]] = {
        (m, b)
        for m, b in connection.execute(
            select(MeetingBody.meeting_id, MeetingBody.body).where(MeetingBody.meeting_id.in_(ids))
        )
    } | {(r[0], r[3]) for r in found}
    done = {
        tuple(r)
        for r in connection.execute(
            select(SignOff.meeting_id, SignOff.body, SignOff.digest).where(
                SignOff.meeting_id.in_(ids)
            )
        )
    }
    return tuple(
        ToSign(n, title, body, sign_by)
        for meeting_id, n, title, _, sign_by, digest in found
        for body in own
        if (meeting_id, body) in taking and (meeting_id, body, digest) not in done
    )
