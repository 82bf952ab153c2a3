"""Rules of a meeting: facts in, all blockers or a figure out. Pure."""

from __future__ import annotations

from hall.meetings.rules.kinds import ITEM_KINDS, KINDS, Kind, KindData
from hall.meetings.rules.state import State, Times, state

__all__ = ["ITEM_KINDS", "KINDS", "Kind", "KindData", "State", "Times", "state"]
