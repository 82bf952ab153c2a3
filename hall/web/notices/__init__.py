"""One's own inbox: what waits for me, what of mine waits for others, and the news."""

from hall.web.notices.views import bp

__all__ = ["bp"]
