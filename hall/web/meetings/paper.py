"""The papers of a meeting, printed on A4 and written for Word: notice, sign-in sheet, minutes."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, make_response, render_template, url_for

from hall import clock
from hall.bodies import queries as bodies
from hall.errors import NotFound
from hall.meetings import queries
from hall.meetings.queries import minutes as reads
from hall.meetings.queries.minutes import MinutesSheet
from hall.permissions import Action
from hall.web.access import admits, allowed, current_actor, current_estate, public
from hall.web.meetings import minutes_paper, notice_paper
from hall.web.meetings.blocks import Sheet
from hall.web.meetings.blueprint import bp

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/e/<slug>/meetings/<int:n>/notice", endpoint="notice")
@public
def notice_print(n: int) -> str:
    """The notice as it is posted up."""
    return _printed(_notice(n), n, "meetings.notice_docx")


@bp.get("/e/<slug>/meetings/<int:n>/notice.docx")
@public
def notice_docx(n: int) -> Response:
    """The notice for Word."""
    return _docx(_notice(n))


@bp.get("/desk/<slug>/meetings/<int:n>/signin", endpoint="signin")
@allowed(Action.RUN_MEETING)
def signin_print(n: int) -> str:
    """The sign-in sheet, by body, with full names: for the door, not for the public."""
    return _printed(_signin(n), n, "meetings.signin_docx")


@bp.get("/desk/<slug>/meetings/<int:n>/signin.docx")
@allowed(Action.RUN_MEETING)
def signin_docx(n: int) -> Response:
    """The sign-in sheet for Word."""
    return _docx(_signin(n))


@bp.get("/e/<slug>/meetings/<int:n>/minutes/print")
@public
def minutes_print(n: int) -> str:
    """The minutes on paper: those out for signing, or the published ones."""
    return _printed(_minutes(n), n, "meetings.minutes_docx")


@bp.get("/e/<slug>/meetings/<int:n>/minutes.docx")
@public
def minutes_docx(n: int) -> Response:
    """The minutes for Word."""
    return _docx(_minutes(n))


def readable(sheet: MinutesSheet) -> MinutesSheet:
    """The minutes when anybody may read them: out for signing or published. Raises NotFound."""
    m = sheet.minutes
    if m is None or not (m.circulated_at or m.published_at):
        raise NotFound("minutes")
    return sheet


def _notice(n: int) -> Sheet:
    page = queries.page(current_estate().id, n)
    if page.meeting.noticed_at is None and not admits(current_actor(), Action.CONVENE_MEETING):
        raise NotFound("notice")
    return notice_paper.notice(page, current_estate(), _own())


def _signin(n: int) -> Sheet:
    page = queries.page(current_estate().id, n)
    return notice_paper.signin(page, current_estate(), _own())


def _minutes(n: int) -> Sheet:
    return minutes_paper.minutes(readable(reads.sheet(current_estate().id, n)), current_estate())


def _own() -> dict[str, str]:
    """What this estate calls its bodies."""
    return {b.body.value: b.name for b in bodies.of_estate(current_estate().id)}


def _printed(sheet: Sheet, n: int, docx: str) -> str:
    back = url_for("meetings.show", n=n)
    return render_template("meetings/paper.html", sheet=sheet, n=n, docx=docx, back=back)


def _docx(sheet: Sheet) -> Response:
    from hall.web.meetings import word  # its libraries weigh 10 MiB and are seldom needed

    response = make_response(word.write(sheet, current_estate().name, clock.now()))
    response.mimetype = DOCX
    named = quote(f"{sheet.name}.docx", safe="")  # a header is ASCII (RFC 6266)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{named}"
    return response
