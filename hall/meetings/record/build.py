"""Minutes made from a meeting's rows and what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from hall.clock import local_date
from hall.folding import fold
from hall.meetings.queries.rows import DecisionRow, InviteeRow, ItemRow, MeetingPage, StayRow
from hall.meetings.record.paper import (
    PARTY,
    RESIDENT,
    BarredSeat,
    Decided,
    Group,
    Item,
    Paper,
    Person,
    Stay,
    Task,
    Vote,
)
from hall.meetings.rules.minutes import MinutesDraft, TaskDraft, in_order


def number(short_name: str, starts_at: datetime, n: int) -> str:
    """象外会纪〔2026〕11号: the year of the meeting and its number in the estate."""
    return f"{short_name}会纪〔{local_date(starts_at).year}〕{n}号"


def shown(kind: str, name: str) -> str:
    """How somebody's name stands in the public paper: who holds no post of a body as 胡**."""
    if kind != RESIDENT:
        return name
    return f"{name[0]}**" if name else ""


def search_text(made: Paper) -> str:
    """Everything in the minutes that a search may find: words of the matter and of bodies, no resident."""
    return fold([made.number, made.title, made.place, *passages(made)])


def passages(made: Paper) -> tuple[str, ...]:
    """The words of the matter, passage by passage: what was said, agreed, decided and is to be done."""
    parts = [made.text, made.dissent]
    for item in made.agenda:
        parts += [item.title, item.conclusion, *(d.text for d in item.decisions)]
    for task in made.tasks:
        parts += [task.text, task.person, task.agency]
    return tuple(p for p in parts if p)


def paper(
    page: MeetingPage,
    draft: MinutesDraft,
    *,
    estate: str,
    short_name: str,
    names: Mapping[str, str],
) -> Paper:
    """The minutes that these rows and this draft make. names: what the estate calls its bodies."""
    m = page.meeting
    bodies = in_order({*m.bodies, m.body})
    seqs = {i.id: i.seq for i in page.items}
    people = {i.id: i for i in page.invitees}
    decided: dict[int, list[Decided]] = {}
    for d in page.decisions:
        if d.decided_at is not None:
            decided.setdefault(d.item_id, []).append(_decided(d, d.decided_at, people))
    return Paper(
        number=number(short_name, m.starts_at, m.n),
        estate=estate,
        kind=m.kind,
        title=m.title,
        convener=m.body,
        place=m.place,
        starts_at=m.starts_at,
        ends_at=m.ends_at,
        started_at=m.started_at,
        ended_at=m.ended_at,
        bodies=tuple((b, names.get(b, "")) for b in bodies),
        attendance=_groups(page, bodies, names),
        agenda=tuple(
            _item(i, draft.conclusions.get(i.id, i.conclusion), decided.get(i.id, ()))
            for i in page.items
        ),
        text=draft.text,
        dissent=draft.dissent,
        tasks=tuple(_task(t, seqs) for t in draft.tasks),
        no_tasks=draft.no_tasks,
    )


def _groups(
    page: MeetingPage, bodies: tuple[str, ...], names: Mapping[str, str]
) -> tuple[Group, ...]:
    stays: dict[int, list[StayRow]] = {}
    for stay in page.stays:
        stays.setdefault(stay.invitee_id, []).append(stay)
    rows: dict[str, list[InviteeRow]] = {}
    for i in page.invitees:
        rows.setdefault(i.body if i.kind == "seat" and i.body else i.kind, []).append(i)
    order = [*bodies, *(b for b in in_order(rows) if b not in bodies), PARTY, RESIDENT]
    found = []
    for body in order:
        people = tuple(_person(i, stays.get(i.id, [])) for i in rows.get(body, ()))
        if not people and body in (PARTY, RESIDENT):
            continue
        seats = [p for p in people if p.seat]
        here = sum(1 for p in seats if p.stays)
        found.append(Group(body, names.get(body, ""), len(seats), here, people))
    return tuple(found)


def _person(row: InviteeRow, stays: Iterable[StayRow]) -> Person:
    name = shown(row.kind, row.name)
    return Person(name, row.title, row.seat, tuple(Stay(s.in_at, s.out_at) for s in stays))


def _item(row: ItemRow, conclusion: str, decided: Iterable[Decided]) -> Item:
    return Item(
        row.seq,
        row.title,
        row.kind,
        row.lead,
        row.proposal_id,
        row.version_n,
        conclusion,
        tuple(decided),
    )


def _decided(row: DecisionRow, at: datetime, people: Mapping[int, InviteeRow]) -> Decided:
    def who(invitee_id: int) -> tuple[str, str, str]:
        i = people[invitee_id]
        return (shown(i.kind, i.name), i.body or "", i.title)

    return Decided(
        text=row.text,
        rule=row.rule,
        due=row.due or 0,
        present=row.present or 0,
        votes_for=row.votes_for or 0,
        votes_against=row.votes_against or 0,
        abstain=row.abstain or 0,
        outcome=row.outcome or "",
        decided_at=at,
        votes=tuple(Vote(*who(v.invitee_id), v.choice, v.reason) for v in row.votes),
        barred=tuple(BarredSeat(*who(i), reason) for i, reason in row.barred),
    )


def _task(t: TaskDraft, seqs: Mapping[int, int]) -> Task:
    seq = seqs.get(t.item_id) if t.item_id is not None else None
    due = None if t.external else t.due_on
    return Task(t.text, t.body, t.person, due, t.external, t.agency, t.check_on, seq)
