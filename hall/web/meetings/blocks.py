"""What a paper consists of, whether it is printed or written for Word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. mark: '' | head (names its row) | box (boxed: a signature that is missing)."""

    text: str
    mark: str = ""
    more: str = ""  # what follows a boxed word


@dataclass(frozen=True, slots=True)
class Table:
    """A table. kind: facts | tasks | signs | signin | people; widths in mm of 165."""

    kind: str
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    head: tuple[str, ...] = ()
    only: str = ""  # '' | word: not on the printed page


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; indented by two characters unless flat."""

    text: str
    flat: bool = False
    strong: str = ""  # a sentence after it that must not be missed


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second level."""

    text: str
    only: str = ""


Block = Table | Text | Heading


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper. name: of its file; signed: who issues it and when; narrow: small margins, no red head."""

    name: str
    organ: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    qr_url: str = ""
    qr_lines: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()  # who issues it and when, at the right
    posting: bool = False  # lines for who posted it where and when
    demo: bool = False
    narrow: bool = False
