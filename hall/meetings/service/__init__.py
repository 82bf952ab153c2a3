"""What can be done with a meeting: one function a verb, each one transaction."""

from __future__ import annotations

from hall.meetings.service.convening import cancel, convene, discard, move, notice, revise

__all__ = ["cancel", "convene", "discard", "move", "notice", "revise"]
