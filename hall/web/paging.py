"""Pages of a long list by number, with an honest total."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request


@dataclass(frozen=True, slots=True)
class Page:
    """Which slice of a list is shown: number from 1, rows per page, rows in all."""

    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size

    @property
    def previous(self) -> int | None:
        """Number of the page before, if any."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Number of the page after, if any."""
        return self.number + 1 if self.number < self.pages else None


def asked_page() -> int:
    """The page number in ?page=, 1 when absent or nonsense."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def page_of(total: int, size: int = 20) -> Page:
    """The page asked for, clamped to what there is."""
    last = max(1, -(-total // size))
    return Page(min(asked_page(), last), size, total)
