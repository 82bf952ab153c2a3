"""Reads of the files room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from hall.db import db
from hall.errors import NotFound
from hall.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file without its content. size in bytes; width and height in pixels; pages of a PDF."""

    id: int
    estate_id: int
    name: str
    kind: str  # image | pdf
    media: str
    size: int
    pages: int | None
    width: int | None
    height: int | None
    digest: str  # SHA-256 of the content, hexadecimal
    account_id: int | None
    created_at: datetime


_COLUMNS = (
    StoredFile.id,
    StoredFile.estate_id,
    StoredFile.name,
    StoredFile.kind,
    StoredFile.media,
    StoredFile.size,
    StoredFile.pages,
    StoredFile.width,
    StoredFile.height,
    StoredFile.digest,
    StoredFile.account_id,
    StoredFile.created_at,
)


def get(file_id: int, estate_id: int | None = None) -> FileRow:
    """A file by id, of this estate when one is given. Raises NotFound."""
    found = by_ids([file_id]).get(file_id)
    if found is None or estate_id not in (None, found.estate_id):
        raise NotFound("stored_file")
    return found


def by_ids(ids: Iterable[int]) -> dict[int, FileRow]:
    """Files by id; unknown ids are left out."""
    wanted = set(ids)
    if not wanted:
        return {}
    q = select(*_COLUMNS).where(StoredFile.id.in_(wanted))
    rows: list[Any] = list(db.session.connection().execute(q))
    return {r[0]: FileRow(*r) for r in rows}


def content(file_id: int) -> bytes:
    """The bytes that are served. Raises NotFound."""
    found = db.session.scalar(select(StoredFile.content).where(StoredFile.id == file_id))
    if found is None:
        raise NotFound("stored_file")
    return found
