"""A sheet of a workbook as rows by field name, and its cells as plain values of a document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hall import clock, sheets
from hall.countfile import words
from hall.countfile.model import FORMAT, VERSION, Problem

_LOCAL = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$")
_INDEX = re.compile(r"(\.[^.\[]+|\[\d+\])$")


@dataclass(slots=True)
class Draft:
    """The document being made, the cell each of its paths comes from, and problems of the workbook."""

    document: dict[str, Any] = field(default_factory=lambda: {"format": FORMAT, "version": VERSION})
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: str) -> str:
        """The cell of a path, or of the nearest thing around it."""
        at = path
        while at:
            if at in self.places:
                return self.places[at]
            shorter = _INDEX.sub("", at)
            at = shorter if shorter != at else ""
        return path


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table by field name, with the cells' places."""

    values: Mapping[str, str]
    places: Mapping[str, str]
    at: str

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")


def text(cell: sheets.Cell, place: str, draft: Draft) -> str:
    """What stands in a cell; a formula without a value and an error are problems."""
    if cell.kind in ("formula", "error"):
        draft.problems.append(Problem(place, "cell_without_value", {"kind": cell.kind}))
        return ""
    return (
        unicodedata.normalize("NFKC", cell.text).strip()
        if cell.kind == "number"
        else cell.text.strip()
    )


def table(
    sheet: sheets.Sheet, columns: Mapping[str, tuple[str, ...]], draft: Draft, *, more: bool = False
) -> Iterator[Row]:
    """Rows under the first filled row, which holds the headers. more: unknown headers are fields too."""
    names: dict[int, str] = {}
    for n, cells in enumerate(sheet.rows, 1):
        filled = {c: cell for c, cell in enumerate(cells, 1) if cell}
        if not filled:
            continue
        if not names:
            names = _headers(sheet, n, filled, columns, draft, more=more)
            continue
        values: dict[str, str] = {}
        places: dict[str, str] = {}
        for c, cell in filled.items():
            place = f"{sheet.name}!{sheets.cell_name(n, c)}"
            if c in names:
                values[names[c]] = text(cell, place, draft)
                places[names[c]] = place
                if names[c] == "received_at" and cell.kind == "date":
                    draft.problems.append(Problem(place, "time_not_text"))
            else:
                draft.problems.append(Problem(place, "cell_outside_table"))
        yield Row(values, places, f"{sheet.name}!{n}")


def _headers(
    sheet: sheets.Sheet,
    row: int,
    cells: Mapping[int, sheets.Cell],
    columns: Mapping[str, tuple[str, ...]],
    draft: Draft,
    *,
    more: bool,
) -> dict[int, str]:
    names: dict[int, str] = {}
    for c, cell in cells.items():
        name = words.column_of(columns, cell.text)
        place = f"{sheet.name}!{sheets.cell_name(row, c)}"
        if name is None and more:
            name = f"?{cell.text.strip()}"
        if name is None:
            known = "、".join(w[0] for w in columns.values())
            draft.problems.append(Problem(place, "header_unknown", {"known": known}))
        elif name in names.values():
            draft.problems.append(Problem(place, "repeated", {"value": cell.text}))
        else:
            names[c] = name
    return names


def area(text: str) -> str | None:
    """92.46㎡, 1,234.5 and full-width digits as plain digits; judged later like any area."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    plain = re.sub(r"(m2|平方米|平米)$", "", plain).strip()
    return plain or None


def whole(text: str) -> int | str | None:
    """Digits as a whole number; anything else stays text, to be judged later."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not plain:
        return None
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 12 else plain


def flag(text: str) -> bool | str | None:
    """是 and 否 as true and false; nothing is None."""
    if not text:
        return None
    known = words.meaning("flag", text)
    return {"true": True, "false": False}.get(known, text)


def instant(text: str) -> str | None:
    """2026-06-16 09:00 is a Shanghai time; a time with its offset stays as it is."""
    match = _LOCAL.match(unicodedata.normalize("NFKC", text).replace("/", "-").strip())
    if match is None:
        return text or None
    try:
        local = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type] # noqa: DTZ001
    except ValueError:
        return text
    return clock.iso(clock.local_instant(local.date(), local.time()))
