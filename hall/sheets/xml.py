"""The parts of an XLSX file other than its sheets, read as a stream of events: no tree is built."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import Any
from xml.etree.ElementTree import ParseError  # only the exception: defusedxml parses

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from hall.sheets.grid import SheetRefused
from hall.sheets.limits import MAX_CELLS, MAX_SHEETS

_CHUNK = 64 * 1024
_BUILTIN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_FORMAT_NOISE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_OLD_DATES = frozenset({"1", "true", "on"})


class Handler:
    """Receives the events of one part; the base ignores everything."""

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """An element begins; tag carries its namespace as {uri}name."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """A piece of text."""

    def close(self) -> None:
        """The part has ended."""


def local(tag: str) -> str:
    """The name without its namespace: strict and transitional workbooks differ only there."""
    return tag.rpartition("}")[2]


def parse(archive: zipfile.ZipFile, part: str, handler: Handler) -> None:
    """Feed a part to a handler. Raises SheetRefused: has_doctype, broken_workbook."""
    try:
        stream = archive.open(part)
    except KeyError:
        raise SheetRefused("broken_workbook") from None
    parser: Any = DefusedXMLParser(target=handler, forbid_dtd=True)
    with stream:
        try:
            while chunk := stream.read(_CHUNK):
                parser.feed(chunk)
            parser.close()
        except DefusedXmlException:
            raise SheetRefused("has_doctype") from None
        except (ParseError, UnicodeError):
            raise SheetRefused("broken_workbook") from None


class SharedStrings(Handler):
    """The table of texts. Phonetic readings above characters are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = local(tag)
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._in_text = not self._phonetic

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "si":
            self.texts.append(unescape("".join(self._parts)))
            if len(self.texts) > MAX_CELLS:
                raise SheetRefused("too_many_cells", limit=MAX_CELLS)
        elif name == "rPh":
            self._phonetic = False
        elif name == "t":
            self._in_text = False

    def data(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Undo _x000D_: how the format writes control characters."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda m: chr(int(m.group(1), 16)), text)


class Styles(Handler):
    """Which cell styles show a date, and which pad a number with zeros ("0000")."""

    def __init__(self) -> None:
        self.dates: list[bool] = []
        self.padding: list[int] = []
        self._codes: dict[int, str] = {}
        self._in_cell_formats = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            self._codes[_int(attrs.get("numFmtId"))] = attrs.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cell_formats = True
        elif name == "xf" and self._in_cell_formats:
            number = _int(attrs.get("numFmtId"))
            code = self._codes.get(number)
            self.dates.append(number in _BUILTIN_DATES if code is None else shows_date(code))
            self.padding.append(len(code) if code and not code.strip("0") else 0)

    def end(self, tag: str) -> None:
        if local(tag) == "cellXfs":
            self._in_cell_formats = False

    def is_date(self, style: int) -> bool:
        """Whether a number in that style is shown as a date or time."""
        return 0 <= style < len(self.dates) and self.dates[style]

    def zeros(self, style: int) -> int:
        """The digits to which that style pads a whole number; 0 when it does not."""
        return self.padding[style] if 0 <= style < len(self.padding) else 0


def shows_date(code: str) -> bool:
    """Whether a number format writes years, months, days or hours."""
    first = _FORMAT_NOISE.sub("", code).split(";")[0].lower()
    return "general" not in first and any(c in first for c in "ymdhs")


class Book(Handler):
    """Names, states and relationship ids of the sheets, and the date epoch."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []  # name, hidden, relationship id
        self.from_1904 = False

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = local(tag)
        if name == "sheet":
            if len(self.sheets) >= MAX_SHEETS:
                raise SheetRefused("too_many_sheets", limit=MAX_SHEETS)
            relation = next((v for k, v in attrs.items() if local(k) == "id" and "}" in k), "")
            hidden = attrs.get("state", "visible") != "visible"
            self.sheets.append((attrs.get("name", ""), hidden, relation))
        elif name == "workbookPr":
            self.from_1904 = attrs.get("date1904", "").lower() in _OLD_DATES


class Relations(Handler):
    """The relationships of a part: (id, type, target), targets made absolute inside the archive."""

    def __init__(self, folder: str) -> None:
        self.found: list[tuple[str, str, str]] = []
        self._folder = folder

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if local(tag) == "Relationship" and attrs.get("TargetMode", "Internal") == "Internal":
            target = attrs.get("Target", "")
            joined = target if target.startswith("/") else posixpath.join(self._folder, target)
            path = posixpath.normpath(joined).lstrip("/")
            self.found.append((attrs.get("Id", ""), attrs.get("Type", ""), path))

    def first(self, ending: str) -> str | None:
        """The target of the first relationship whose type ends so."""
        return next((t for _, kind, t in self.found if kind.endswith(ending)), None)


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
