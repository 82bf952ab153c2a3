"""What the stories of both estates need: people who speak, rounds that close, meetings that are held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from hall.bodies import service as bodies
from hall.clock import local_date
from hall.db import atomic, read_only
from hall.estates import queries as estates
from hall.meetings import queries as meetings
from hall.meetings import service as meetings_service
from hall.meetings.queries import MeetingPage
from hall.meetings.rules.drafting import ItemDraft, MeetingDraft
from hall.meetings.rules.minutes import MinutesDraft, TaskDraft
from hall.meetings.service.voting import Hand
from hall.people import queries as people
from hall.permissions import Actor
from hall.positions import service as positions
from hall.proposals import queries as proposals
from hall.proposals import service as proposals_service
from hall.proposals.rules.wording import Wording
from hall.proposals.service.load import ChangeDraft
from hall.threads import service as threads

# Of the Party groups in the buildings; nobody's names.
LEADERS = ("样一红", "例二梅", "样三松", "例四竹", "样五兰", "例六菊", "样七荷", "例八桂")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody with a post: the actor and the post he acts under."""

    actor: Actor
    post_id: int


@dataclass(frozen=True, slots=True)
class Said:
    """A comment of the story. answer: outcome, text and where it landed; by: who answers."""

    who: Actor
    text: str
    alignment: str = ""
    day: int = 0  # days after the round opened
    echoes: int = 0
    answer: tuple[str, str, str] | None = None
    reply: str = ""  # a neighbour's reply


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice that was taken down: by whom, from whom, where he lives and how."""

    recorder: Speaker
    name: str
    place: str
    source: str
    text: str
    alignment: str = ""
    day: int = 0
    answer: tuple[str, str, str] | None = None


@dataclass(slots=True)
class Matter:
    """A proposal as its story goes on: its number, its thread and the comments by a word of theirs."""

    estate_id: int
    n: int
    id: int
    thread_id: int
    lead: Speaker
    neighbours: Sequence[Actor]
    comments: dict[str, int] = field(default_factory=dict)

    def comment(self, words: str) -> int:
        """The id of the comment that contains these words."""
        return next(i for text, i in self.comments.items() if words in text)


def around(
    community: Actor,
    estate_id: int,
    line: Sequence[str],
    parties: Sequence[tuple[str, str]],
    now: datetime,
) -> dict[str, int]:
    """The party's line from the street down to the buildings, and who else is invited.

    Gives back the ids of the parties by kind.
    """
    for level, name in enumerate(line, 1):
        bodies.set_party_group(community, estate_id, level=level, name=name, now=now)
    with read_only():
        buildings = estates.buildings(estate_id)
    for building, leader in zip(buildings, LEADERS, strict=False):
        bodies.set_party_group(
            community,
            estate_id,
            level=4,
            name=f"{building.name}党小组",
            contact=f"组长 {leader}",
            building_id=building.id,
            now=now,
        )
    return {
        kind: bodies.add_party(community, estate_id, kind=kind, name=name, now=now)
        for kind, name in parties
    }


def speaker(actor: Actor, estate_id: int, day: date, body: str = "") -> Speaker:
    """The actor with his post of that day (in that body, when he holds several)."""
    with read_only():
        posts = people.posts_of(actor, estate_id, day)
    return Speaker(actor, next(p.id for p in posts if body in ("", p.body)))


def matter(estate_id: int, n: int, lead: Speaker, neighbours: Sequence[Actor]) -> Matter:
    """A proposal that has been handed in."""
    with read_only():
        row = proposals.get(estate_id, n)
    return Matter(estate_id, n, row.id, row.thread_id, lead, neighbours)


def round_of(
    about: Matter,
    question: str,
    opens_at: datetime,
    closes_at: datetime,
    said: Sequence[Said | Heard],
) -> int:
    """One round of comment with its voices; every answer comes two days later."""
    n = proposals_service.open_round(
        about.lead.actor, about.estate_id, about.n,
        question=question, opens_at=opens_at, closes_at=closes_at,
        post_id=about.lead.post_id, now=opens_at,
    )  # fmt: skip
    for i, one in enumerate(said):
        at = opens_at + timedelta(days=one.day, hours=10, minutes=17 * i % 60)
        comment_id = _say(about, one, at)
        about.comments[one.text] = comment_id
        if isinstance(one, Said):
            _around(about, one, comment_id, at)
        if one.answer is not None:
            answer(
                about.lead,
                about.estate_id,
                comment_id,
                one.answer,
                at + timedelta(days=1, hours=15),
            )
    return n


def answer(
    by: Speaker, estate_id: int, comment_id: int, words: tuple[str, str, str], at: datetime
) -> None:
    """An official answer: outcome, text, where it landed."""
    outcome, text, landed = words
    threads.answer(
        by.actor, estate_id, comment_id,
        outcome=outcome, text=text, landed=landed, post_id=by.post_id, now=at,
    )  # fmt: skip


def next_version(
    about: Matter,
    wording: Wording,
    *,
    material: bool,
    note: str,
    because: Mapping[str, Sequence[str]],
    at: datetime,
) -> int:
    """The next wording. because: what changed, and words of the comments that caused it."""
    with read_only():
        base = proposals.get(about.estate_id, about.n).version_n
    return proposals_service.revise(
        about.lead.actor, about.estate_id, about.n, wording,
        base=base, material=material, note=note,
        changes=[
            ChangeDraft(text, tuple(about.comment(w) for w in words))
            for text, words in because.items()
        ],
        post_id=about.lead.post_id, now=at,
    )  # fmt: skip


def settle(about: Matter, round_n: int, heard: str, at: datetime, *, nothing: bool = False) -> None:
    """Close a round with what was heard."""
    proposals_service.settle_round(
        about.lead.actor, about.estate_id, about.n, round_n,
        heard=heard, nothing_changed=nothing, post_id=about.lead.post_id, now=at,
    )  # fmt: skip


def state_positions(
    about: Matter,
    said: Sequence[tuple[Speaker, str, str]],
    at: datetime,
    meeting_n: int | None = None,
) -> None:
    """Each body's position, one after the other."""
    for i, (by, stance, reason) in enumerate(said):
        positions.take(
            by.actor, about.estate_id, about.id,
            post_id=by.post_id, stance=stance, reason=reason, meeting_n=meeting_n,
            now=at + timedelta(minutes=2 * i),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agenda:
    """An item with what came of it. decide: the text put to the vote; real: minutes it took."""

    title: str
    minutes: int
    lead: str
    real: int
    kind: str = "discuss"
    about: Matter | None = None
    decide: str = ""
    conclusion: str = ""


def call(
    convener: Speaker,
    estate_id: int,
    draft: MeetingDraft,
    convened: datetime,
    noticed: datetime,
) -> int:
    """A meeting convened and its notice sent; gives its number."""
    n = meetings_service.convene(
        convener.actor, estate_id, draft, post_id=convener.post_id, now=convened
    )
    meetings_service.notice(convener.actor, estate_id, n, revision=1, now=noticed)
    return n


def items(agenda: Sequence[Agenda]) -> tuple[ItemDraft, ...]:
    """The agenda as it is convened."""
    return tuple(
        ItemDraft(a.title, a.minutes, a.lead, a.kind, a.about.id if a.about else None)
        for a in agenda
    )


def hold(
    convener: Speaker,
    estate_id: int,
    n: int,
    agenda: Sequence[Agenda],
    starts_at: datetime,
    *,
    absent: Sequence[str] = (),
    against: Mapping[str, str] | None = None,
    positions_at: str = "",
    said: Sequence[tuple[Speaker, str, str]] = (),
    guests: Sequence[tuple[str, str]] = (),
) -> MeetingPage:
    """The day of the meeting, from the door to the last word. against: names with their reasons."""
    now = starts_at - timedelta(minutes=8)
    run = convener.actor
    found = _page(estate_id, n)
    coming = [i for i in found.invitees if i.name not in absent]
    for i in found.invitees:
        meetings_service.respond(
            run, estate_id, n, i.id, answer="no" if i.name in absent else "yes",
            now=starts_at - timedelta(days=1),
        )  # fmt: skip
    meetings_service.admit(run, estate_id, n, tuple(i.id for i in coming), now=now)
    for name, place in guests:
        meetings_service.add_guest(run, estate_id, n, name=name, place=place, now=now)
    meetings_service.start(run, estate_id, n, now=starts_at)
    now = starts_at
    for row, item in zip(found.items, agenda, strict=True):
        meetings_service.start_item(run, estate_id, n, row.id, now=now)
        if item.title == positions_at and item.about is not None:
            state_positions(item.about, said, now + timedelta(minutes=1), n)
        if item.decide:
            _decide(run, estate_id, n, row.id, item.decide, against or {}, now)
        now += timedelta(minutes=item.real)
    meetings_service.end(run, estate_id, n, now=now)
    return _page(estate_id, n)


def minute(
    writer: Speaker,
    estate_id: int,
    n: int,
    agenda: Sequence[Agenda],
    *,
    text: str,
    dissent: str,
    tasks: Sequence[TaskDraft],
    signing: Sequence[Speaker],
    publisher: Speaker,
    at: datetime,
    published: datetime,
) -> None:
    """Minutes written, sent round, signed and published. A task's item_id is its item's place."""
    found = _page(estate_id, n)
    placed = [replace(t, item_id=found.items[t.item_id - 1].id) if t.item_id else t for t in tasks]
    draft = MinutesDraft(
        text=text,
        dissent=dissent,
        conclusions={
            row.id: item.conclusion for row, item in zip(found.items, agenda, strict=True)
        },
        tasks=tuple(placed),
    )
    revision = meetings_service.write_minutes(writer.actor, estate_id, n, draft, revision=0, now=at)
    digest = meetings_service.circulate_minutes(
        writer.actor, estate_id, n, revision=revision, now=at + timedelta(hours=1)
    )
    for i, by in enumerate(signing):
        meetings_service.sign_minutes(
            by.actor, estate_id, n, post_id=by.post_id, digest=digest, signed=True,
            now=at + timedelta(hours=3 + 2 * i),
        )  # fmt: skip
    meetings_service.publish_minutes(publisher.actor, estate_id, n, now=published)


def _say(about: Matter, one: Said | Heard, at: datetime) -> int:
    if isinstance(one, Said):
        return threads.comment(
            one.who, about.estate_id, about.thread_id,
            text=one.text, alignment=one.alignment, request_key=f"demo-{about.n}-{len(about.comments)}",
            now=at,
        )  # fmt: skip
    return threads.record_voice(
        one.recorder.actor, about.estate_id, about.thread_id,
        text=one.text, name=one.name, place=one.place, source=one.source,
        spoken_on=local_date(at), read_back=True, post_id=one.recorder.post_id,
        alignment=one.alignment, request_key=f"demo-{about.n}-{len(about.comments)}", now=at,
    )  # fmt: skip


def _around(about: Matter, one: Said, comment_id: int, at: datetime) -> None:
    others = [a for a in about.neighbours if a.account_id != one.who.account_id]
    with atomic():
        for i, who in enumerate(others[: one.echoes]):
            threads.echo(
                who,
                about.estate_id,
                comment_id,
                on=True,
                now=at + timedelta(hours=1, minutes=7 * i),
            )
    if one.reply:
        threads.comment(
            others[-1], about.estate_id, about.thread_id,
            text=one.reply, parent_id=comment_id, request_key=f"demo-re-{comment_id}",
            now=at + timedelta(hours=5),
        )  # fmt: skip


def _decide(
    run: Actor,
    estate_id: int,
    n: int,
    item_id: int,
    text: str,
    against: Mapping[str, str],
    now: datetime,
) -> None:
    decision_id = meetings_service.open_decision(run, estate_id, n, item_id, text=text, now=now)
    found = _page(estate_id, n)
    barred = {who for d in found.decisions if d.id == decision_id for who, _ in d.barred}
    inside = meetings.in_room(found, now)
    hands = tuple(
        Hand(i.id, "against", against[i.name]) if i.name in against else Hand(i.id, "for")
        for i in found.invitees
        if i.seat and not i.lapsed and i.id in inside and i.id not in barred
    )
    meetings_service.read_hands(
        run, estate_id, n, decision_id, hands, now=now + timedelta(minutes=2)
    )
    meetings_service.close_decision(run, estate_id, n, decision_id, now=now + timedelta(minutes=3))


def _page(estate_id: int, n: int) -> MeetingPage:
    with read_only():
        return meetings.page(estate_id, n)
