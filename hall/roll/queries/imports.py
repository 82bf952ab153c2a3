"""Uploaded rolls: what was read, what it would change, and why it cannot be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from hall.db import db
from hall.errors import Blocker, NotFound
from hall.people.models import Person
from hall.people.queries import names
from hall.roll.models import RollImport, Title, TitleHolder, Unit
from hall.roll.queries.current import entry_totals
from hall.roll.rules.diff import Diff, RollOwner, RollUnit, diff
from hall.roll.rules.preview import Preview, from_json


@dataclass(frozen=True, slots=True)
class ImportRow:
    """An uploaded file (area in cm²). version: of the roll, once confirmed; blocking: problems that
    forbid confirming; base: digest of the roll it was compared with."""

    id: int
    filename: str
    sha256: str
    units: int
    heads: int
    area_cm2: int
    blocking: int
    base: str
    version: int | None
    uploaded_by: int | None
    uploaded_at: datetime
    confirmed_by: int | None
    confirmed_at: datetime | None
    cancelled_at: datetime | None
    uploader: str = ""
    confirmer: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is neither confirmed nor cancelled."""
        return self.confirmed_at is None and self.cancelled_at is None


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Everything shown of one upload; the difference is against the roll as it stands now."""

    row: ImportRow
    preview: Preview
    diff: Diff
    changed_since: bool


def imports(estate_id: int, limit: int = 20) -> tuple[ImportRow, ...]:
    """The newest uploads of an estate with the names of who did what; two queries."""
    rows = _rows(_select().where(RollImport.estate_id == estate_id).limit(limit))
    return rows


def find_import(estate_id: int, import_id: int) -> ImportRow | None:
    """One upload of this estate, or None."""
    q = _select().where(RollImport.estate_id == estate_id, RollImport.id == import_id)
    return next(iter(_rows(q)), None)


def import_page(estate_id: int, import_id: int) -> ImportPage:
    """One upload with its preview and its difference from today's roll. Raises NotFound."""
    row = find_import(estate_id, import_id)
    if row is None:
        raise NotFound("roll_import")
    preview = stored_preview(estate_id, import_id)
    changed = row.waits and entry_totals(estate_id).digest != row.base
    return ImportPage(row, preview, diff(roll_units(estate_id), preview), changed)


def stored_preview(estate_id: int, import_id: int) -> Preview:
    """What was read in an uploaded file. Raises NotFound."""
    text = db.session.scalar(
        select(RollImport.preview).where(
            RollImport.estate_id == estate_id, RollImport.id == import_id
        )
    )
    if text is None:
        raise NotFound("roll_import")
    return from_json(text)


def why_not_confirm_import(
    row: ImportRow, account_id: int | None, *, changed_since: bool
) -> tuple[Blocker, ...]:
    """Every reason why this account cannot confirm an upload now (two persons: model I10)."""
    found = []
    if row.confirmed_at is not None:
        found.append(Blocker("import_confirmed_already", {"at": row.confirmed_at}))
    if row.cancelled_at is not None:
        found.append(Blocker("import_cancelled", {"at": row.cancelled_at}))
    if row.blocking:
        found.append(Blocker("import_has_errors", {"count": row.blocking}, "clerk"))
    if row.units == 0:
        found.append(Blocker("import_is_empty", {}, "clerk"))
    if row.uploaded_by is not None and row.uploaded_by == account_id:
        found.append(Blocker("import_same_person", {}, "committee"))
    if changed_since:
        found.append(Blocker("roll_changed_since_upload", {"at": row.uploaded_at}, "clerk"))
    return tuple(found)


def roll_units(estate_id: int) -> tuple[RollUnit, ...]:
    """Today's standing units in the form in which they are compared with a file; one query."""
    u, t = Unit.__table__.c, Title.__table__.c
    h, p = TitleHolder.__table__.c, Person.__table__.c
    rows = db.session.connection().execute(
        select(
            u.label,
            u.area_cm2,
            u.area_source,
            u.kind,
            u.status,
            t.verified,
            p.name,
            p.phone,
            h.share_num,
            h.share_den,
        )
        .select_from(Unit.__table__)
        .outerjoin(Title.__table__, and_(t.unit_id == u.id, t.to_on.is_(None)))
        .outerjoin(TitleHolder.__table__, h.title_id == t.id)
        .outerjoin(Person.__table__, p.id == h.person_id)
        .where(u.estate_id == estate_id, u.retired_at.is_(None))
        .order_by(u.sort, u.id, h.id)
    )
    first: dict[str, Any] = {}
    owners: dict[str, list[RollOwner]] = {}
    for row in rows:
        first.setdefault(row.label, row)
        if row.name is not None:
            owners.setdefault(row.label, []).append(
                RollOwner(row.name, row.phone, row.share_num, row.share_den)
            )
    return tuple(
        RollUnit(
            label,
            row.area_cm2,
            row.area_source,
            row.kind,
            row.status,
            bool(row.verified),
            tuple(owners.get(label, ())),
        )
        for label, row in first.items()
    )


def _select() -> Any:
    i = RollImport
    return select(
        i.id,
        i.filename,
        i.sha256,
        i.units,
        i.heads,
        i.area_cm2,
        i.blocking,
        i.base,
        i.version,
        i.uploaded_by,
        i.uploaded_at,
        i.confirmed_by,
        i.confirmed_at,
        i.cancelled_at,
    ).order_by(i.id.desc())


def _rows(q: Any) -> tuple[ImportRow, ...]:
    rows: list[Any] = list(db.session.connection().execute(q))
    known = names({a for r in rows for a in (r.uploaded_by, r.confirmed_by) if a is not None})
    named: list[tuple[Any, ...]] = [
        (*r, known.get(r.uploaded_by, ""), known.get(r.confirmed_by, "")) for r in rows
    ]
    return tuple(ImportRow(*values) for values in named)
