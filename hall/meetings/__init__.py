"""Meetings: convened by one body or several; agenda, attendance, votes by name, minutes, signing."""
