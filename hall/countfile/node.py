"""Walking a JSON document strictly: every wrong value is noted with its path, then reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from hall.areas import parse_m2
from hall.countfile.model import Problem
from hall.counting import Weight

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MAX_HEADS = 10**9


class NotWhole(str):
    """A number with a point, kept as its digits: Hall never turns one into a float."""

    __slots__ = ()


class Node:
    """A value of the document and its path. Reading a wrong value notes a problem, gives a stand-in."""

    def __init__(self, value: Any, path: str, problems: list[Problem]) -> None:
        self.value, self.path, self.problems = value, path, problems

    def wrong(self, code: str, **facts: object) -> None:
        """Note a problem at this place."""
        self.problems.append(Problem(self.path or "$", code, facts))

    @property
    def present(self) -> bool:
        """Whether the document says anything here; null is as good as nothing."""
        return self.value is not None

    def fields(self, *allowed: str) -> Node:
        """This object, after noting keys that have no business here. Not an object: an empty one."""
        if not isinstance(self.value, dict):
            if self.present:
                self.wrong("not_object")
            return Node({}, self.path, self.problems)
        for key in self.value:
            if key not in allowed:
                self[key].wrong("unknown_key")
        return self

    def __getitem__(self, key: str) -> Node:
        inside = self.value.get(key) if isinstance(self.value, dict) else None
        return Node(inside, f"{self.path}.{key}" if self.path else key, self.problems)

    def items(self) -> Iterator[Node]:
        """The elements of a list."""
        if not isinstance(self.value, list):
            if self.present:
                self.wrong("not_list")
            return
        for n, item in enumerate(self.value):
            yield Node(item, f"{self.path}[{n}]", self.problems)

    def pairs(self) -> Iterator[tuple[str, Node]]:
        """The members of an object."""
        if not isinstance(self.value, dict):
            if self.present:
                self.wrong("not_object")
            return
        for key in self.value:
            yield key, self[key]

    def need(self) -> Node:
        """This place, which must be filled."""
        if not self.present:
            self.wrong("missing")
        return self

    def text(self, limit: int = 300) -> str:
        """A text, '' where there is none."""
        if not self.present:
            return ""
        if not isinstance(self.value, str) or isinstance(self.value, NotWhole):
            self.wrong("not_text")
            return ""
        if len(self.value) > limit:
            self.wrong("too_long", limit=limit)
        return self.value.strip()

    def one_of(self, *allowed: str, default: str = "") -> str:
        """One of some words."""
        if not self.present:
            return default
        if self.value not in allowed:
            self.wrong("not_one_of", allowed=" | ".join(allowed))
            return default
        return str(self.value)

    def whole(self, least: int = 0, most: int = MAX_HEADS) -> int | None:
        """A whole number in a range, None where there is none."""
        if not self.present:
            return None
        if type(self.value) is not int:
            self.wrong("not_whole")
            return None
        if not least <= self.value <= most:
            self.wrong("out_of_range", least=least, most=most)
            return None
        return self.value

    def area(self) -> int | None:
        """An area '92.46' (m² as text, at most four decimals) in cm², None where there is none."""
        if not self.present:
            return None
        if not isinstance(self.value, str) or isinstance(self.value, NotWhole):
            self.wrong("area_not_text")
            return None
        try:
            return parse_m2(self.value)
        except ValueError:
            self.wrong("not_area", value=self.value[:40])
            return None

    def flag(self) -> bool:
        """true or false; false where there is none."""
        if self.present and type(self.value) is not bool:
            self.wrong("not_flag")
        return self.value is True

    def weight(self) -> Weight:
        """heads and area_m2 of this object."""
        return Weight(self["heads"].whole(), self["area_m2"].area())

    def day(self) -> date | None:
        """A calendar day 2026-06-01."""
        if not self.present:
            return None
        try:
            if isinstance(self.value, str) and _DAY.fullmatch(self.value):
                return date.fromisoformat(self.value)
        except ValueError:
            pass
        self.wrong("not_day")
        return None

    def instant(self) -> datetime | None:
        """An instant with its offset, 2026-06-16T01:00:00Z, as UTC."""
        if not self.present:
            return None
        try:
            if isinstance(self.value, str) and _INSTANT.fullmatch(self.value):
                return datetime.fromisoformat(self.value).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        self.wrong("not_instant")
        return None
