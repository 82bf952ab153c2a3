"""Co-signing 会签 of minutes, their publication, and notes under what is published."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from hall.actions import service as actions
from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import NotFound, refuse_if
from hall.meetings import record
from hall.meetings.models import MeetingTask, MinutesNote, SignOff
from hall.meetings.queries.minutes import MinutesSheet, sheet
from hall.meetings.rules.minutes import (
    why_not_note,
    why_not_publish,
    why_not_sign,
)
from hall.meetings.service.locking import locked
from hall.meetings.service.minutes import _clean, _note, _row
from hall.people import queries as people
from hall.permissions import Action, Actor, require
from hall.threads.service import set_window


def sign_minutes(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    post_id: int,
    digest: str,
    signed: bool,
    remark: str = "",
    now: datetime,
) -> None:
    """A body signs the circulated text, or refuses with a reason, through a post that speaks for it.

    digest: of the text the page showed. One answer a body and text; silence is neither.
    Raises Forbidden (permission, a post that is not his today), NotFound, Refused with all of
    rules.minutes.why_not_sign.
    """
    remark = " ".join(remark.split())
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.SIGN_MINUTES, estate_id)
        post = people.acting_post(actor, estate_id, post_id, local_date(now))
        found = sheet(estate_id, n)
        refuse_if(
            why_not_sign(
                found.state,
                body=post.body,
                title=post.title,
                digest=digest,
                signed=signed,
                remark=remark,
            )
        )
        session.add(
            SignOff(
                meeting_id=meeting.id,
                body=post.body,
                signed=signed,
                remark=remark,
                title=post.title,
                post_id=post.id,
                name=post.name,
                account_id=actor.account_id,
                digest=digest,
                at=now,
            )
        )
        session.flush()
        _note(
            actor,
            meeting,
            "meetings.minutes_signed" if signed else "meetings.minutes_refused",
            now,
            body=post.body,
            digest=digest,
            remark=remark,
        )


def publish_minutes(actor: Actor, estate_id: int, n: int, *, now: datetime) -> str:
    """Publish the circulated text with its signatures; each task becomes an action (I17).

    Returns the digest of the public record. From then on nothing of it changes; notes can be
    appended. Raises Forbidden, NotFound, Refused with all of rules.minutes.why_not_publish.
    """
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.PUBLISH_MINUTES, estate_id)
        found = sheet(estate_id, n)
        refuse_if(why_not_publish(found.state, now))
        row, out = _row(meeting.id), found.current
        if row is None or out is None:
            raise NotFound("minutes")
        opened = _open_actions(actor, estate_id, meeting.id, now)
        row.record = record.write_published(
            out.body,
            circulated_at=out.circulated_at,
            sign_by=out.sign_by,
            signatures=found.signing,
            corrections=_corrections(found),
            published_at=now,
            published_by=actor.name,
        )
        row.digest = record.digest(row.record)
        row.search = record.search_text(record.read(out.body))
        row.published_at, row.published_name = now, actor.name
        session.flush()
        if meeting.thread_id is not None:
            first = found.versions[0].circulated_at
            set_window(meeting.thread_id, opens_at=first, closes_at=now)
        _note(
            actor,
            meeting,
            "meetings.minutes_published",
            now,
            digest=row.digest,
            actions=opened,
            silent=[s.body for s in found.signing if s.state == "silent"],
        )
        return row.digest


def append_note(
    actor: Actor, estate_id: int, n: int, *, post_id: int, text: str, now: datetime
) -> None:
    """Append a remark in a body's name under published minutes; they themselves stay as they are.

    Raises Forbidden, NotFound, Refused: minutes_not_published, minutes_not_your_meeting, minutes_note_missing,
    correction_too_long.
    """
    text = _clean(text)
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.SIGN_MINUTES, estate_id)
        post = people.acting_post(actor, estate_id, post_id, local_date(now))
        found = sheet(estate_id, n)
        refuse_if(why_not_note(found.state, text, body=post.body, title=post.title))
        session.add(
            MinutesNote(
                meeting_id=meeting.id,
                text=text,
                body=post.body,
                title=post.title,
                name=post.name,
                at=now,
            )
        )
        _note(actor, meeting, "meetings.note_appended", now, body=post.body)


def _open_actions(actor: Actor, estate_id: int, meeting_id: int, now: datetime) -> list[int]:
    opened = []
    tasks = select(MeetingTask).where(MeetingTask.meeting_id == meeting_id)
    for task in db.session.scalars(
        tasks.order_by(MeetingTask.seq).execution_options(populate_existing=True)
    ):
        task.follow_up_id = actions.add(
            estate_id,
            text=task.text,
            body=task.body,
            person=task.person,
            due_on=task.due_on,
            external=task.external,
            agency=task.agency,
            check_on=task.check_on,
            opened_by=actor.name,
            now=now,
        )
        opened.append(task.follow_up_id)
    return opened


def _corrections(found: MinutesSheet) -> list[dict[str, object]]:
    return [
        {
            "name": c.name,
            "body": c.body or "",
            "title": c.title,
            "passage": c.passage,
            "text": c.text,
            "at": c.at,
            "version": c.version_n,
            "taken": bool(c.taken),
            "reply": c.reply,
        }
        for c in found.corrections
    ]
