"""Working days in mainland China: which weekdays are free and which weekend days are worked.

Source: the yearly notices of the General Office of the State Council on holidays, 2022 to 2026.
In a year without a row here Monday to Friday count as working days, and `known` is False.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

# year: (weekdays that are free, days of a weekend that are worked instead), as MMDD
_NOTICES: dict[int, tuple[str, str]] = {
    2022: (
        "0103 0131 0201 0202 0203 0204 0404 0405 0502 0503 0504 0603 0912 1003 1004 1005 1006 1007",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    2023: (
        "0102 0123 0124 0125 0126 0127 0405 0501 0502 0503 0622 0623 0929 1002 1003 1004 1005 1006",
        "0128 0129 0423 0506 0625 1007 1008",
    ),
    2024: (
        "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 "
        "1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: (
        "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
        "0126 0208 0427 0928 1011",
    ),
    2026: (
        "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 "
        "1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Facts about days: free weekdays, worked weekend days, and the years they are known for."""

    free: frozenset[date]
    worked: frozenset[date]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday unless free, Saturday and Sunday only where worked instead."""
        return day in self.worked if day.weekday() >= 5 else day not in self.free

    def add(self, day: date, working_days: int) -> date:
        """The last of so many working days after a day; that day itself does not count."""
        while working_days > 0:
            day += timedelta(days=1)
            if self.is_working_day(day):
                working_days -= 1
        return day

    def known(self, first: date, last: date) -> bool:
        """Whether every year of the span has its notice, so that no holiday can be missed."""
        return set(range(first.year, last.year + 1)) <= self.years


def _days(year: int, text: str) -> frozenset[date]:
    return frozenset(date(year, int(d[:2]), int(d[2:])) for d in text.split())


CHINA = WorkCalendar(
    frozenset().union(*(_days(y, free) for y, (free, _) in _NOTICES.items())),
    frozenset().union(*(_days(y, worked) for y, (_, worked) in _NOTICES.items())),
    frozenset(_NOTICES),
)
