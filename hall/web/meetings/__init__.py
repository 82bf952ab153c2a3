"""Meetings: convened, held, their minutes written, signed and published; calendars and papers."""

from hall.web.meetings import calendar, checkin, convene, live, minutes, paper, views
from hall.web.meetings.blueprint import bp

__all__ = ["bp", "calendar", "checkin", "convene", "live", "minutes", "paper", "views"]
