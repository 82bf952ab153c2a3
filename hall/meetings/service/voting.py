"""Decisions of a meeting: put a text, bar who has an interest, take votes by name, close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from hall.db import atomic, db
from hall.errors import Blocker, Forbidden, NotFound, Refused, refuse_if
from hall.meetings.models import Barred, Decision, Meeting, MemberVote
from hall.meetings.queries import (
    DecisionRow,
    InviteeRow,
    MeetingPage,
    in_room,
    interests,
    mine,
    page,
    quorum_at,
    seats_due,
)
from hall.meetings.rules import (
    KINDS,
    Closing,
    Kind,
    OpenFacts,
    VoteFacts,
    figures,
    outcome,
    why_not_open,
    why_not_running,
    why_not_vote,
)
from hall.meetings.rules.attendance import quorum
from hall.meetings.rules.voting import LONGEST_REASON
from hall.meetings.service.locking import locked, note, times_of
from hall.meetings.service.running import item_of
from hall.permissions import Action, Actor, require


@dataclass(frozen=True, slots=True)
class Hand:
    """A member's hand as it was read: for | against | abstain, with his reason."""

    invitee_id: int
    choice: str
    reason: str = ""


def open_decision(
    actor: Actor,
    estate_id: int,
    n: int,
    item_id: int,
    *,
    text: str,
    own_contract: str = "",
    now: datetime,
) -> int:
    """Put a text to the vote under an item; seats with an interest in its proposal are barred.

    An item that has a result is not voted on again; after a vote that lost its quorum it is.
    own_contract: the reason recorded for a body that votes on no contract of its own. Returns the
    decision's id. Raises Forbidden, NotFound, Refused with all of: kind_decides_nothing,
    item_not_for_decision, item_not_running, item_has_decision, another_decision_open,
    decision_text_missing, decision_text_too_long, quorum_missing, no_seats_due.
    """
    with atomic() as session:
        meeting = locked(estate_id, n)
        require(actor, Action.RUN_MEETING, estate_id)
        refuse_if(why_not_running(times_of(meeting)))
        everything = page(estate_id, n)
        item = item_of(meeting, item_id)
        text = " ".join(text.split())
        barred = interests(item.proposal_id, everything.invitees, own_contract)
        rule = KINDS[Kind(meeting.kind)].rule
        facts = OpenFacts(
            text=text,
            rule=rule,
            item_kind=item.kind,
            item_started=item.started_at is not None,
            item_ended=item.ended_at is not None,
            earlier=tuple(
                d.outcome for d in everything.decisions if d.item_id == item.id and d.outcome
            ),
            other_open=any(d.decided_at is None for d in everything.decisions),
            quorum=quorum_at(everything, now, [who for who, _ in barred]),
        )
        refuse_if(why_not_open(facts))
        decision = Decision(
            meeting_id=meeting.id, item_id=item.id, text=text, rule=rule, opened_at=now
        )
        session.add(decision)
        session.flush()
        for invitee_id, reason in barred:
            session.add(Barred(decision_id=decision.id, invitee_id=invitee_id, reason=reason[:200]))
        note(
            actor,
            meeting,
            "meetings.decision_opened",
            now,
            decision=decision.id,
            item=item.seq,
            text=text,
            barred=[who for who, _ in barred],
        )
        return decision.id


def drop_decision(actor: Actor, estate_id: int, n: int, decision_id: int, *, now: datetime) -> None:
    """Take an open decision back before it is decided; its votes go with it, the journal keeps that.

    Raises Forbidden, NotFound, Refused: decision_closed.
    """
    with atomic() as session:
        meeting, decision, row = _open(actor, estate_id, n, decision_id)
        for table in (MemberVote, Barred):
            session.execute(delete(table).where(table.decision_id == decision_id))
        note(
            actor,
            meeting,
            "meetings.decision_dropped",
            now,
            decision=decision_id,
            text=row.text,
            votes=len(row.votes),
        )
        session.delete(decision)


def bar(
    actor: Actor,
    estate_id: int,
    n: int,
    decision_id: int,
    invitee_id: int,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Declare by hand that a seat has an interest: it leaves numerator and denominator.

    A vote it gave before is taken out. Raises Forbidden, NotFound, Refused: decision_closed,
    bar_reason_missing, vote_reason_too_long, vote_without_seat.
    """
    with atomic() as session:
        meeting, _, row = _open(actor, estate_id, n, decision_id)
        invitee = _invitee(page(estate_id, n), invitee_id)
        reason = reason.strip()
        found = []
        if not invitee.seat or invitee.lapsed:
            found.append(Blocker("vote_without_seat", {"name": invitee.name}))
        if not reason:
            found.append(Blocker("bar_reason_missing"))
        if len(reason) > LONGEST_REASON:
            found.append(Blocker("vote_reason_too_long", {"most": LONGEST_REASON}))
        refuse_if(found)
        _forget_vote(decision_id, invitee_id)
        session.execute(
            delete(Barred).where(Barred.decision_id == decision_id, Barred.invitee_id == invitee_id)
        )
        session.add(Barred(decision_id=decision_id, invitee_id=invitee_id, reason=reason))
        note(
            actor,
            meeting,
            "meetings.barred",
            now,
            decision=row.id,
            invitee=invitee_id,
            reason=reason,
        )


def unbar(
    actor: Actor, estate_id: int, n: int, decision_id: int, invitee_id: int, *, now: datetime
) -> None:
    """Take back a bar that was declared by mistake; an interest declared on the proposal stays.

    Raises Forbidden, NotFound, Refused: decision_closed, bar_is_declared.
    """
    with atomic() as session:
        meeting, _, row = _open(actor, estate_id, n, decision_id)
        if invitee_id not in dict(row.barred):
            raise NotFound("barred")
        everything = page(estate_id, n)
        proposal_id = next(i.proposal_id for i in everything.items if i.id == row.item_id)
        if invitee_id in dict(interests(proposal_id, everything.invitees)):
            raise Refused(Blocker("bar_is_declared"))
        session.execute(
            delete(Barred).where(Barred.decision_id == decision_id, Barred.invitee_id == invitee_id)
        )
        note(actor, meeting, "meetings.unbarred", now, decision=row.id, invitee=invitee_id)


def vote(
    actor: Actor,
    estate_id: int,
    n: int,
    decision_id: int,
    *,
    choice: str,
    reason: str = "",
    now: datetime,
) -> None:
    """Vote for oneself, by name, from one's own seat in the room; may be changed until it closes.

    No proxies. Raises Forbidden (nobody who was called), NotFound, Refused with all of:
    decision_closed, vote_without_seat, vote_barred, vote_not_present, vote_choice_missing,
    vote_reason_missing (against and abstain), vote_reason_too_long.
    """
    with atomic():
        meeting = locked(estate_id, n)
        require(actor, Action.ATTEND, estate_id)
        everything = page(estate_id, n)
        own = mine(everything, actor)
        if own is None:
            raise Forbidden(Action.ATTEND)
        row = _decision(everything, decision_id)
        refuse_if(why_not_running(times_of(meeting)))
        hand = Hand(own.id, choice, reason.strip())
        refuse_if(why_not_vote(_facts(everything, row, hand, now, by_himself=True)))
        _write(decision_id, hand, "", now)
        # Never the choice: the journal is read by more people than the meeting.
        note(actor, meeting, "meetings.voted", now, decision=decision_id, invitee=own.id)


def read_hands(
    actor: Actor,
    estate_id: int,
    n: int,
    decision_id: int,
    hands: tuple[Hand, ...],
    *,
    now: datetime,
) -> None:
    """Enter the hands as they were read in the room; all or nothing.

    A vote that a member gave himself is not overwritten. Raises Forbidden, NotFound, Refused with
    the blockers of every hand (see vote, and voted_himself), nobody_chosen.
    """
    with atomic():
        meeting, _, row = _open(actor, estate_id, n, decision_id)
        everything = page(estate_id, n)
        found = [] if hands else [Blocker("nobody_chosen")]
        for hand in hands:
            _invitee(everything, hand.invitee_id)
            found += why_not_vote(_facts(everything, row, hand, now, by_himself=False))
        refuse_if(found)
        for hand in hands:
            _write(decision_id, hand, actor.name, now)
        note(
            actor,
            meeting,
            "meetings.hands_read",
            now,
            decision=decision_id,
            invitees=[h.invitee_id for h in hands],
        )


def close_decision(
    actor: Actor,
    estate_id: int,
    n: int,
    decision_id: int,
    *,
    rest: str = "",
    now: datetime,
) -> str:
    """Close the vote: the figures and the outcome are written once. Returns the outcome.

    The quorum is checked again at this instant. Every seat in the room must have voted; with
    `rest` (a reason, e.g. no hand was raised) the others are entered as abstaining. Raises
    Forbidden, NotFound, Refused: decision_closed, votes_missing.
    """
    with atomic():
        meeting, decision, row = _open(actor, estate_id, n, decision_id)
        everything = page(estate_id, n)
        rest = rest.strip()[:LONGEST_REASON]
        closing = _closing(everything, row, now)
        enough = quorum(
            seats_due(everything.invitees),
            [who for who, _ in row.barred],
            in_room(everything, now) | closing.took_part,
            row.rule,
        ).enough
        if enough and closing.silent and not rest:
            names = [i.name for i in everything.invitees if i.id in closing.silent]
            raise Refused(Blocker("votes_missing", {"n": len(names), "names": names}))
        if enough and closing.silent:
            for invitee_id in sorted(closing.silent):
                _write(decision_id, Hand(invitee_id, "abstain", rest), actor.name, now)
            db.session.flush()
            row = _decision(page(estate_id, n), decision_id)
            closing = _closing(everything, row, now)
        count = figures(closing)
        decision.decided_at, decision.due, decision.present = now, count.due, count.present
        decision.votes_for, decision.votes_against = count.votes_for, count.votes_against
        decision.abstain = count.abstain
        decision.outcome = outcome(count, row.rule)
        note(
            actor,
            meeting,
            "meetings.decided",
            now,
            decision=decision_id,
            text=row.text,
            outcome=decision.outcome,
            due=count.due,
            present=count.present,
            votes_for=count.votes_for,
            votes_against=count.votes_against,
            abstain=count.abstain,
        )
        return decision.outcome


def _closing(everything: MeetingPage, row: DecisionRow, now: datetime) -> Closing:
    due = {s.who for s in seats_due(everything.invitees)} - {who for who, _ in row.barred}
    return Closing(
        frozenset(due), in_room(everything, now), {v.invitee_id: v.choice for v in row.votes}
    )


def _open(
    actor: Actor, estate_id: int, n: int, decision_id: int
) -> tuple[Meeting, Decision, DecisionRow]:
    """The locked meeting and its decision, still open, for who runs the meeting."""
    meeting = locked(estate_id, n)
    require(actor, Action.RUN_MEETING, estate_id)
    row = _decision(page(estate_id, n), decision_id)
    if row.decided_at is not None:
        raise Refused(Blocker("decision_closed", {"at": row.decided_at}))
    refuse_if(why_not_running(times_of(meeting)))
    decision = db.session.get_one(Decision, decision_id, populate_existing=True)
    return meeting, decision, row


def _decision(everything: MeetingPage, decision_id: int) -> DecisionRow:
    found = next((d for d in everything.decisions if d.id == decision_id), None)
    if found is None:
        raise NotFound("decision")
    return found


def _invitee(everything: MeetingPage, invitee_id: int) -> InviteeRow:
    found = next((i for i in everything.invitees if i.id == invitee_id), None)
    if found is None:
        raise NotFound("invitee")
    return found


def _facts(
    everything: MeetingPage, row: DecisionRow, hand: Hand, now: datetime, *, by_himself: bool
) -> VoteFacts:
    who = _invitee(everything, hand.invitee_id)
    return VoteFacts(
        decided_at=row.decided_at,
        choice=hand.choice,
        reason=hand.reason,
        name=who.name,
        seat=who.seat and not who.lapsed,
        barred=hand.invitee_id in dict(row.barred),
        present=hand.invitee_id in in_room(everything, now),
        by_himself=by_himself,
        voted_himself=any(v.invitee_id == hand.invitee_id and not v.recorded_by for v in row.votes),
    )


def _write(decision_id: int, hand: Hand, by: str, now: datetime) -> None:
    _forget_vote(decision_id, hand.invitee_id)
    db.session.add(
        MemberVote(
            decision_id=decision_id,
            invitee_id=hand.invitee_id,
            choice=hand.choice,
            reason=hand.reason,
            at=now,
            recorded_by=by,
        )
    )


def _forget_vote(decision_id: int, invitee_id: int) -> None:
    db.session.execute(
        delete(MemberVote).where(
            MemberVote.decision_id == decision_id, MemberVote.invitee_id == invitee_id
        )
    )
