"""Signing in and out, the letter's code, and one's own page."""

from hall.web.accounts import letters
from hall.web.accounts.views import bp

__all__ = ["bp", "letters"]
