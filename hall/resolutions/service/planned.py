"""What the matter's procedure says is to be done once it is decided, made into actions in one step (1.39)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select

from hall.actions.models import FollowUp
from hall.ballots.models import Ballot
from hall.clock import add_days, local_date
from hall.db import atomic, db
from hall.errors import Blocker, refuse_if
from hall.permissions import Action, Actor, require
from hall.proposals.models import Proposal
from hall.proposals.rules.procedures import FollowUpPlan, procedure
from hall.resolutions import rules
from hall.resolutions.models import Resolution, ResolutionAction
from hall.resolutions.queries.follow import FOLLOWS_FROM
from hall.resolutions.service import register
from hall.resolutions.service.follow import Task, add_tasks


def planned_tasks(estate_id: int, docno: str) -> tuple[Task, ...]:
    """The procedure's tasks that no document of the matter has opened yet. Raises NotFound."""
    return planned(register.latest(estate_id, docno))


def open_planned(actor: Actor, estate_id: int, docno: str, *, now: datetime) -> tuple[int, ...]:
    """Make actions of all of them; their numbers.

    Raises Forbidden, NotFound, Refused: nothing_planned.
    """
    with atomic():
        register.lock(estate_id)
        require(actor, Action.OPEN_ACTION, estate_id)
        doc = register.latest(estate_id, docno)
        tasks = planned(doc)
        refuse_if([] if tasks else [Blocker("nothing_planned")])
        return add_tasks(actor, doc, tasks, now=now)


def planned(doc: Resolution) -> tuple[Task, ...]:
    """The same for a document at hand; the days count from the day it was first published."""
    if not rules.carries_out(doc.kind, doc.verdict, doc.body):
        return ()
    matter = _matter(doc)
    if matter is None or (template := procedure(matter[1])) is None:
        return ()
    taken = _opened(doc.estate_id, matter[0], template.follow_up)
    day = local_date(_first_published(doc))
    return tuple(
        Task(f.text, f.body, due_on=add_days(day, f.days))
        for f in template.follow_up
        if f.text not in taken and not (f.decides and doc.ballot_id is None)
    )


def _matter(doc: Resolution) -> tuple[int, str] | None:
    """Id and procedure of the proposal a document decides; a ballot's document names it by the ballot."""
    about: int | None = doc.proposal_id
    if doc.ballot_id is not None:
        about = db.session.scalar(select(Ballot.proposal_id).where(Ballot.id == doc.ballot_id))
    if about is None:
        return None
    code = db.session.scalar(select(Proposal.procedure).where(Proposal.id == about))
    return about, code or ""


def _opened(estate_id: int, proposal_id: int, plans: Collection[FollowUpPlan]) -> set[str]:
    """Which of these are actions already, under any document of the proposal."""
    a, r = ResolutionAction, Resolution
    found = db.session.scalars(
        select(FollowUp.text)
        .join(a, a.follow_up_id == FollowUp.id)
        .join(r, FOLLOWS_FROM)
        .outerjoin(Ballot, Ballot.id == r.ballot_id)
        .where(
            r.estate_id == estate_id,
            or_(r.proposal_id == proposal_id, Ballot.proposal_id == proposal_id),
            FollowUp.text.in_([p.text for p in plans]),
        )
    )
    return set(found)


def _first_published(doc: Resolution) -> datetime:
    r = Resolution
    first = select(func.min(r.published_at)).where(
        r.estate_id == doc.estate_id, r.body == doc.body, r.year == doc.year, r.seq == doc.seq
    )
    return db.session.scalars(first).one() or doc.published_at
