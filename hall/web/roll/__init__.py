"""The owners' roll: list, import, publicity, letters, sales and representatives."""

from hall.web.roll import imports, letters, listing, publicity, titles
from hall.web.roll.blueprint import bp

__all__ = ["bp", "imports", "letters", "listing", "publicity", "titles"]
