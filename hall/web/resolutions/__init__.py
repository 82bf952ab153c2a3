"""Published decisions, the archive with its feed, receipt checks and objections."""

from hall.web.resolutions.views import bp

__all__ = ["bp"]
