"""Positions of the five bodies: stating one, declaring interests, and their place on a proposal's page."""

from hall.web.positions.views import bp

__all__ = ["bp"]
