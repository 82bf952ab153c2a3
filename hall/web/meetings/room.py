"""What the pages of a meeting show of it: heads by body, the item that runs, votes in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hall.bodies import queries as bodies
from hall.meetings import queries
from hall.meetings.queries import (
    DecisionRow,
    InviteeRow,
    ItemRow,
    MeetingPage,
    SpeechRow,
    VoteRow,
)
from hall.meetings.rules import KINDS, Kind, Quorum, needed_for, queue, settled
from hall.web.access import current_estate
from hall.web.meetings import words
from hall.web.messages import who

NAMED = "named"  # people called by name who hold a seat


@dataclass(frozen=True, slots=True)
class Group:
    """The seats of one body, or those called by name: due, came at any time, in the room now."""

    code: str
    name: str
    people: tuple[InviteeRow, ...]
    due: int
    came: int
    here: int
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote with whose it is."""

    who: InviteeRow
    vote: VoteRow


@dataclass(frozen=True, slots=True)
class Put:
    """A decision as a page shows it. needed: the fewest votes for; silent: in the room, no vote."""

    row: DecisionRow
    item: ItemRow
    result: str
    rule: str
    needed: int
    due: int
    present: int
    votes: tuple[Vote, ...]
    barred: tuple[tuple[InviteeRow, str], ...]
    silent: tuple[InviteeRow, ...]
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting at an instant, worked out once for a page."""

    page: MeetingPage
    now: datetime
    groups: tuple[Group, ...]
    guests: tuple[InviteeRow, ...]
    parties: tuple[InviteeRow, ...]
    here: frozenset[int]
    came: frozenset[int]
    due: int
    quorum: Quorum | None
    item: ItemRow | None
    speaking: SpeechRow | None
    queue: tuple[SpeechRow, ...]
    spoken: tuple[SpeechRow, ...]
    puts: tuple[Put, ...]
    open: Put | None
    people: Mapping[int, InviteeRow]

    @property
    def seats_here(self) -> int:
        """Seats in the room now."""
        return sum(g.here for g in self.groups)

    @property
    def seats_came(self) -> int:
        """Seats that came at any time."""
        return sum(g.came for g in self.groups)

    @property
    def settled(self) -> bool:
        """Whether the running item came to a result, after which it is not voted on again."""
        return settled(p.row.outcome for p in self._votes if p.row.outcome)

    @property
    def lost(self) -> Put | None:
        """The vote on the running item that lost its quorum last."""
        return self._votes[-1] if self._votes and not self.settled else None

    @property
    def _votes(self) -> tuple[Put, ...]:
        """The closed votes on the running item, as they were put."""
        item_id = self.item.id if self.item else None
        return tuple(p for p in self.puts if p.row.item_id == item_id and p.row.decided_at)

    @property
    def next_item(self) -> ItemRow | None:
        """The first item nobody has taken up yet."""
        return next((i for i in self.page.items if i.started_at is None), None)


def body_names() -> dict[str, str]:
    """What the estate of the page calls its bodies."""
    return {b.body.value: b.name for b in bodies.of_estate(current_estate().id)}


def room(page: MeetingPage, now: datetime, own: Mapping[str, str]) -> Room:
    """The meeting at an instant. own: what the estate calls its bodies."""
    here = queries.in_room(page, now)
    came = frozenset(s.invitee_id for s in page.stays)
    people = {i.id: i for i in page.invitees}
    item = next((i for i in page.items if i.started_at and not i.ended_at), None)
    turns = queries.turns(page.speeches, item.id) if item else ()
    speeches = {s.id: s for s in page.speeches}
    running = [s for s in page.speeches if s.started_at and not s.ended_at]
    put = tuple(_put(page, d, people, here) for d in page.decisions)
    own = {**own, NAMED: words.named(page.meeting.kind)}
    groups = _groups(page.invitees, here, came, own)
    return Room(
        page=page,
        now=now,
        groups=groups,
        guests=tuple(i for i in page.invitees if i.kind == "resident" and not i.seat),
        parties=tuple(i for i in page.invitees if i.kind == "party"),
        here=here,
        came=came,
        due=sum(g.due for g in groups),
        quorum=queries.quorum_at(page, now),
        item=item,
        speaking=running[0] if running else None,
        queue=tuple(speeches[t.id] for t in queue(turns)),
        spoken=tuple(s for s in page.speeches if item and s.item_id == item.id and s.ended_at),
        puts=put,
        open=next((p for p in put if p.row.decided_at is None), None),
        people=people,
    )


def _groups(
    invitees: Iterable[InviteeRow],
    here: frozenset[int],
    came: frozenset[int],
    own: Mapping[str, str],
) -> tuple[Group, ...]:
    found: dict[str, list[InviteeRow]] = {}
    for i in invitees:
        if i.seat:
            found.setdefault(i.body or NAMED, []).append(i)
    order = [c for c in found if c != NAMED] + [c for c in found if c == NAMED]
    return tuple(_group(code, found[code], here, came, own) for code in order)


def _group(
    code: str,
    people: list[InviteeRow],
    here: frozenset[int],
    came: frozenset[int],
    own: Mapping[str, str],
) -> Group:
    due = [i for i in people if not i.lapsed]
    return Group(
        code=code,
        name=own.get(code) or who(code),
        people=tuple(people),
        due=len(due),
        came=sum(i.id in came for i in due),
        here=sum(i.id in here for i in due),
        yes=sum(i.rsvp == "yes" for i in due),
        no=sum(i.rsvp == "no" for i in due),
    )


def _put(
    page: MeetingPage, row: DecisionRow, people: Mapping[int, InviteeRow], here: frozenset[int]
) -> Put:
    barred = dict(row.barred)
    due = {s.who for s in queries.seats_due(page.invitees)} - barred.keys()
    voted = {v.invitee_id for v in row.votes}
    counts = {c: sum(v.choice == c for v in row.votes) for c in ("for", "against", "abstain")}
    final = row.decided_at is not None
    n_due = row.due if final and row.due is not None else len(due)
    present = row.present if final and row.present is not None else len(due & (here | voted))
    return Put(
        row=row,
        item=next(i for i in page.items if i.id == row.item_id),
        result=words.outcome(page.meeting.kind, row.outcome) if row.outcome else "",
        rule=words.rule(row.rule),
        needed=needed_for(n_due, present, row.rule),
        due=n_due,
        present=present,
        votes=tuple(Vote(people[v.invitee_id], v) for v in row.votes),
        barred=tuple((people[i], reason) for i, reason in row.barred),
        silent=tuple(people[i] for i in people if i in (due & here) - voted),
        counts=counts,
    )


def rule_of(kind: str) -> str:
    """The rule of decision of a kind of meeting in one sentence, or ''."""
    code = KINDS[Kind(kind)].rule
    return words.rule(code) if code else ""
