"""One search over what an estate has on record: proposals, minutes, resolutions."""

from hall.web.archive.views import bp

__all__ = ["bp"]
