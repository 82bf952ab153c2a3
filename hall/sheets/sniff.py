"""What a file really is, by its first bytes, whatever its name claims."""

from __future__ import annotations

from hall.sheets.grid import SheetRefused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_FOREIGN = (
    (b"%PDF", "pdf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"SQLite format 3", "database"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"{\\rtf", "word"),
)
_MARKUP_HEAD = 2048


def sniff(data: bytes) -> str:
    """ "xlsx" (a zip) or "text". Raises SheetRefused for everything else it can name."""
    if not data.strip(b"\x00 \t\r\n"):
        raise SheetRefused("empty")
    if data.startswith(_OLE):
        raise SheetRefused(_ole_code(data))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "xlsx"
    if data.startswith(_BIFF):
        raise SheetRefused("old_xls")
    for magic, what in _FOREIGN:
        if data.startswith(magic) and not _is_plain(data):
            raise SheetRefused("not_a_spreadsheet", found=what)
    if data.startswith(b"%PDF"):
        raise SheetRefused("not_a_spreadsheet", found="pdf")
    _refuse_markup(data)
    return "text"


def _ole_code(data: bytes) -> str:
    """Password-protected workbooks and old .xls share one container format."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "old_xls"
    return "not_a_spreadsheet"


def _is_plain(data: bytes) -> bool:
    """Whether the first bytes hold no control characters: a table may begin with BM or MZ."""
    return not any(b < 32 and b not in b"\t\r\n" for b in data[:512])


def _refuse_markup(data: bytes) -> None:
    head = data[:_MARKUP_HEAD]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1"
    text = head.decode(encoding, "replace").lower().lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    if text.startswith("mime-version:"):
        raise SheetRefused("html_not_xls")
    if not text.startswith("<"):
        return
    if "urn:schemas-microsoft-com:office:spreadsheet" in text or "<?mso-application" in text:
        raise SheetRefused("xml_2003")
    if any(mark in text for mark in ("<html", "<!doctype html", "<table", "<meta", "<head")):
        raise SheetRefused("html_not_xls")
    if text.startswith("<?xml"):
        raise SheetRefused("not_a_spreadsheet", found="xml")
