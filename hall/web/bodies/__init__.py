"""The five bodies of an estate: who they are, what they may do, and the party line around them."""

from hall.web.bodies.views import bp

__all__ = ["bp"]
