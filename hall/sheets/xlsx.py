"""An XLSX file as a grid: values as shown, merged ranges filled, hidden rows and columns noted.

Sheets are read by our own event handler rather than by openpyxl, whose streaming mode tells neither
merged ranges nor hidden rows, nor a formula without a value from an empty cell; its full mode costs
fifty times the file. The results are tested against openpyxl's.
"""

from __future__ import annotations

import math
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal

from hall.sheets.archive import open_checked
from hall.sheets.grid import CellKind, SheetDraft, SheetRefused, cell_name
from hall.sheets.limits import (
    MAX_CELL_CHARS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_ROWS,
)
from hall.sheets.xml import Book, Handler, Relations, SharedStrings, Styles, local, parse, unescape

_REFERENCE = re.compile(r"^\$?([A-Z]{1,4})\$?([0-9]{1,8})$")
_MAX_ELEMENTS = 1_000_000  # cells with or without content, all sheets together
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2_958_465  # 9999-12-31


def read_xlsx(data: bytes) -> list[SheetDraft]:
    """All sheets in their order. Raises SheetRefused."""
    with open_checked(data) as archive:
        try:
            return _read(archive)
        except (zipfile.BadZipFile, EOFError, NotImplementedError):
            raise SheetRefused("broken_zip") from None


def _read(archive: zipfile.ZipFile) -> list[SheetDraft]:
    root = _relations(archive, "")
    book_part = root.first("/officeDocument") or "xl/workbook.xml"
    if book_part not in archive.namelist():
        raise SheetRefused("not_a_spreadsheet", found="archive")
    book = Book()
    parse(archive, book_part, book)
    relations = _relations(archive, book_part)
    strings, styles = SharedStrings(), Styles()
    for ending, handler in (("/styles", styles), ("/sharedStrings", strings)):
        part = relations.first(ending)
        if part is not None:
            parse(archive, part, handler)
    targets = {rid: target for rid, _, target in relations.found}
    budget = Budget()
    drafts = []
    for name, hidden, rid in book.sheets:
        reader = SheetReader(SheetDraft(name, hidden), strings.texts, styles, budget)
        reader.epoch = _EPOCH_1904 if book.from_1904 else _EPOCH
        parse(archive, targets.get(rid, ""), reader)
        reader.fill_merged()
        drafts.append(reader.draft)
    if not any(d.cells for d in drafts):
        raise SheetRefused("empty")
    return drafts


def _relations(archive: zipfile.ZipFile, part: str) -> Relations:
    folder, _, name = part.rpartition("/")
    relations = Relations(folder)
    path = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
    if path in archive.namelist():
        parse(archive, path, relations)
    return relations


class Budget:
    """What all sheets of one file may hold together."""

    def __init__(self) -> None:
        self.elements = 0
        self.filled = 0

    def element(self) -> None:
        """One cell element, filled or not."""
        self.elements += 1
        if self.elements > _MAX_ELEMENTS:
            raise SheetRefused("too_many_cells", limit=MAX_CELLS)

    def fill(self) -> None:
        """One cell with content, or one copy of it."""
        self.filled += 1
        if self.filled > MAX_CELLS:
            raise SheetRefused("too_many_cells", limit=MAX_CELLS)


class SheetReader(Handler):
    """Collects one sheet. Positions come from each cell's own name, never from <dimension>."""

    def __init__(
        self, draft: SheetDraft, strings: list[str], styles: Styles, budget: Budget
    ) -> None:
        self.draft = draft
        self.epoch = _EPOCH
        self._strings, self._styles, self._budget = strings, styles, budget
        self._merges: list[tuple[int, int, int, int]] = []
        self._row = self._column = 0
        self._attrs: dict[str, str] = {}
        self._value: list[str] = []
        self._has_value = self._has_formula = self._in_value = self._phonetic = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self._start_cell(attrs)
        elif name == "v":
            self._in_value = self._has_value = True
        elif name == "t":
            self._in_value = not self._phonetic
            self._has_value = True
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._start_row(attrs)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))
        elif name == "col" and _true(attrs.get("hidden")):
            first, last = _number(attrs.get("min")), _number(attrs.get("max"))
            self.draft.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._in_value = False
        elif name == "rPh":
            self._phonetic = False

    def data(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)

    def _start_row(self, attrs: dict[str, str]) -> None:
        self._row = _number(attrs.get("r")) or self._row + 1
        self._column = 0
        if _true(attrs.get("hidden")) and self._row <= MAX_ROWS:
            self.draft.hidden_rows.add(self._row)

    def _start_cell(self, attrs: dict[str, str]) -> None:
        self._budget.element()
        place = _place(attrs.get("r", ""))
        self._row, self._column = place or (max(self._row, 1), self._column + 1)
        self._attrs = attrs
        self._value = []
        self._has_value = self._has_formula = self._in_value = False

    def _end_cell(self) -> None:
        text, kind = self._typed("".join(self._value))
        if kind == "empty":
            return
        row, column = self._row, self._column
        where = {"sheet": self.draft.name, "cell": cell_name(row, column)}
        if row > MAX_ROWS:
            raise SheetRefused("too_many_rows", limit=MAX_ROWS, **where)
        if column > MAX_COLUMNS:
            raise SheetRefused("too_many_columns", limit=MAX_COLUMNS, **where)
        if len(text) > MAX_CELL_CHARS:
            raise SheetRefused("cell_too_long", limit=MAX_CELL_CHARS, **where)
        self._budget.fill()
        self.draft.cells[row, column] = (text, kind, False)

    def _typed(self, raw: str) -> tuple[str, CellKind]:
        kind = self._attrs.get("t", "n")
        if self._has_formula and (not self._has_value or (not raw and kind != "str")):
            return "", "formula"
        if not raw.strip():
            return "", "empty"
        if kind == "s":
            index = _number(raw.strip(), -1)
            if not 0 <= index < len(self._strings):
                raise SheetRefused("broken_workbook")
            text = self._strings[index]
            return (text, "text") if text.strip() else ("", "empty")
        if kind in ("str", "inlineStr"):
            return unescape(raw), "text"
        if kind == "b":
            return ("TRUE" if raw.strip() == "1" else "FALSE"), "boolean"
        if kind == "e":
            return raw.strip(), "error"
        if kind == "d":
            return raw.strip()[:10], "date"
        return self._numeric(raw.strip())

    def _numeric(self, raw: str) -> tuple[str, CellKind]:
        try:
            value = float(raw)
        except ValueError:
            return raw, "error"
        if not math.isfinite(value):
            return raw, "error"
        style = _number(self._attrs.get("s"))
        if self._styles.is_date(style) and 0 <= value <= _LAST_SERIAL:
            return self._date(value), "date"
        text = plain(value)
        zeros = self._styles.zeros(style)
        return (text.zfill(zeros) if text.isdecimal() else text), "number"

    def _date(self, serial: float) -> str:
        days = int(serial)
        if days == 0 and self.epoch is _EPOCH:
            minutes = round(serial * 24 * 60)
            return f"{minutes // 60:02d}:{minutes % 60:02d}"
        if self.epoch is _EPOCH and days < 60:
            days += 1  # the format believes in 29 February 1900
        try:
            return (self.epoch + timedelta(days=days)).isoformat()
        except OverflowError:
            return plain(serial)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        a, b = _place(first), _place(last)
        if a is None or b is None:
            return
        if len(self._merges) >= MAX_MERGES:
            raise SheetRefused("too_many_cells", limit=MAX_CELLS)
        self._merges.append((a[0], a[1], b[0], b[1]))

    def fill_merged(self) -> None:
        """Copy each merged range's value to all its cells within the used area."""
        cells = self.draft.cells
        bottom = max((r for r, _ in cells), default=0)
        right = max((c for _, c in cells), default=0)
        for top, left, last_row, last_column in self._merges:
            anchor = cells.get((top, left))
            if anchor is None:
                continue
            for row in range(top, min(last_row, bottom) + 1):
                for column in range(left, min(last_column, right) + 1):
                    if (row, column) != (top, left):
                        self._budget.fill()
                        cells[row, column] = (anchor[0], anchor[1], True)


def plain(value: float) -> str:
    """A number as spreadsheets show it: 15 significant digits, no exponent, no trailing zeros."""
    text = format(Decimal(format(value, ".15g")), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)), column


def _number(text: str | None, default: int = 0) -> int:
    if text and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return default


def _true(text: str | None) -> bool:
    return (text or "").lower() in ("1", "true", "on")
