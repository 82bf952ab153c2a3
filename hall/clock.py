"""Time: the one clock of the project, and day counting in Asia/Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The current instant, UTC, whole microseconds."""
    return datetime.now(UTC)


def local_date(instant: datetime) -> date:
    """The Shanghai calendar day an instant falls on."""
    return instant.astimezone(SHANGHAI).date()


def day_start(day: date) -> datetime:
    """00:00 of a Shanghai day, as a UTC instant."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def local_instant(day: date, at: time) -> datetime:
    """A Shanghai wall-clock time as a UTC instant."""
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


def add_days(day: date, n: int) -> date:
    """The day n calendar days later."""
    return day + timedelta(days=n)


def iso(instant: datetime) -> str:
    """YYYY-MM-DDTHH:MM:SSZ, the form of every published or digested time."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
