"""An owners' file comes in: uploaded and read by one person, confirmed by a second, or cancelled."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import func, insert, select, update

from hall.db import atomic, db, read_only
from hall.errors import Blocker, NotFound, Refused, refuse_if
from hall.estates import queries as estates
from hall.estates.models import Estate
from hall.journal import service as journal
from hall.people.service import throttle
from hall.permissions import Action, Actor, require
from hall.roll.models import RollImport
from hall.roll.queries.current import entry_totals
from hall.roll.queries.imports import find_import, stored_preview, why_not_confirm_import
from hall.roll.rules.preview import EstateFacts
from hall.roll.rules.reading import read_roll
from hall.roll.service.apply import apply_preview
from hall.sheets import SheetRefused, read

UPLOADS_AN_HOUR = 30  # reading a file costs seconds of a processor


def upload(actor: Actor, estate_id: int, filename: str, data: bytes, *, now: datetime) -> int:
    """Read a roll and keep only what was read; the roll itself is untouched. Returns the import's id.

    The file is read before the transaction, in a bounded process. Refused: why the file cannot be
    read (the codes of hall.sheets) | throttled. Problems inside a readable file are kept with it.
    """
    require(actor, Action.IMPORT_ROLL, estate_id)
    throttle(
        f"upload:{actor.account_id}", limit=UPLOADS_AN_HOUR, window=timedelta(hours=1), now=now
    )
    with read_only():
        estate = estates.get(estate_id)
        buildings = tuple(b.name for b in estates.buildings(estate_id))
    facts = EstateFacts(estate.name, estate.households, estate.site_area_cm2, buildings)
    try:
        preview = read_roll(read(data, filename), estate_facts=facts)
    except SheetRefused as refused:
        raise Refused(Blocker(refused.code, dict(refused.facts))) from refused
    sha256 = hashlib.sha256(data).hexdigest()
    with atomic() as session:
        import_id: int = session.execute(
            insert(RollImport)
            .values(
                estate_id=estate_id,
                filename=filename[:200],
                sha256=sha256,
                preview=preview.to_json(),
                units=len(preview.units),
                heads=preview.heads,
                area_cm2=preview.area_cm2,
                blocking=preview.counts["blocks"],
                base=entry_totals(estate_id).digest,
                uploaded_by=actor.account_id,
                uploaded_at=now,
            )
            .returning(RollImport.id)
        ).scalar_one()
        journal.record(
            actor,
            "roll.upload",
            "roll_import",
            import_id,
            estate_id=estate_id,
            now=now,
            sha256=sha256,
            units=len(preview.units),
            blocking=preview.counts["blocks"],
        )
    return import_id


def confirm_import(
    actor: Actor,
    estate_id: int,
    import_id: int,
    *,
    now: datetime,
    keep_missing: bool = False,
) -> int:
    """Make an uploaded file the roll, all of it or nothing; returns the roll's version.

    By somebody else than the uploader. Titles of changed owners are closed and opened anew, never
    rewritten; units that the file leaves out are retired (keep_missing: they stay). Frozen rolls
    of running ballots do not move. NotFound. Refused with all of: import_confirmed_already |
    import_cancelled | import_has_errors | import_is_empty | import_same_person |
    roll_changed_since_upload.
    """
    require(actor, Action.CONFIRM_IMPORT, estate_id)
    with read_only():
        preview = stored_preview(estate_id, import_id)
    with atomic() as session:
        session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
        row = find_import(estate_id, import_id)
        if row is None:
            raise NotFound("roll_import")
        changed = row.waits and entry_totals(estate_id).digest != row.base
        refuse_if(why_not_confirm_import(row, actor.account_id, changed_since=changed))
        done = apply_preview(
            preview,
            estate_id,
            account_id=actor.account_id,
            evidence=row.filename,
            keep_missing=keep_missing,
            now=now,
        )
        version = 1 + (
            session.scalar(
                select(func.max(RollImport.version)).where(RollImport.estate_id == estate_id)
            )
            or 0
        )
        session.execute(
            update(RollImport)
            .where(RollImport.id == import_id)
            .values(version=version, confirmed_by=actor.account_id, confirmed_at=now)
        )
        totals = entry_totals(estate_id)
        journal.record(
            actor,
            "roll.confirm_import",
            "roll_import",
            import_id,
            estate_id=estate_id,
            now=now,
            version=version,
            added=done.added,
            changed=done.changed,
            titles=done.titles,
            retired=done.retired,
            heads=totals.heads,
            area_cm2=totals.area_cm2,
            digest=totals.digest,
        )
    return version


def cancel_import(actor: Actor, estate_id: int, import_id: int, *, now: datetime) -> None:
    """Put an upload aside for good; what was read stays on file.

    NotFound. Refused: import_confirmed_already | import_cancelled.
    """
    require(actor, Action.IMPORT_ROLL, estate_id)
    with atomic():
        row = db.session.scalar(
            select(RollImport)
            .where(RollImport.id == import_id, RollImport.estate_id == estate_id)
            .with_for_update()
        )
        if row is None:
            raise NotFound("roll_import")
        found = []
        if row.confirmed_at is not None:
            found.append(Blocker("import_confirmed_already", {"at": row.confirmed_at}))
        if row.cancelled_at is not None:
            found.append(Blocker("import_cancelled", {"at": row.cancelled_at}))
        refuse_if(found)
        row.cancelled_at, row.cancelled_by = now, actor.account_id
        journal.record(
            actor,
            "roll.cancel_import",
            "roll_import",
            import_id,
            estate_id=estate_id,
            now=now,
        )
