"""Reads of the minutes of one meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import bindparam, select

from hall.bodies import queries as bodies
from hall.clock import local_date
from hall.db.query import Query
from hall.estates import queries as estates
from hall.meetings import record
from hall.meetings.models import (
    Correction,
    Invitee,
    MeetingTask,
    Minutes,
    MinutesNote,
    MinutesVersion,
    SignOff,
)
from hall.meetings.queries.page import page
from hall.meetings.queries.rows import MeetingPage
from hall.meetings.record import Paper
from hall.meetings.rules.minutes import (
    MinutesDraft,
    MinutesState,
    Signature,
    Signing,
    TaskDraft,
    in_order,
    signing,
)


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """The minutes of one meeting. digest, record: of the published record, '' before."""

    text: str
    dissent: str
    no_tasks: bool
    revision: int
    drafted_name: str
    drafted_at: datetime
    circulated_at: datetime | None
    sign_by: datetime | None
    revise_reason: str
    published_at: datetime | None
    published_name: str
    record: str
    digest: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A text that was circulated for signing, by running number; body is its canonical JSON."""

    n: int
    body: str
    digest: str
    sign_by: datetime
    circulated_at: datetime
    circulated_name: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """An attendee's correction with its answer; taken None: not answered yet.

    body None: a resident or an invited party. name as it may be shown (residents masked).
    """

    id: int
    invitee_id: int
    name: str
    body: str | None
    title: str
    passage: str
    text: str
    at: datetime
    version_n: int
    recorded_by: str
    taken: bool | None
    reply: str
    replied_name: str
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A remark appended after publication."""

    text: str
    body: str
    title: str
    name: str
    at: datetime


@dataclass(frozen=True)
class MinutesSheet:
    """A meeting with its minutes and all that hangs on them, in a constant number of queries."""

    page: MeetingPage
    minutes: MinutesRow | None
    tasks: tuple[TaskDraft, ...]
    follow_ups: tuple[int | None, ...]  # id of the action of each task, once published
    versions: tuple[VersionRow, ...]
    corrections: tuple[CorrectionRow, ...]
    signatures: tuple[Signature, ...]
    notes: tuple[NoteRow, ...]
    estate: str
    short_name: str
    names: Mapping[str, str]

    @property
    def current(self) -> VersionRow | None:
        """The newest circulated text, also while it is being revised."""
        return self.versions[-1] if self.versions else None

    @property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that sign: those that take part, the convener among them."""
        return in_order({*self.page.meeting.bodies, self.page.meeting.body})

    @property
    def draft(self) -> MinutesDraft:
        """What was typed so far."""
        m = self.minutes
        return MinutesDraft(
            m.text if m else "",
            m.dissent if m else "",
            {i.id: i.conclusion for i in self.page.items},
            self.tasks,
            bool(m and m.no_tasks),
        )

    @cached_property
    def paper(self) -> Paper:
        """The minutes to be read: the published ones, else those out for signing, else the draft."""
        m = self.minutes
        if m and m.published_at:
            return record.read_published(m.record).paper
        if m and m.circulated_at and self.current:
            return record.read(self.current.body)
        return self.made(self.draft)

    def made(self, draft: MinutesDraft) -> Paper:
        """The paper that a draft would make today."""
        return record.paper(
            self.page, draft, estate=self.estate, short_name=self.short_name, names=self.names
        )

    @property
    def signing(self) -> tuple[Signing, ...]:
        """Every body's answer to the newest circulated text, and its void answers to older ones."""
        out = self.current
        still = out and self.minutes and self.minutes.circulated_at
        return signing(self.bodies, self.signatures, out.digest if out and still else "")

    @property
    def state(self) -> MinutesState:
        """What the rules look at."""
        meeting, m, out = self.page.meeting, self.minutes, self.current
        answered = {s.body for s in self.signatures if out and s.digest == out.digest}
        latest = out.n if out else 0
        return MinutesState(
            started=meeting.started_at is not None,
            ended=meeting.ended_at is not None,
            cancelled=meeting.cancelled_at is not None,
            revision=m.revision if m else 0,
            circulated=bool(m and m.circulated_at),
            sign_by=m.sign_by if m else None,
            published=bool(m and m.published_at),
            version_n=latest,
            digest=out.digest if out else "",
            bodies=self.bodies,
            answered=frozenset(answered),
            open_corrections=sum(1 for c in self.corrections if c.taken is None),
            taken_not_in=sum(1 for c in self.corrections if c.taken and c.version_n == latest),
            open_decisions=tuple(d.text for d in self.page.decisions if d.decided_at is None),
            without_conclusion=tuple(i.title for i in self.page.items if not i.conclusion.strip()),
            tasks=self.tasks,
            no_tasks=bool(m and m.no_tasks),
            meeting_on=local_date(meeting.started_at or meeting.starts_at),
        )

    def attended(self, invitee_id: int) -> bool:
        """Whether somebody was in the room at any time."""
        return any(s.invitee_id == invitee_id for s in self.page.stays)

    def attendee_of(self, account_id: int | None, persons: Iterable[int]) -> int | None:
        """The invitee that an account or its persons came as; None when they were not there."""
        own = set(persons)
        for i in self.page.invitees:
            mine = (account_id is not None and i.account_id == account_id) or i.person_id in own
            if mine and self.attended(i.id):
                return i.id
        return None


def sheet(estate_id: int, n: int) -> MinutesSheet:
    """A meeting's minutes. Raises NotFound."""
    return of_page(page(estate_id, n))


def of_page(meeting: MeetingPage) -> MinutesSheet:
    """The minutes of a meeting already read: eight more queries whatever its size."""
    meeting_id, estate_id = meeting.meeting.id, meeting.meeting.estate_id
    estate = estates.get(estate_id)
    tasks = _tasks(meeting_id)
    return MinutesSheet(
        page=meeting,
        minutes=_minutes(meeting_id),
        tasks=tuple(t for t, _ in tasks),
        follow_ups=tuple(f for _, f in tasks),
        versions=_versions(meeting_id),
        corrections=_corrections(meeting_id),
        signatures=_signatures(meeting_id),
        notes=_notes(meeting_id),
        estate=estate.name,
        short_name=estate.short_name,
        names={b.body.value: b.name for b in bodies.of_estate(estate_id)},
    )


def _minutes(meeting_id: int) -> MinutesRow | None:
    rows = _MINUTES.rows(meeting=meeting_id)
    return MinutesRow(*rows[0]) if rows else None


def _tasks(meeting_id: int) -> list[tuple[TaskDraft, int | None]]:
    return [(TaskDraft(*r[:8]), r[8]) for r in _TASKS.rows(meeting=meeting_id)]


def _versions(meeting_id: int) -> tuple[VersionRow, ...]:
    return tuple(VersionRow(*r) for r in _VERSIONS.rows(meeting=meeting_id))


def _corrections(meeting_id: int) -> tuple[CorrectionRow, ...]:
    rows = _CORRECTIONS.rows(meeting=meeting_id)
    return tuple(CorrectionRow(r[0], r[1], record.shown(r[2], r[3]), *r[4:]) for r in rows)


def _signatures(meeting_id: int) -> tuple[Signature, ...]:
    return tuple(Signature(*r) for r in _SIGNATURES.rows(meeting=meeting_id))


def _notes(meeting_id: int) -> tuple[NoteRow, ...]:
    return tuple(NoteRow(*r) for r in _NOTES.rows(meeting=meeting_id))


# --- the statements; columns in the order of the rows' fields ---------------------------------------

_THIS: Any = bindparam("meeting")
_m, _t, _v, _c, _i, _s, _n = (
    Minutes, MeetingTask, MinutesVersion, Correction, Invitee, SignOff, MinutesNote
)  # fmt: skip
_MINUTES = Query(
    select(
        _m.text, _m.dissent, _m.no_tasks, _m.revision, _m.drafted_name, _m.drafted_at,
        _m.circulated_at, _m.sign_by, _m.revise_reason, _m.published_at, _m.published_name,
        _m.record, _m.digest,
    ).where(_m.meeting_id == _THIS)
)  # fmt: skip
_TASKS = Query(
    select(
        _t.text, _t.body, _t.person, _t.due_on, _t.external, _t.agency, _t.check_on, _t.item_id,
        _t.follow_up_id,
    )
    .where(_t.meeting_id == _THIS)
    .order_by(_t.seq)
)  # fmt: skip
_VERSIONS = Query(
    select(_v.n, _v.body, _v.digest, _v.sign_by, _v.circulated_at, _v.circulated_name)
    .where(_v.meeting_id == _THIS)
    .order_by(_v.n)
)
_CORRECTIONS = Query(
    select(
        _c.id, _c.invitee_id, _i.kind, _i.name, _i.body, _i.title, _c.passage, _c.text, _c.at,
        _c.version_n, _c.recorded_by, _c.taken, _c.reply, _c.replied_name, _c.replied_at,
    )
    .join(_i, _i.id == _c.invitee_id)
    .where(_c.meeting_id == _THIS)
    .order_by(_c.id)
)  # fmt: skip
_SIGNATURES = Query(
    select(_s.body, _s.signed, _s.remark, _s.title, _s.name, _s.at, _s.digest)
    .where(_s.meeting_id == _THIS)
    .order_by(_s.id)
)
_NOTES = Query(
    select(_n.text, _n.body, _n.title, _n.name, _n.at).where(_n.meeting_id == _THIS).order_by(_n.id)
)
