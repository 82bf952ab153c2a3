"""Safe reading of spreadsheets that strangers upload: bytes in, a grid of cells or a refusal out.

`read(data, filename) -> Workbook` raises `SheetRefused(code, facts)` and nothing else. The room
knows nothing of owners or votes.
"""

from __future__ import annotations

from hall.sheets.grid import (
    EMPTY,
    Cell,
    Sheet,
    SheetRefused,
    Workbook,
    cell_name,
    column_letter,
)

__all__ = [
    "EMPTY",
    "Cell",
    "Sheet",
    "SheetRefused",
    "Workbook",
    "cell_name",
    "column_letter",
    "read",
]


def read(data: bytes, filename: str) -> Workbook:
    """The grid of an XLSX, CSV, TSV or TXT file. Raises SheetRefused (see hall.sheets.reader)."""
    # Imported here so that the child process, which passes through this module, starts faster.
    from hall.sheets.reader import read as read_file

    return read_file(data, filename)
