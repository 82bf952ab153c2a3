"""The pre-check of an XLSX container: everything that can be refused before any XML is parsed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from hall.sheets.grid import SheetRefused
from hall.sheets.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNZIPPED, RATIO_FROM

_CHUNK = 64 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression method unknown here
    RuntimeError,
    ValueError,
    OSError,
    UnicodeDecodeError,
)
_FOREIGN = (
    ("word/", "word"),
    ("ppt/", "slides"),
    ("index/document.iwa", "numbers"),
    ("content.xml", "ods"),
    ("meta-inf/manifest.mf", "program"),
)


def open_checked(data: bytes) -> zipfile.ZipFile:
    """The archive, once its names, sizes and contents are within bounds; else SheetRefused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise SheetRefused("broken_zip") from None
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise SheetRefused("too_many_parts", parts=len(members), limit=MAX_MEMBERS)
    _check_names(members)
    _check_kind([m.filename.lower() for m in members])
    if any(m.flag_bits & 0x1 for m in members):
        raise SheetRefused("encrypted")
    total = 0
    for member in members:
        total = _check_contents(archive, member, total)
    return archive


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.filename
        parts = re.split(r"[\\/]", name)
        # orig_filename: zipfile cuts a name at NUL, which would hide what follows
        if (
            name.startswith(("/", "\\"))
            or ".." in parts
            or ":" in name
            or "\\" in name
            or "\x00" in member.orig_filename
        ):
            raise SheetRefused("unsafe_names")
        if name.lower() in seen:
            raise SheetRefused("broken_zip")
        seen.add(name.lower())


def _check_kind(names: list[str]) -> None:
    if any(n.endswith("vbaproject.bin") for n in names):
        raise SheetRefused("macro")
    if any(n.startswith("xl/externallinks/") for n in names):
        raise SheetRefused("external_links")
    if "xl/workbook.bin" in names:
        raise SheetRefused("xlsb")
    for prefix, what in _FOREIGN:
        if any(n.startswith(prefix) for n in names):
            raise SheetRefused("not_a_spreadsheet", found=what)
    if not any(n.endswith(".xml") for n in names):
        raise SheetRefused("not_a_spreadsheet", found="archive")


def _check_contents(archive: zipfile.ZipFile, member: zipfile.ZipInfo, total: int) -> int:
    """Unzip to nowhere, counting what really comes out: the header's own figure may lie."""
    size = 0
    tail = b""
    is_markup = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    for chunk in _chunks(archive, member):
        size += len(chunk)
        if total + size > MAX_UNZIPPED:
            raise SheetRefused("too_big_unzipped", limit_mb=MAX_UNZIPPED // 1024 // 1024)
        if size > RATIO_FROM and size > MAX_RATIO * max(member.compress_size, 1):
            raise SheetRefused("too_big_unzipped", limit_mb=MAX_UNZIPPED // 1024 // 1024)
        if is_markup:
            window = tail + chunk.replace(b"\x00", b"")  # UTF-16 too
            if b"<!DOCTYPE" in window or b"<!ENTITY" in window:
                raise SheetRefused("has_doctype")
            tail = window[-16:]
    return total + size


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except _BROKEN:
        raise SheetRefused("broken_zip") from None
