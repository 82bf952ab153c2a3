"""A grid of cells as a spreadsheet shows it, and the one way in which a file is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

CellKind = Literal["empty", "text", "number", "date", "boolean", "error", "formula"]


class SheetRefused(Exception):
    """A file that is not read at all. code: snake_case; facts: plain values for the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts: Mapping[str, object] = facts
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    text: what stands there — a number as plain decimal digits (15 significant, as spreadsheets
    show it), a date as 2001-02-03, an error as #REF!; kind "formula": a formula whose value the
    file does not hold (text is empty), never guessed. merged: copied from the top left cell of a
    merged range.
    """

    text: str = ""
    kind: CellKind = "empty"
    merged: bool = False

    def __bool__(self) -> bool:
        """Whether anything stands in the cell."""
        return self.kind != "empty"


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rows[0] is row 1. Rows are as long as their last filled cell.

    hidden_rows and hidden_columns: numbers from 1, only those that hold something.
    """

    name: str
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """The cell at row and column counted from 1; an empty one outside the grid."""
        if 1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return EMPTY


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a file, in order. kind: "xlsx" or "text"; encoding: of a text file."""

    filename: str
    sheets: tuple[Sheet, ...]
    kind: str = "xlsx"
    encoding: str = ""


def column_letter(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """(3, 2) → B3."""
    return f"{column_letter(column)}{row}"


@dataclass(slots=True)
class SheetDraft:
    """A sheet while it is being read: filled cells by (row, column) counted from 1."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], tuple[str, CellKind, bool]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def packed(self) -> dict[str, Any]:
        """As plain JSON values: a text cell is its text, any other [text, kind, merged]."""
        rows: list[list[object]] = []
        for (row, column), (text, kind, merged) in sorted(self.cells.items()):
            while len(rows) < row:
                rows.append([])
            line = rows[row - 1]
            line.extend([None] * (column - 1 - len(line)))
            line.append(text if kind == "text" and not merged else [text, kind, merged])
        used = {c for _, c in self.cells}
        return {
            "name": self.name,
            "hidden": self.hidden,
            "rows": rows,
            "hidden_rows": sorted(r for r in self.hidden_rows if r <= len(rows) and rows[r - 1]),
            "hidden_columns": sorted(self.hidden_columns & used),
        }


def unpack(
    filename: str, packed: Iterable[Mapping[str, Any]], kind: str, encoding: str
) -> Workbook:
    """The workbook of packed sheets; equal cells are one object, which keeps big rolls small."""
    seen: dict[object, Cell] = {None: EMPTY}

    def cell(value: object) -> Cell:
        key = tuple(value) if isinstance(value, list) else value
        found = seen.get(key)
        if found is None:
            found = Cell(*key) if isinstance(key, tuple) else Cell(str(key), "text")
            seen[key] = found
        return found

    return Workbook(
        filename,
        tuple(
            Sheet(
                name=str(sheet["name"]),
                hidden=bool(sheet["hidden"]),
                rows=tuple(tuple(cell(v) for v in row) for row in sheet["rows"]),
                hidden_rows=tuple(sheet["hidden_rows"]),
                hidden_columns=tuple(sheet["hidden_columns"]),
            )
            for sheet in packed
        ),
        kind,
        encoding,
    )
