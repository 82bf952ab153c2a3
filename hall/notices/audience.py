"""Who is concerned by an act in the journal. Never how anybody voted: that he cast is known from sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from hall.ballots.models import Ballot, Sheet
from hall.db import db
from hall.journal.queries import JournalRow
from hall.meetings.models import (
    AgendaItem,
    Correction,
    Decision,
    Invitee,
    Meeting,
    MeetingTask,
)
from hall.people.models import AccountPerson
from hall.proposals import queries as proposals
from hall.proposals.models import Proposal, ProposalVersion
from hall.resolutions import rules
from hall.resolutions.models import Resolution, ResolutionAction
from hall.roll.models import RollCorrection, RollEntry, RollEntryHolder
from hall.threads.models import Comment, Report

OF_PROPOSAL = frozenset(
    f"proposals.{what}"
    for what in [
        "accepted",
        "declined",
        "on_agenda",
        "round_opened",
        "round_settled",
        "revised",
        "ready",
        "reopened",
        "withdrawn",
    ]
)
OF_THREAD = frozenset({"threads.answered", "threads.moderated", "threads.appeal_decided"})
OF_MEETING = frozenset(
    f"meetings.{what}"
    for what in ["noticed", "moved", "cancelled", "minutes_circulated", "minutes_published"]
)
OF_CORRECTION = frozenset({"meetings.correction_answered", "roll.answer_correction"})
OF_BALLOT = frozenset({"ballots.notice", "ballots.extend", "ballots.void"})
OF_DOCUMENT = frozenset(
    {
        "resolutions.publish",
        "resolutions.correct",
        "resolutions.decision_published",
        "resolutions.organisation_published",
    }
)
OF_ACTION = frozenset(
    f"actions.{what}"
    for what in [
        "progressed",
        "reached_milestone",
        "heard_from_outside",
        "delay_explained",
        "done",
        "verified",
        "sent_back",
        "dropped",
    ]
)
TOLD = (
    OF_PROPOSAL
    | OF_THREAD
    | OF_MEETING
    | OF_CORRECTION
    | OF_BALLOT
    | OF_DOCUMENT
    | OF_ACTION
    | {"positions.taken"}
)


@dataclass(frozen=True, slots=True)
class News:
    """One act as it is told: to whom, and the page it leads to."""

    accounts: frozenset[int]
    subject: str  # proposal | comment | meeting | minutes | roll | ballot | resolution | action
    subject_n: str
    facts: Mapping[str, Any]


def news_of(entry: JournalRow) -> News | None:
    """Whom an act is told to; None for an act that is told to nobody."""
    if entry.entity_id is None or entry.action not in TOLD:
        return None
    if entry.action in OF_PROPOSAL:
        return _proposal(entry, entry.entity_id)
    if entry.action == "positions.taken":
        return _proposal(entry, int(str(entry.facts["proposal_id"])))
    if entry.action in OF_THREAD:
        return _comment(entry, entry.entity_id)
    if entry.action in OF_MEETING:
        return _meeting(entry, entry.entity_id)
    if entry.action in OF_CORRECTION:
        return _correction(entry, entry.entity_id)
    if entry.action in OF_BALLOT:
        return _ballot(entry, entry.entity_id)
    if entry.action in OF_DOCUMENT:
        return _document(entry.entity_id)
    return _action(entry, entry.entity_id)


def of_proposal(proposal_id: int) -> frozenset[int]:
    """Everyone who proposed, co-sponsored, endorsed, commented or cast a sheet on a proposal."""
    commented = (
        select(Comment.account_id)
        .join(Proposal, Proposal.thread_id == Comment.thread_id)
        # What was taken down for somebody else is not the recorder's own voice.
        .where(Proposal.id == proposal_id, Comment.source == "", Comment.state != "withdrawn")
    )
    cast = (
        select(Sheet.account_id)
        .join(Ballot, Ballot.id == Sheet.ballot_id)
        .where(Ballot.proposal_id == proposal_id)
    )
    return proposals.participants(proposal_id) | _accounts(commented) | _accounts(cast)


def _proposal(entry: JournalRow, proposal_id: int) -> News | None:
    title = db.session.scalar(
        select(ProposalVersion.title)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.n.desc())
        .limit(1)
    )
    n = db.session.scalar(select(Proposal.n).where(Proposal.id == proposal_id))
    facts = {"title": title or ""} | {k: entry.facts[k] for k in ("body",) if k in entry.facts}
    return News(of_proposal(proposal_id), "proposal", str(n), facts)


def _comment(entry: JournalRow, comment_id: int) -> News | None:
    row = db.session.get(Comment, comment_id)
    if row is None:
        return None
    told = {row.account_id}
    if entry.action == "threads.moderated":
        told |= _accounts(select(Report.account_id).where(Report.comment_id == comment_id))
    facts = {"title": entry.facts.get("title", ""), "thread": row.thread_id}
    return News(frozenset(told), "comment", str(comment_id), facts)


def _meeting(entry: JournalRow, meeting_id: int) -> News | None:
    row = db.session.get(Meeting, meeting_id)
    if row is None:
        return None
    told = _invited(Invitee.meeting_id == meeting_id)
    subject = "minutes" if "minutes" in entry.action else "meeting"
    return News(told, subject, str(row.n), {"title": row.title})


def _correction(entry: JournalRow, entity_id: int) -> News | None:
    """Who asked for a correction of minutes or of the roll."""
    if entry.action == "roll.answer_correction":
        asked = select(AccountPerson.account_id).join(
            RollCorrection, RollCorrection.person_id == AccountPerson.person_id
        )
        return News(_accounts(asked.where(RollCorrection.id == entity_id)), "roll", "", {})
    came = (
        select(Invitee.id)
        .join(Correction, Correction.invitee_id == Invitee.id)
        .where(Correction.id == entry.facts["correction"])
    )
    told = _invited(Invitee.id.in_(came))
    return News(told, "minutes", str(entry.facts["n"]), {"title": entry.facts["title"]})


def _invited(which: ColumnElement[bool]) -> frozenset[int]:
    """Accounts of invitees, those invited by their names on the roll among them."""
    by_person = select(AccountPerson.account_id).join(
        Invitee, Invitee.person_id == AccountPerson.person_id
    )
    return _accounts(select(Invitee.account_id).where(which)) | _accounts(by_person.where(which))


def _ballot(entry: JournalRow, ballot_id: int) -> News | None:
    row = db.session.get(Ballot, ballot_id)
    if row is None:
        return None
    on_roll = (
        select(AccountPerson.account_id)
        .join(RollEntryHolder, RollEntryHolder.person_id == AccountPerson.person_id)
        .join(RollEntry, RollEntry.id == RollEntryHolder.entry_id)
        .where(RollEntry.frozen_roll_id == row.frozen_roll_id)
    )
    told = _accounts(on_roll)
    if row.proposal_id is not None:
        told |= of_proposal(row.proposal_id)
    return News(told, "ballot", str(row.n), {"title": row.title})


def _document(resolution_id: int) -> News | None:
    row = db.session.get(Resolution, resolution_id)
    if row is None:
        return None
    docno = rules.docno(row.body, row.year, row.seq)
    return News(_of_documents([row]), "resolution", docno, {"title": row.title})


def _action(entry: JournalRow, follow_up_id: int) -> News | None:
    link = db.session.scalar(
        select(ResolutionAction).where(ResolutionAction.follow_up_id == follow_up_id)
    )
    told: frozenset[int] = frozenset()
    if link is not None:
        found = db.session.scalars(
            select(Resolution).where(
                Resolution.estate_id == link.estate_id,
                Resolution.body == link.body,
                Resolution.year == link.year,
                Resolution.seq == link.seq,
                Resolution.version == 1,
            )
        )
        told = _of_documents(list(found))
    of_item = db.session.scalar(
        select(AgendaItem.proposal_id)
        .join(MeetingTask, MeetingTask.item_id == AgendaItem.id)
        .where(MeetingTask.follow_up_id == follow_up_id)
    )
    if of_item is not None:
        told |= of_proposal(of_item)
    facts = {"title": entry.facts.get("text", "")}
    return News(told, "action", str(entry.facts.get("n", "")), facts)


def _of_documents(rows: list[Resolution]) -> frozenset[int]:
    told: frozenset[int] = frozenset()
    for row in rows:
        which: list[ColumnElement[bool]] = [Ballot.id == row.ballot_id]
        ballot = db.session.get(Ballot, row.ballot_id) if row.ballot_id else None
        of_item = db.session.scalar(
            select(AgendaItem.proposal_id)
            .join(Decision, Decision.item_id == AgendaItem.id)
            .where(Decision.id == row.decision_id)
        )
        about = row.proposal_id or of_item or (ballot.proposal_id if ballot else None)
        if about is not None:
            told |= of_proposal(about)
        told |= _accounts(
            select(Sheet.account_id).join(Ballot, Ballot.id == Sheet.ballot_id).where(or_(*which))
        )
    return told


def _accounts(q: Select[Any]) -> frozenset[int]:
    return frozenset(i for i in db.session.scalars(q.distinct()) if i is not None)
