"""What may be handed in, and what a file is called afterwards: bounds and names, pure."""

from __future__ import annotations

import re
import unicodedata

from hall.errors import Blocker

MAX_BYTES = 5 * 1024 * 1024  # of the file handed in
MAX_STORED = 6 * 1024 * 1024  # of what we make of it
MAX_PIXELS = 50_000_000  # width times height: what a telephone takes today
LONGEST_SIDE = 2000  # pixels, as stored
MAX_PAGES = 100
A_DAY = 60  # files of one account in 24 hours
MEDIA = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
LONGEST_NAME = 80

# How a file begins that we read at all. Whatever its name says, the first bytes decide.
_PDF = b"%PDF-"
_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"

# Path marks and what no file system takes; then controls, and marks that turn text round or hide.
_UNSAFE = re.compile(r'[<>:"|?*\\/]')
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def kind_of(data: bytes) -> str | None:
    """ "image" or "pdf" by the first bytes; None for everything else."""
    if data.startswith((_JPEG, _PNG)) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "image"
    return "pdf" if data.startswith(_PDF) else None


def hand_in_blockers(data: bytes) -> list[Blocker]:
    """Why these bytes are not even opened."""
    if not data:
        return [Blocker("file_empty")]
    if len(data) > MAX_BYTES:
        return [Blocker("file_too_large", {"most_mb": MAX_BYTES // 1024 // 1024})]
    if kind_of(data) is None:
        return [Blocker("file_kind_refused")]
    return []


def clean_name(filename: str, extension: str) -> str:
    """The name as shown: no path, no control or direction marks, the extension of what it is."""
    name = unicodedata.normalize("NFC", filename.replace("\\", "/")).rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c) not in _HIDDEN)
    name = " ".join(_UNSAFE.sub(" ", name).split()).strip(". ")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name).strip(". ")
    return f"{stem[:LONGEST_NAME].strip('. ') or '附件'}.{extension}"
