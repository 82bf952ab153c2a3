"""Serving what was handed in, and taking it from a form for other pages."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, request
from flask.blueprints import BlueprintSetupState
from werkzeug.datastructures import FileStorage

from hall import clock
from hall.errors import NotFound
from hall.files import queries, service
from hall.files.rules import MAX_BYTES
from hall.web.access import current_actor, current_estate, public
from hall.web.headers import IMMUTABLE

bp = Blueprint("files", __name__)

CSP = "sandbox; default-src 'none'"
# What a file field of a form says that it takes.
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"


@bp.record_once
def _tell_macros(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["file_accept"] = ACCEPT


@bp.get("/files/<int:file_id>/<name>")
@public
def serve(file_id: int, name: str) -> Response:
    """A file for whoever has its whole address, name included; pictures are shown, papers downloaded."""
    row = queries.get(file_id)
    if name != row.name:
        raise NotFound("stored_file")
    response = Response(mimetype=row.media)
    response.set_etag(row.digest)
    response.headers["Cache-Control"] = IMMUTABLE
    response.headers["Content-Security-Policy"] = CSP
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    shown = "inline" if row.kind == "image" else "attachment"
    response.headers["Content-Disposition"] = (
        f"{shown}; filename*=UTF-8''{quote(row.name, safe='')}"
    )
    if request.if_none_match.contains(row.digest):
        response.status_code = 304
        return response
    response.data = queries.content(file_id)
    return response


def take(field: str) -> int | None:
    """Hand in the file of a form's field for the estate of the page: its id, None when none was chosen.

    Raises Forbidden, Refused with a file_* code.
    """
    chosen = request.files.get(field)
    return _hand_in(chosen) if chosen is not None and chosen.filename else None


def take_all(field: str, most: int = 5) -> list[int]:
    """take() for a field that allows several files; more than `most` are left."""
    chosen = [f for f in request.files.getlist(field) if f.filename]
    return [_hand_in(f) for f in chosen[:most]]


def _hand_in(chosen: FileStorage) -> int:
    return service.hand_in(
        current_actor(),
        current_estate().id,
        chosen.filename or "",
        chosen.stream.read(MAX_BYTES + 1),
        now=clock.now(),
    )
