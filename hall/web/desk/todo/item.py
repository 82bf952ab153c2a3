"""One thing to do, and how urgent it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from hall import clock
from hall.bodies.rules import SPEAKERS, Body, Title
from hall.people.queries import PostRow
from hall.people.rules.posts import role_of
from hall.permissions import TABLE, Action
from hall.web.i18n import N_, gettext

# Kinds of chip in the order in which things are done.
URGENCY = {"late": 0, "wait": 1, "line": 2}
NO_DAY = datetime.max.replace(tzinfo=UTC)
LONGEST = 36  # characters of somebody's words in a line

OVERDUE, TODAY, YOURS, PRESS = N_("超期了"), N_("今天办"), N_("等您"), N_("催办")


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: what, until when and why, how urgent (chip: late wait line), where.

    due: the instant it has to be done before, None when no clock runs.
    """

    what: str
    why: str
    chip: str
    word: str
    href: str
    due: datetime | None = None


def sorted_by_urgency(found: Iterable[Todo]) -> list[Todo]:
    """The urgent first; of equally urgent ones what is due first."""
    return sorted(found, key=lambda t: (URGENCY[t.chip], t.due or NO_DAY))


def by_clock(due: datetime, now: datetime) -> tuple[str, str]:
    """Kind and word of the chip of something that is due before an instant."""
    if now >= due:
        return "late", gettext(OVERDUE)
    # What ends at midnight ends today.
    last = clock.local_date(due) if clock.day_start(clock.local_date(due)) != due else None
    day = last or clock.add_days(clock.local_date(due), -1)
    if day == clock.local_date(now):
        return "late", gettext(TODAY)
    return "wait", gettext(YOURS)


def bodies_for(posts: Iterable[PostRow], action: Action) -> frozenset[str]:
    """The bodies in whose name these posts may do something."""
    return frozenset(p.body for p in posts if role_of(p.body, p.title) in TABLE[action])


def speaking(posts: Iterable[PostRow]) -> frozenset[str]:
    """The bodies these posts may speak for."""
    return frozenset(p.body for p in posts if Title(p.title) in SPEAKERS[Body(p.body)])


def short(text: str, most: int = LONGEST) -> str:
    """The beginning of somebody's words on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"


def only(bodies: Collection[str]) -> list[str]:
    """The five in their order, those of them that are meant."""
    return [b.value for b in Body if b.value in bodies]
