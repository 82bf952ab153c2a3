"""Writing minutes while the meeting runs, and sending them round for correction and signing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, select

from hall.db import atomic, db
from hall.errors import NotFound, refuse_if
from hall.journal import service as journal
from hall.meetings import record
from hall.meetings.models import (
    AgendaItem,
    Correction,
    Meeting,
    MeetingTask,
    Minutes,
    MinutesVersion,
)
from hall.meetings.queries.minutes import CorrectionRow, MinutesSheet, sheet
from hall.meetings.rules.holidays import CHINA
from hall.meetings.rules.minutes import (
    MinutesDraft,
    correction_faults,
    draft_faults,
    sign_by,
    why_not_answer,
    why_not_circulate,
    why_not_correct,
    why_not_revise,
    why_not_write,
)
from hall.meetings.service.locking import locked
from hall.permissions import Action, Actor, require
from hall.threads.service import open_thread


def write_minutes(
    actor: Actor, estate_id: int, n: int, draft: MinutesDraft, *, revision: int, now: datetime
) -> int:
    """Save the draft in one piece; returns its new revision. revision: what the page was made from.

    Saving again what is already there changes nothing and is never refused, so that a double tap
    does no harm. Raises Forbidden, NotFound, Refused: minutes_changed when somebody else saved
    meanwhile, and all of rules.minutes.why_not_write and draft_faults.
    """
    draft = _tidy(draft)
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.WRITE_MINUTES, estate_id)
        found = sheet(estate_id, n)
        known = {i.id for i in found.page.items}
        if found.minutes and not found.state.circulated and draft == _tidy(found.draft):
            return found.minutes.revision
        refuse_if([*why_not_write(found.state, revision), *draft_faults(draft, known)])
        row = _row(meeting.id)
        if row is None:
            row = Minutes(meeting_id=meeting.id, revision=0)
            session.add(row)
        row.text, row.dissent, row.no_tasks = draft.text, draft.dissent, draft.no_tasks
        row.drafted_name, row.drafted_at = actor.name, now
        row.revision += 1
        items = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
        for item in session.scalars(items.execution_options(populate_existing=True)):
            item.conclusion = draft.conclusions.get(item.id, item.conclusion)
        _write_tasks(meeting.id, draft)
        _note(actor, meeting, "meetings.minutes_written", now, revision=row.revision)
        return row.revision


def circulate_minutes(actor: Actor, estate_id: int, n: int, *, revision: int, now: datetime) -> str:
    """Fix the text and send it out for signing within 3 working days (R-4.05); returns its digest.

    The text becomes a version that no longer changes; the comment thread opens with the first.
    Raises Forbidden, NotFound, Refused with all of rules.minutes.why_not_circulate.
    """
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.WRITE_MINUTES, estate_id)
        found = sheet(estate_id, n)
        refuse_if(why_not_circulate(found.state, revision))
        row = _row(meeting.id)
        if row is None:
            raise NotFound("minutes")
        body = record.write(found.made(found.draft))
        version = MinutesVersion(
            meeting_id=meeting.id,
            n=found.state.version_n + 1,
            body=body,
            digest=record.digest(body),
            sign_by=sign_by(now, CHINA),
            circulated_at=now,
            circulated_name=actor.name,
        )
        session.add(version)
        row.circulated_at, row.sign_by, row.revise_reason = now, version.sign_by, ""
        if meeting.thread_id is None:
            meeting.thread_id = open_thread(
                estate_id, f"{meeting.title} 纪要", answer_body=meeting.body, opens_at=now, now=now
            )
        _note(
            actor,
            meeting,
            "meetings.minutes_circulated",
            now,
            version=version.n,
            digest=version.digest,
            sign_by=version.sign_by.isoformat(),
            bodies=list(found.bodies),
        )
        return version.digest


def revise_minutes(actor: Actor, estate_id: int, n: int, *, reason: str, now: datetime) -> None:
    """Take the circulated text back into draft; a text that then differs has to be signed anew.

    Raises Forbidden, NotFound, Refused: minutes_not_circulated, minutes_published,
    minutes_revise_reason_missing, minutes_remark_too_long.
    """
    reason = reason.strip()
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.WRITE_MINUTES, estate_id)
        found = sheet(estate_id, n)
        refuse_if(why_not_revise(found.state, reason))
        row = _row(meeting.id)
        if row is None:
            raise NotFound("minutes")
        row.circulated_at = row.sign_by = None
        row.revise_reason = reason
        signed = [s.body for s in found.signing if s.given]
        _note(actor, meeting, "meetings.minutes_revised", now, reason=reason, void=signed)


def correct_minutes(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    passage: str = "",
    text: str,
    invitee_id: int | None = None,
    now: datetime,
) -> int:
    """File an attendee's correction of the circulated text; returns its id.

    invitee_id: whoever writes the minutes may take one down for somebody who was there.
    passage: the words it is about. Raises Forbidden, NotFound, Refused: correction_only_by_attendee
    and the others of rules.minutes.why_not_correct and correction_faults.
    """
    passage, text = passage.strip(), _clean(text)
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.ATTEND, estate_id)
        found = sheet(estate_id, n)
        own = found.attendee_of(actor.account_id, actor.persons_in(estate_id))
        who = own if invitee_id is None else invitee_id
        for_another = who is not None and who != own
        if for_another:
            require(actor, Action.WRITE_MINUTES, estate_id)
            if who not in {i.id for i in found.page.invitees}:
                raise NotFound("invitee")
        attended = who is not None and found.attended(who)
        refuse_if(
            [*why_not_correct(found.state, attended=attended), *correction_faults(passage, text)]
        )
        row = Correction(
            meeting_id=meeting.id,
            invitee_id=who,
            passage=passage,
            text=text,
            at=now,
            version_n=found.state.version_n,
            recorded_by=actor.name if for_another else "",
        )
        session.add(row)
        session.flush()
        _note(actor, meeting, "meetings.minutes_corrected", now, correction=row.id)
        return row.id


def answer_correction(
    actor: Actor,
    estate_id: int,
    n: int,
    correction_id: int,
    *,
    taken: bool,
    reply: str,
    now: datetime,
) -> CorrectionRow:
    """Take a correction up or not, with a reply. One taken up has to be worked into the text.

    Raises Forbidden, NotFound, Refused: correction_answered, correction_reply_missing,
    correction_too_long, minutes_published.
    """
    reply = _clean(reply)
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.WRITE_MINUTES, estate_id)
        found = sheet(estate_id, n)
        row = session.get(Correction, correction_id, populate_existing=True)
        if row is None or row.meeting_id != meeting.id:
            raise NotFound("correction")
        answered = row.taken is not None
        refuse_if(why_not_answer(found.state, answered=answered, reply=reply, taken=taken))
        row.taken, row.reply = taken, reply
        row.replied_name, row.replied_at = actor.name, now
        session.flush()
        _note(
            actor,
            meeting,
            "meetings.correction_answered",
            now,
            correction=row.id,
            taken=taken,
            account=_account_of(found, row.invitee_id),
        )
        return next(c for c in sheet(estate_id, n).corrections if c.id == row.id)


def _tidy(draft: MinutesDraft) -> MinutesDraft:
    tasks = tuple(
        replace(
            t,
            text=" ".join(t.text.split()),
            person=t.person.strip(),
            agency=t.agency.strip() if t.external else "",
            check_on=t.check_on if t.external else None,
            due_on=None if t.external else t.due_on,
        )
        for t in draft.tasks
    )
    return MinutesDraft(
        _clean(draft.text),
        _clean(draft.dissent),
        {i: _clean(c) for i, c in draft.conclusions.items()},
        tasks,
        draft.no_tasks,
    )


def _clean(text: str) -> str:
    """Line ends as one newline, no NUL (PostgreSQL takes none), nothing around."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def _row(meeting_id: int) -> Minutes | None:
    return db.session.scalar(
        select(Minutes)
        .where(Minutes.meeting_id == meeting_id)
        .execution_options(populate_existing=True)
    )


def _write_tasks(meeting_id: int, draft: MinutesDraft) -> None:
    session = db.session
    session.execute(delete(MeetingTask).where(MeetingTask.meeting_id == meeting_id))
    session.add_all(
        MeetingTask(
            meeting_id=meeting_id,
            item_id=t.item_id,
            seq=seq,
            text=t.text,
            body=t.body,
            person=t.person,
            due_on=t.due_on,
            external=t.external,
            agency=t.agency,
            check_on=t.check_on,
        )
        for seq, t in enumerate(draft.tasks, 1)
    )
    session.flush()


def _account_of(found: MinutesSheet, invitee_id: int) -> int | None:
    return next((i.account_id for i in found.page.invitees if i.id == invitee_id), None)


def _note(actor: Actor, meeting: Meeting, what: str, now: datetime, **facts: object) -> None:
    """One line in the journal, with the number and title that the inbox needs."""
    journal.record(
        actor,
        what,
        "meeting",
        meeting.id,
        estate_id=meeting.estate_id,
        now=now,
        n=meeting.n,
        title=meeting.title,
        **facts,
    )
