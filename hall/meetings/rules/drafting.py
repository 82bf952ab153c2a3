"""What the one form of convening holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """A row of the agenda; minutes None: nothing that could be read as a number was typed."""

    title: str
    minutes: int | None = 10
    lead: str = ""
    kind: str = "discuss"
    proposal_id: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """Everything about a meeting that can change before its notice. names: called by name, one each."""

    kind: str
    title: str
    bodies: tuple[str, ...]
    starts_at: datetime | None
    place: str = ""
    remark: str = ""
    items: tuple[ItemDraft, ...] = ()
    party_ids: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
