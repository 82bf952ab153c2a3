"""Published decisions, the archive with its feed, receipt checks, objections, and the register's desk."""

from hall.web.resolutions import desk, sources
from hall.web.resolutions.views import bp

__all__ = ["bp", "desk", "sources"]
