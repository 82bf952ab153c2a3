"""Voters' and public pages of ballots: notice, sheet, receipt, participation."""

from hall.web.ballots.views import bp

__all__ = ["bp"]
