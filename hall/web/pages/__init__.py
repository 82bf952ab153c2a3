"""Standing pages: help, accessibility, privacy, how votes are counted, who may do what."""

from hall.web.pages.views import bp

__all__ = ["bp"]
