"""May a notice go out? How early before the meeting, to whom, about what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from hall import clock
from hall.bodies.rules import Body
from hall.errors import Blocker
from hall.meetings.rules.kinds import ITEM_KINDS, KINDS, Kind
from hall.meetings.rules.state import State, Times, state

USUAL_HOUR = time(19)
LONGEST_ITEM = 240
MOST_ITEMS = 30
MOST_NAMES = 200
LONGEST = {"title": 120, "place": 120, "remark": 2000, "item": 120, "lead": 80, "name": 60}
CHECKIN_OPENS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An agenda item: minutes is its time box."""

    title: str
    minutes: int | None
    kind: str = "discuss"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice would say. body: who convenes; seats: how many would be called."""

    kind: str
    body: str
    bodies: tuple[str, ...]
    title: str
    place: str
    starts_at: datetime | None
    items: tuple[ItemFacts, ...]
    names: tuple[str, ...] = ()
    remark: str = ""
    seats: int = 0
    times: Times = field(default_factory=Times)


def notice_days(kind: str) -> int:
    """Full calendar days between the day of the notice and the meeting (KINDS says the source)."""
    return KINDS[Kind(kind)].notice_days


def earliest_start(notice_at: datetime, days: int) -> datetime:
    """00:00 Shanghai of the notice day + days + 1 (R-2.16: first day excluded, Civil Code 201)."""
    return clock.day_start(clock.add_days(clock.local_date(notice_at), days + 1))


def last_notice(starts_at: datetime, kind: str) -> datetime:
    """The instant before which the notice has to go out so that it is in time (R-2.16)."""
    return clock.day_start(clock.add_days(clock.local_date(starts_at), -notice_days(kind)))


def suggested_start(notice_at: datetime, kind: str) -> datetime:
    """The usual hour of an evening on the earliest lawful day."""
    first = earliest_start(notice_at, notice_days(kind))
    return clock.local_instant(clock.local_date(first), USUAL_HOUR)


def why_not_drafted(facts: NoticeFacts) -> list[Blocker]:
    """What keeps even a draft from being saved: unknown codes, no name, no time, texts too long."""
    found = []
    if facts.kind not in {k.value for k in Kind}:
        found.append(Blocker("meeting_kind_unknown", {"value": facts.kind}))
    found += [
        Blocker("body_unknown", {"body": b})
        for b in facts.bodies
        if b not in {x.value for x in Body}
    ]
    if not facts.title:
        found.append(Blocker("meeting_title_missing"))
    if facts.starts_at is None:
        found.append(Blocker("meeting_time_missing"))
    for name in ("title", "place", "remark"):
        if len(getattr(facts, name)) > LONGEST[name]:
            found.append(Blocker("meeting_text_too_long", {"most": LONGEST[name], "part": name}))
    found += _why_not_items(facts.items)
    if len(facts.names) > MOST_NAMES:
        found.append(Blocker("too_many_names", {"most": MOST_NAMES}))
    if any(len(n) > LONGEST["name"] for n in facts.names):
        found.append(Blocker("meeting_text_too_long", {"most": LONGEST["name"], "part": "name"}))
    return found


def _why_not_items(items: tuple[ItemFacts, ...]) -> list[Blocker]:
    found = []
    if len(items) > MOST_ITEMS:
        found.append(Blocker("too_many_items", {"most": MOST_ITEMS}))
    for seq, item in enumerate(items, 1):
        if item.kind not in ITEM_KINDS:
            found.append(Blocker("item_kind_unknown", {"item": seq}))
        if not item.title:
            found.append(Blocker("item_title_missing", {"item": seq}))
        if len(item.title) > LONGEST["item"] or len(item.lead) > LONGEST["lead"]:
            found.append(
                Blocker(
                    "item_too_long", {"item": seq, "most": LONGEST["item"], "lead": LONGEST["lead"]}
                )
            )
        if item.minutes is None or not 1 <= item.minutes <= LONGEST_ITEM:
            found.append(Blocker("item_minutes_wrong", {"item": seq, "most": LONGEST_ITEM}))
    return found


def why_not_convene(kind: str, body: str, bodies: tuple[str, ...]) -> list[Blocker]:
    """Whether this body may call this kind of meeting with these bodies; codes are known by now."""
    data, found = KINDS[Kind(kind)], []
    if body not in data.conveners:
        found.append(
            Blocker("not_yours_to_convene", {"kind": kind, "bodies": _sorted(data.conveners)})
        )
    if data.only and not set(bodies) <= data.only:
        found.append(Blocker("wrong_bodies", {"kind": kind, "bodies": _sorted(data.only)}))
    least, most = data.bodies
    if not least <= len(set(bodies)) <= most:
        found.append(Blocker("bodies_number", {"kind": kind, "least": least, "most": most}))
    return found


def why_not_notice(facts: NoticeFacts, now: datetime) -> list[Blocker]:
    """Every reason why the notice cannot go out now; the earliest lawful start is offered with it."""
    at = state(facts.times)
    if at is State.CANCELLED:
        return [Blocker("meeting_cancelled", {"at": facts.times.cancelled_at})]
    if at is not State.DRAFT:
        return [Blocker("meeting_already_noticed", {"at": facts.times.noticed_at})]
    found = why_not_drafted(facts)
    if any(b.code in {"meeting_kind_unknown", "body_unknown"} for b in found):
        return found
    found += why_not_convene(facts.kind, facts.body, facts.bodies)
    if not facts.place:
        found.append(Blocker("meeting_place_missing"))
    if not facts.items:
        found.append(Blocker("agenda_missing"))
    if KINDS[Kind(facts.kind)].rule is None:
        found += [
            Blocker("talk_decides_nothing", {"item": seq})
            for seq, item in enumerate(facts.items, 1)
            if item.kind == "decide"
        ]
    if facts.seats == 0:
        found.append(Blocker("nobody_to_call"))
    return found + _why_too_early(facts.kind, facts.starts_at, now)


def _why_too_early(kind: str, starts_at: datetime | None, now: datetime) -> list[Blocker]:
    days = notice_days(kind)
    earliest = earliest_start(now, days)
    if starts_at is None or starts_at >= earliest:
        return []
    facts = {
        "days": days,
        "earliest": earliest,
        "suggested": suggested_start(now, kind),
        "source": KINDS[Kind(kind)].source,
    }
    return [Blocker("meeting_too_early", facts)]


def why_not_move(
    times: Times, before: datetime, place: str, starts_at: datetime | None
) -> list[Blocker]:
    """Whether place and time may still change after the notice: the time only to a later one.

    Who was told in time stays told in time; an earlier hour would shorten the notice (R-2.16).
    """
    found = why_not_changed(times)
    if not place:
        found.append(Blocker("meeting_place_missing"))
    if len(place) > LONGEST["place"]:
        found.append(Blocker("meeting_text_too_long", {"most": LONGEST["place"], "part": "place"}))
    if starts_at is None:
        found.append(Blocker("meeting_time_missing"))
    elif starts_at < before:
        found.append(Blocker("move_not_later", {"at": before}))
    return found


def why_not_changed(times: Times) -> list[Blocker]:
    """Whether a noticed meeting is still to come: not a draft, not begun, not cancelled."""
    at = state(times)
    codes = {
        State.DRAFT: Blocker("meeting_not_noticed"),
        State.RUNNING: Blocker("meeting_already_started", {"at": times.started_at}),
        State.ENDED: Blocker("meeting_ended", {"at": times.ended_at}),
        State.CANCELLED: Blocker("meeting_cancelled", {"at": times.cancelled_at}),
    }
    return [codes[at]] if at in codes else []


def why_not_start(times: Times, starts_at: datetime, now: datetime) -> list[Blocker]:
    """A meeting begins at its hour or later on its Shanghai day, never before, never on another day."""
    found = why_not_changed(times)
    if not found and now < starts_at:
        found.append(Blocker("start_too_early", {"at": starts_at}, not_before=starts_at))
    if not found and clock.local_date(now) != clock.local_date(starts_at):
        found.append(Blocker("meeting_day_over", {"day": clock.local_date(starts_at)}))
    return found


def why_not_running(times: Times) -> list[Blocker]:
    """Whether it is being held right now."""
    at = state(times)
    if at is State.RUNNING:
        return []
    if at is State.NOTICED:
        return [Blocker("meeting_not_started")]
    return why_not_changed(times)


def why_not_come(times: Times, starts_at: datetime, now: datetime) -> list[Blocker]:
    """Whether people may check in: from an hour before the start until the end."""
    at = state(times)
    if at is State.RUNNING:
        return []
    found = why_not_changed(times)
    opens = starts_at - CHECKIN_OPENS
    if not found and now < opens:
        found.append(Blocker("checkin_not_open", {"at": opens}, not_before=opens))
    if not found and clock.local_date(now) != clock.local_date(starts_at):
        found.append(Blocker("meeting_day_over", {"day": clock.local_date(starts_at)}))
    return found


def _sorted(bodies: frozenset[Body]) -> tuple[str, ...]:
    return tuple(b.value for b in Body if b in bodies)
