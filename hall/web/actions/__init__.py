"""Actions 落实: the public list, the page of one, and the desk where they are kept up."""

from hall.web.actions import desk, views
from hall.web.actions.blueprint import bp

__all__ = ["bp", "desk", "views"]
