"""A roll comes in: upload, look at everything that was read, confirm by a second person."""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, Refused
from hall.permissions import Action
from hall.roll import queries as roll
from hall.roll import service
from hall.sheets.limits import MAX_BYTES
from hall.web.access import admits, allowed, current_actor, current_estate
from hall.web.roll import words
from hall.web.roll.blueprint import bp

SHOWN = 200  # problems of a kind on one page; the file has the rest
CHANGES = 100


@bp.get("/desk/<slug>/roll/import")
@allowed(Action.IMPORT_ROLL)
def import_ask() -> str:
    """Choose a file."""
    return _ask()


@bp.post("/desk/<slug>/roll/import")
@allowed(Action.IMPORT_ROLL)
def import_upload() -> AnyResponse:
    """Read the file; nothing is written to the roll."""
    file = request.files.get("file")
    data = file.read() if file else b""
    name = (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1][:200] if file else ""
    try:
        if not file or not name:
            raise Refused(Blocker("file_missing"))
        import_id = service.upload(
            current_actor(), current_estate().id, name, data, now=clock.now()
        )
    except Refused as error:
        return Response(_ask(error.blockers, name), 422)
    return redirect(url_for("roll.import_show", import_id=import_id), 303)


@bp.get("/desk/<slug>/roll/imports/<int:import_id>")
@allowed(Action.IMPORT_ROLL, Action.CONFIRM_IMPORT)
def import_show(import_id: int) -> str:
    """Everything that was read, beside what the file says of itself and what the roll is now."""
    return _show(import_id)


@bp.post("/desk/<slug>/roll/imports/<int:import_id>/confirm")
@allowed(Action.CONFIRM_IMPORT)
def import_confirm(import_id: int) -> AnyResponse:
    """The second person puts it into the roll."""
    try:
        if request.form.get("checked") != "1":
            raise Refused(Blocker("check_missing"))
        service.confirm_import(
            current_actor(),
            current_estate().id,
            import_id,
            keep_missing=request.form.get("missing") == "keep",
            now=clock.now(),
        )
    except Refused as error:
        return Response(_show(import_id, error.blockers), 409)
    return redirect(url_for("roll.import_show", import_id=import_id), 303)


@bp.post("/desk/<slug>/roll/imports/<int:import_id>/cancel")
@allowed(Action.IMPORT_ROLL)
def import_cancel(import_id: int) -> AnyResponse:
    """Take it back; nothing was written."""
    service.cancel_import(current_actor(), current_estate().id, import_id, now=clock.now())
    return redirect(url_for("roll.import_ask"), 303)


def _ask(why: tuple[Blocker, ...] = (), name: str = "") -> str:
    totals = roll.entry_totals(current_estate().id)
    return render_template(
        "roll/import.html", why=why, name=name, totals=totals, limit_mb=MAX_BYTES // 1024 // 1024
    )


def _show(import_id: int, why: tuple[Blocker, ...] = ()) -> str:
    estate, actor = current_estate(), current_actor()
    found = roll.import_page(estate.id, import_id)
    preview = found.preview
    blocks, warns, infos = (preview.of(s) for s in ("blocks", "warns", "info"))
    closed = roll.why_not_confirm_import(
        found.row, actor.account_id, changed_since=found.changed_since
    )
    return render_template(
        "roll/preview.html",
        row=found.row,
        preview=preview,
        blocks=[(p, *words.problem(p)) for p in blocks[:SHOWN]],
        warns=[(p, *words.problem(p)) for p in warns[:SHOWN]],
        infos=[(p, *words.problem(p)) for p in infos[:SHOWN]],
        more=max(0, len(blocks) - SHOWN) + max(0, len(warns) - SHOWN),
        diff=found.diff if found.row.waits else None,
        totals=roll.entry_totals(estate.id),
        closed=closed if found.row.waits else (),
        may_confirm=admits(actor, Action.CONFIRM_IMPORT),
        why=why,
        words=words,
        changes_shown=CHANGES,
    )
