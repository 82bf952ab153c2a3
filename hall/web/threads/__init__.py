"""Threads on the web: the block other pages carry, a page of its own, answers and moderation."""

from hall.web.threads import desk, moderating, views, writing
from hall.web.threads.blueprint import bp

__all__ = ["bp", "desk", "moderating", "views", "writing"]
