"""What follows from a document: actions, or the statement that there are none (I17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from hall.actions import queries as actions
from hall.actions import service as actions_service
from hall.actions.rules import Draft, add_blockers
from hall.db import atomic, db
from hall.errors import Blocker, refuse_if
from hall.journal import service as journal
from hall.permissions import Action, Actor, require
from hall.resolutions import rules
from hall.resolutions.models import Resolution, ResolutionAction, ResolutionNone
from hall.resolutions.service import register


@dataclass(frozen=True, slots=True)
class Task:
    """An action as typed. item: the decided item it carries out, from 1.

    Inside the estate it has a day to be done by; an external step has an agency and a day to ask.
    """

    text: str
    body: str
    person: str = ""
    due_on: date | None = None
    external: bool = False
    agency: str = ""
    check_on: date | None = None
    item: int | None = None


def attach_action(actor: Actor, estate_id: int, docno: str, task: Task, *, now: datetime) -> int:
    """Make an action of a document, or of one of its decided items; returns the action's number.

    Raises Forbidden, NotFound, Refused: task_item_unknown, task_item_taken, and what the actions room
    finds missing.
    """
    with atomic():
        register.lock(estate_id)
        require(actor, Action.OPEN_ACTION, estate_id)
        doc = register.latest(estate_id, docno)
        refuse_if([*why_not_task(task), *_why_not_item(doc, task.item)])
        (n,) = add_tasks(actor, doc, (task,), now=now)
        return n


def say_no_action(actor: Actor, estate_id: int, docno: str, reason: str, *, now: datetime) -> None:
    """State that nothing is to be done after a document, and why; everybody can read it.

    Raises Forbidden, NotFound, Refused: none_reason_missing, has_actions, none_said.
    """
    with atomic():
        register.lock(estate_id)
        require(actor, Action.OPEN_ACTION, estate_id)
        doc = register.latest(estate_id, docno)
        found = []
        if not reason.strip():
            found.append(Blocker("none_reason_missing"))
        if db.session.scalar(_of(ResolutionAction, doc)):
            found.append(Blocker("has_actions"))
        if db.session.scalar(_of(ResolutionNone, doc)):
            found.append(Blocker("none_said"))
        refuse_if(found)
        add_none(actor, doc, reason, now=now)


def why_not_task(task: Task) -> tuple[Blocker, ...]:
    """What an action lacks, as the actions room says it."""
    return tuple(
        add_blockers(
            Draft(
                task.text.strip(),
                task.body,
                task.person.strip(),
                task.due_on,
                task.external,
                task.agency.strip(),
                task.check_on,
            )
        )
    )


def add_tasks(
    actor: Actor, doc: Resolution, tasks: Sequence[Task], *, now: datetime
) -> tuple[int, ...]:
    """Open these actions under a document, inside the caller's transaction; their numbers."""
    ids = [_open(actor, doc.estate_id, task, now) for task in tasks]
    opened = actions.by_ids(ids)
    for task, i in zip(tasks, ids, strict=True):
        db.session.add(
            ResolutionAction(
                estate_id=doc.estate_id,
                body=doc.body,
                year=doc.year,
                seq=doc.seq,
                follow_up_id=i,
                item=task.item,
            )
        )
        journal.record(
            actor,
            "resolutions.action_attached",
            "follow_up",
            i,
            estate_id=doc.estate_id,
            now=now,
            n=opened[i].n,
            text=opened[i].text,
            docno=rules.docno(doc.body, doc.year, doc.seq),
            item=task.item,
        )
    db.session.flush()
    return tuple(opened[i].n for i in ids)


def add_none(actor: Actor, doc: Resolution, reason: str, *, now: datetime) -> None:
    """The same for the statement that nothing follows."""
    row = ResolutionNone(
        estate_id=doc.estate_id,
        body=doc.body,
        year=doc.year,
        seq=doc.seq,
        reason=reason.strip()[:200],
        name=actor.name,
        account_id=actor.account_id,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    journal.record(
        actor,
        "resolutions.no_action_said",
        "resolution",
        doc.id,
        estate_id=doc.estate_id,
        now=now,
        docno=rules.docno(doc.body, doc.year, doc.seq),
    )


def _open(actor: Actor, estate_id: int, task: Task, now: datetime) -> int:
    return actions_service.add(
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


def _why_not_item(doc: Resolution, item: int | None) -> Iterator[Blocker]:
    if item is None:
        return
    if not 1 <= item <= len(doc.decided.splitlines()):
        yield Blocker("task_item_unknown")
    elif db.session.scalar(_of(ResolutionAction, doc).where(ResolutionAction.item == item)):
        yield Blocker("task_item_taken")


def _of(table: type[ResolutionAction] | type[ResolutionNone], doc: Resolution) -> Select[int]:
    return (
        select(table.id)
        .where(
            table.estate_id == doc.estate_id,
            table.body == doc.body,
            table.year == doc.year,
            table.seq == doc.seq,
        )
        .limit(1)
    )
