"""CSV, TSV and TXT as a grid: encoding and delimiter found, nothing repaired in silence."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from hall.sheets.grid import CellKind, SheetDraft, SheetRefused
from hall.sheets.limits import MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS

_SAMPLE_CHARS = 64 * 1024
_SAMPLE_ROWS = 60
_DELIMITERS = (",", "\t", ";", "|")
_QUOTED_FORMULA = re.compile(r'^="([^"]*)"$')  # how a spreadsheet is told to keep 0101 as text
_SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
_WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def read_delimited(data: bytes, name: str) -> tuple[SheetDraft, str]:
    """The one sheet of a text file, and its encoding. Raises SheetRefused."""
    text, encoding = decode(data)
    if "\x00" in text:
        raise SheetRefused("nul_bytes", row=text.count("\n", 0, text.index("\x00")) + 1)
    delimiter, start = _delimiter(text)
    draft = SheetDraft(name)
    filled = 0
    for row, values in _records(text[start:], delimiter):
        if len(values) > MAX_COLUMNS and any(v.strip() for v in values[MAX_COLUMNS:]):
            raise SheetRefused("too_many_columns", limit=MAX_COLUMNS, row=row)
        for column, value in enumerate(values[:MAX_COLUMNS], start=1):
            if not value.strip():
                continue
            if row > MAX_ROWS:
                raise SheetRefused("too_many_rows", limit=MAX_ROWS, row=row)
            filled += 1
            if filled > MAX_CELLS:
                raise SheetRefused("too_many_cells", limit=MAX_CELLS)
            draft.cells[row, column] = (*_typed(value, row), False)
    if not draft.cells:
        raise SheetRefused("empty")
    return draft, encoding


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding: UTF-8 and UTF-16 with or without BOM, GB18030. Raises SheetRefused."""
    for bom, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding), encoding
    guessed = _bare_utf16(data)
    if guessed:
        return _strict(data, guessed), guessed
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as broken:
        if _mostly_utf8(data):
            row = data.count(b"\n", 0, broken.start) + 1
            raise SheetRefused("bad_encoding", row=row) from None
    return _strict(data, "gb18030"), "gb18030"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as broken:
        row = data.count(b"\n", 0, broken.start) + 1
        raise SheetRefused("bad_encoding", row=row) from None


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without its mark: digits, commas and line ends leave a zero in every second byte."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd * 5 > half and even * 20 < odd:
        return "utf-16-le"
    if even * 5 > half and odd * 20 < even:
        return "utf-16-be"
    return ""


def _mostly_utf8(data: bytes) -> bool:
    """Whether damaged UTF-8 explains the bytes better than GB18030 does."""
    text = data.decode("utf-8", "replace")
    return len(_WIDE.findall(text)) > 5 * text.count("\ufffd")


def _delimiter(text: str) -> tuple[str, int]:
    """The delimiter that cuts most lines into the same number of cells, and where data starts."""
    told = _SEPARATOR_LINE.match(text)
    if told:
        return told.group(1), told.end()
    sample = text[:_SAMPLE_CHARS]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        score = _score(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best, 0


def _score(sample: str, delimiter: str) -> int:
    """Cells gained in the lines that agree; 0 when the quotes speak against the delimiter."""
    widths: Counter[int] = Counter()
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True)
    try:
        for row, values in enumerate(reader):
            if row >= _SAMPLE_ROWS:
                break
            if len(values) > 1:
                widths[len(values)] += 1
    except csv.Error as error:
        if "expected after" in str(error):
            return 0
    return max(((width - 1) * lines for width, lines in widths.items()), default=0)


def _records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Numbered records: a record is a spreadsheet row even when a cell holds a line break."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    row = 0
    while True:
        row += 1
        try:
            values = next(reader)
        except StopIteration:
            return records
        except csv.Error as error:
            raise _refusal(error, row) from None
        if any(values):
            if len(records) > MAX_ROWS:
                raise SheetRefused("too_many_rows", limit=MAX_ROWS, row=row)
            records.append((row, values))


def _refusal(error: csv.Error, row: int) -> SheetRefused:
    words = str(error)
    if "field larger" in words:
        return SheetRefused("cell_too_long", limit=MAX_CELL_CHARS, row=row)
    if "unexpected end" in words:
        return SheetRefused("unclosed_quote", row=row)
    return SheetRefused("bad_quotes", row=row)


def _typed(value: str, row: int) -> tuple[str, CellKind]:
    if len(value) > MAX_CELL_CHARS:
        raise SheetRefused("cell_too_long", limit=MAX_CELL_CHARS, row=row)
    quoted = _QUOTED_FORMULA.match(value.strip())
    if quoted:
        return quoted.group(1), "text"
    if value.startswith("'") and len(value) > 1:
        return value[1:], "text"
    stripped = value.strip()
    if stripped.startswith(("=", "＝")) and len(stripped) > 1:
        return stripped, "formula"
    if stripped in ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"):
        return stripped, "error"
    return value, "text"
