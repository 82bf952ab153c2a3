"""What an act asks of a body, told to those who may speak for it on that day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from hall.actions.models import FollowUp
from hall.bodies.rules import SPEAKERS, Body, Title
from hall.clock import local_date
from hall.db import db
from hall.journal.queries import JournalRow
from hall.people.models import AccountPerson, Post
from hall.people.rules.posts import role_of
from hall.permissions import TABLE, Action
from hall.proposals.models import Proposal, ProposalVersion

OF_ACTION = frozenset({"actions.opened", "actions.sent_back", "resolutions.action_attached"})
OF_MEETING = frozenset(
    {"meetings.noticed", "meetings.minutes_circulated", "meetings.minutes_published"}
)
ASKED = OF_ACTION | OF_MEETING | {"threads.referred", "proposals.submitted"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One act as bodies are told of it. to: each account and the body in whose name it is told."""

    to: Mapping[int, str]
    subject: str  # proposal | comment | meeting | minutes | action
    subject_n: str
    facts: Mapping[str, Any]


def asked_of(entry: JournalRow, estate_id: int) -> Asked | None:
    """Which bodies an act asks something of; None for an act that asks nothing."""
    if entry.entity_id is None or entry.action not in ASKED:
        return None
    on, facts = local_date(entry.at), entry.facts
    if entry.action in OF_ACTION:
        row = db.session.get(FollowUp, entry.entity_id)
        if row is None:
            return None
        to = speakers(estate_id, {row.body}, on)
        return Asked(to, "action", str(row.n), {"title": row.text})
    if entry.action == "threads.referred":
        said = {"title": facts.get("title", ""), "thread": facts["thread_id"]}
        to = speakers(estate_id, {str(facts["body"])}, on)
        return Asked(to, "comment", str(entry.entity_id), said)
    if entry.action == "proposals.submitted":
        return _to_screen(entry.entity_id, estate_id, on)
    return _meeting(entry, estate_id, on)


def speakers(
    estate_id: int, bodies: Collection[str], on: date, action: Action | None = None
) -> dict[int, str]:
    """Accounts with a post that may speak for one of the bodies on a day, and for which; one query.

    action: only posts whose role is admitted to it. Two bodies: the one with the older post.
    """
    rows = db.session.execute(
        select(AccountPerson.account_id, Post.body, Post.title)
        .join(AccountPerson, AccountPerson.person_id == Post.person_id)
        .where(
            Post.estate_id == estate_id,
            Post.body.in_(sorted(bodies)),
            Post.from_on <= on,
            or_(Post.to_on.is_(None), Post.to_on > on),
        )
        .order_by(Post.from_on, Post.id)
    )
    found: dict[int, str] = {}
    for account, body, title in rows:
        if Title(title) not in SPEAKERS[Body(body)]:
            continue
        if action is None or role_of(body, title) in TABLE[action]:
            found.setdefault(account, body)
    return found


def _to_screen(proposal_id: int, estate_id: int, on: date) -> Asked | None:
    row = db.session.get(Proposal, proposal_id)
    if row is None:
        return None
    # The leading body screens; when nobody of it may, everybody who may is asked.
    to = speakers(estate_id, {row.lead_body}, on, Action.SCREEN_PROPOSAL) or speakers(
        estate_id, [b.value for b in Body], on, Action.SCREEN_PROPOSAL
    )
    title = db.session.scalar(
        select(ProposalVersion.title)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.n.desc())
        .limit(1)
    )
    return Asked(to, "proposal", str(row.n), {"title": title or ""})


def _meeting(entry: JournalRow, estate_id: int, on: date) -> Asked:
    facts, action = entry.facts, None
    if entry.action == "meetings.minutes_published":
        # What the minutes lay on a body is opened with them.
        bodies: Collection[str] = set(
            db.session.scalars(
                select(FollowUp.body).where(FollowUp.id.in_(_list(facts.get("actions"))))
            )
        )
    else:
        bodies = [str(b) for b in _list(facts.get("bodies"))]
    if entry.action == "meetings.minutes_circulated":
        action = Action.SIGN_MINUTES
    subject = "meeting" if entry.action == "meetings.noticed" else "minutes"
    to = speakers(estate_id, bodies, on, action) if bodies else {}
    return Asked(to, subject, str(facts["n"]), {"title": facts.get("title", "")})


def _list(fact: object) -> list[object]:
    return fact if isinstance(fact, list) else []
