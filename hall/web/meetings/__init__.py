"""Meetings: convened, held, their minutes written, signed and published; calendars and papers."""

from hall.web.meetings import paper
from hall.web.meetings.blueprint import bp

__all__ = ["bp", "paper"]
