"""Tables of the meetings room. A meeting's state is derived (meetings.rules), never stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Meeting(Model):
    """One meeting of one body or of several together; planned for [starts_at, ends_at)."""

    __tablename__ = "meeting"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    n: Mapped[int]  # running number in the estate, the one in the URL
    kind: Mapped[str] = mapped_column(
        String(12)
    )  # council 议事会 | talk 恳谈会 | committee | party_review | residents | body
    body: Mapped[str] = mapped_column(String(12))  # who convenes
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    remark: Mapped[str] = mapped_column(Text, default="")
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("thread.id"))  # comments on minutes
    checkin_key: Mapped[str] = mapped_column(String(40), default="")  # in the QR at the door
    uid: Mapped[str] = mapped_column(String(64), unique=True)  # of its calendar entry
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar entry
    created_by: Mapped[int | None]  # account id
    created_name: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    noticed_at: Mapped[datetime | None]
    noticed_name: Mapped[str] = mapped_column(String(60), default="")
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        UniqueConstraint("estate_id", "n"),
        Index("ix_meeting_estate_id_starts_at", "estate_id", "starts_at"),
    )


class MeetingBody(Model):
    """A body that takes part."""

    __tablename__ = "meeting_body"
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    body: Mapped[str] = mapped_column(String(12), primary_key=True)


class AgendaItem(Model):
    """One item with its time box in minutes; what was concluded under it, once it was."""

    __tablename__ = "agenda_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    seq: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    minutes: Mapped[int]
    lead: Mapped[str] = mapped_column(String(80), default="")  # who presents
    kind: Mapped[str] = mapped_column(String(8))  # report | discuss | decide
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    version_n: Mapped[int | None]  # of the proposal, fixed by the notice
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    conclusion: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (UniqueConstraint("meeting_id", "seq"),)


class Invitee(Model):
    """Somebody called to a meeting: a seat of a body, an invited party, or a resident.

    seat: counts for the quorum of its body. Name and title as they were on the day of the notice.
    """

    __tablename__ = "invitee"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))  # seat | party | resident
    body: Mapped[str | None] = mapped_column(String(12))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("invited_party.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    account_id: Mapped[int | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(40), default="")
    seat: Mapped[bool] = mapped_column(default=False)
    rsvp: Mapped[str] = mapped_column(String(6), default="")  # '' | yes | no
    rsvp_note: Mapped[str] = mapped_column(String(120), default="")
    rsvp_at: Mapped[datetime | None]
    added_at: Mapped[datetime]


class Attendance(Model):
    """One stay of somebody in the room, [in_at, out_at); several when he leaves and returns."""

    __tablename__ = "attendance"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitee.id"))
    in_at: Mapped[datetime]
    out_at: Mapped[datetime | None]
    how: Mapped[str] = mapped_column(String(4))  # qr | code | hand
    recorded_by: Mapped[str] = mapped_column(String(60), default="")


class Speech(Model):
    """A turn on the speakers' list: asked for, then spoken [started_at, ended_at)."""

    __tablename__ = "speech"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitee.id"))
    asked_at: Mapped[datetime]
    seconds: Mapped[int] = mapped_column(default=180)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


_OPEN_OR_SETTLED = text("outcome IS NULL OR outcome <> 'no_quorum'")


class Decision(Model):
    """A decision put to the vote in a meeting: text, rule, and after it the figures.

    An item has one, and before it as many as lost their quorum: those have no result.
    Figures are written once when it is decided: seats due (less the barred), present, votes.
    outcome: adopted | not_adopted | no_quorum.
    """

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    text: Mapped[str] = mapped_column(String(300))
    rule: Mapped[str] = mapped_column(String(12))  # key of bodies.rules.DECISION_RULES
    opened_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    due: Mapped[int | None]
    present: Mapped[int | None]
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstain: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(12))
    __table_args__ = (
        Index(
            "uq_decision_result",
            "item_id",
            unique=True,
            sqlite_where=_OPEN_OR_SETTLED,
            postgresql_where=_OPEN_OR_SETTLED,
        ),
    )


class Barred(Model):
    """A seat that does not count in one decision, and why."""

    __tablename__ = "barred"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitee.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))


class MemberVote(Model):
    """A member's vote by name, with his reason."""

    __tablename__ = "member_vote"
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitee.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(8))  # for | against | abstain
    reason: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(60), default="")


class MeetingTask(Model):
    """A conclusion somebody has to carry out; follow_up_id once the minutes are published."""

    __tablename__ = "meeting_task"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(String(12))
    person: Mapped[str] = mapped_column(String(60), default="")
    due_on: Mapped[date | None]
    external: Mapped[bool] = mapped_column(default=False)
    agency: Mapped[str] = mapped_column(String(60), default="")
    check_on: Mapped[date | None]
    follow_up_id: Mapped[int | None] = mapped_column(ForeignKey("follow_up.id"), index=True)


class Minutes(Model):
    """The minutes 纪要 of a meeting: a draft that moves, then immutable once published.

    dissent: views that differed, and what was answered (people who saw it otherwise get an
    explanation, R 4.1). body of the published record: canonical JSON with attendance and votes.
    """

    __tablename__ = "minutes"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    text: Mapped[str] = mapped_column(Text, default="")
    dissent: Mapped[str] = mapped_column(Text, default="")
    no_tasks: Mapped[bool] = mapped_column(default=False)  # "nothing to carry out", said on purpose
    revision: Mapped[int] = mapped_column(default=1)
    drafted_name: Mapped[str] = mapped_column(String(60))
    drafted_at: Mapped[datetime]
    circulated_at: Mapped[datetime | None]  # text fixed, out for signing; None again while revised
    sign_by: Mapped[datetime | None]  # 3 working days
    revise_reason: Mapped[str] = mapped_column(String(200), default="")  # why it was taken back
    published_at: Mapped[datetime | None]
    published_name: Mapped[str] = mapped_column(String(60), default="")
    record: Mapped[str] = mapped_column(Text, default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    search: Mapped[str] = mapped_column(Text, default="")


class MinutesVersion(Model):
    """What was circulated for signing: canonical JSON and its digest, which the signatures name."""

    __tablename__ = "minutes_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    n: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    sign_by: Mapped[datetime]
    circulated_at: Mapped[datetime]
    circulated_name: Mapped[str] = mapped_column(String(60))
    __table_args__ = (UniqueConstraint("meeting_id", "n"),)


class Correction(Model):
    """An attendee's correction, shown beside the draft; taken up or not, with a reply."""

    __tablename__ = "minutes_correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    invitee_id: Mapped[int] = mapped_column(ForeignKey("invitee.id"))
    passage: Mapped[str] = mapped_column(String(200), default="")  # the words it is about
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    version_n: Mapped[int]  # of the circulated text
    recorded_by: Mapped[str] = mapped_column(String(60), default="")  # who took it down for him
    taken: Mapped[bool | None]
    reply: Mapped[str] = mapped_column(Text, default="")
    replied_name: Mapped[str] = mapped_column(String(60), default="")
    replied_at: Mapped[datetime | None]


class SignOff(Model):
    """会签: a body's signature under the minutes, or its refusal with a reason. Silence is neither."""

    __tablename__ = "sign_off"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    body: Mapped[str] = mapped_column(String(12))
    signed: Mapped[bool]
    remark: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(String(12))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))  # of the text that was signed
    at: Mapped[datetime]
    # One a body and text: a revised text has another digest and is signed anew.
    __table_args__ = (UniqueConstraint("meeting_id", "body", "digest"),)


class MinutesNote(Model):
    """A remark appended after publication; the minutes themselves stay as they are."""

    __tablename__ = "minutes_note"
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(12), default="")
    name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class CalendarKey(Model):
    """The unguessable part of an account's own calendar address; renewing one revokes the old."""

    __tablename__ = "calendar_key"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
