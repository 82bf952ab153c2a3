"""One line of the inbox, and how long there is still time for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from hall.web import filters
from hall.web.desk.todo.item import OVERDUE, by_clock
from hall.web.i18n import gettext

NO_DAY = datetime.max.replace(tzinfo=UTC)
LONGEST = 36  # characters of somebody's words in a line


@dataclass(frozen=True, slots=True)
class Line:
    """What, what is said of it, where, its icon; kind and word of its chip ('' for none).

    due: the instant it has to be done before, None when no clock runs.
    """

    what: str
    why: str
    href: str
    icon: str
    chip: str = ""
    word: str = ""
    due: datetime | None = None


def timed(what: str, why: str, href: str, icon: str, due: datetime, now: datetime) -> Line:
    """Something that can be done until an instant: its chip says how long that is."""
    chip, _ = by_clock(due, now)
    return Line(what, why, href, icon, chip, filters.time_left(due), due)


def owed(what: str, why: str, href: str, icon: str, due: datetime, now: datetime) -> Line:
    """Something others owe by an instant: how long they still have, or that they are late."""
    if now >= due:
        return Line(what, why, href, icon, "late", gettext(OVERDUE), due)
    return Line(what, why, href, icon, "line", filters.time_left(due), due)


def by_urgency(lines: Iterable[Line]) -> list[Line]:
    """What is late or ends today first, then by its clock, what has none last."""
    return sorted(lines, key=lambda x: (x.chip != "late", x.due or NO_DAY))


def short(text: str) -> str:
    """The beginning of somebody's words on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
