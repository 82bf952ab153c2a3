"""Table of files. Content lies in the database, so that a backup is whole; at most 5 MiB each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from hall.db import Model


class StoredFile(Model):
    """A file as it is served: the re-encoded bytes, never the ones handed in. Immutable."""

    __tablename__ = "stored_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))  # as shown; cleaned of paths and controls
    kind: Mapped[str] = mapped_column(String(8))  # image | pdf
    media: Mapped[str] = mapped_column(String(40))  # image/jpeg, image/png, application/pdf
    size: Mapped[int]  # bytes
    pages: Mapped[int | None]  # pdf
    width: Mapped[int | None]  # image, pixels
    height: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of content
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    account_id: Mapped[int | None]  # who handed it in
    created_at: Mapped[datetime]
