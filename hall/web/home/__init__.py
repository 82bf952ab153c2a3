"""The front door and each estate's home."""

from hall.web.home.views import bp

__all__ = ["bp"]
