"""The three ways a request is turned down: not allowed, not now, not here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why an act cannot be done now.

    code: snake_case key of a sentence in a web room's messages; facts: its placeholders
    (plain values: int, str, datetime); who: code of the post or role that can clear it;
    not_before: the UTC instant from which it clears by itself.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    who: str | None = None
    not_before: datetime | None = None


class HallError(Exception):
    """Base of everything Hall refuses on purpose."""


class Refused(HallError):
    """The state or the time forbids it (409). Carries every blocker, never only the first."""

    def __init__(self, blockers: Blocker | Iterable[Blocker]) -> None:
        self.blockers: tuple[Blocker, ...] = (
            (blockers,) if isinstance(blockers, Blocker) else tuple(blockers)
        )
        if not self.blockers:
            raise ValueError("a refusal names at least one blocker")
        super().__init__(", ".join(b.code for b in self.blockers))


class Forbidden(HallError):
    """This person may not do this here, today or tomorrow (403)."""

    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(action)


class NotFound(HallError):
    """No such object in this estate (404); a foreign estate's object looks the same."""


def refuse_if(blockers: Iterable[Blocker]) -> None:
    """Raise Refused with all blockers when there is at least one."""
    found = tuple(blockers)
    if found:
        raise Refused(found)
