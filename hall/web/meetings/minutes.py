"""Minutes: written at the desk, corrected and signed in front of everybody, published, noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.bodies.rules import Body
from hall.errors import Blocker, NotFound, Refused
from hall.meetings import service
from hall.meetings.queries import minutes as reads
from hall.meetings.queries.minutes import MinutesSheet
from hall.meetings.rules.holidays import CHINA
from hall.meetings.rules.minutes import sign_by, why_not_circulate, why_not_publish
from hall.permissions import Action
from hall.web import messages
from hall.web.access import admits, allowed, current_actor, current_estate, public, signed_in
from hall.web.caching import whole_page
from hall.web.forms import FormError
from hall.web.meetings import minutes_paper, names, typed_minutes, words
from hall.web.meetings.blueprint import bp
from hall.web.meetings.minutes_block import marked, minutes_block, of_sheet, state_of
from hall.web.meetings.typed_minutes import Typed
from hall.web.threads.block import thread_block

_DESK = "/desk/<slug>/meetings/<int:n>/minutes"
_PAGE = "/e/<slug>/meetings/<int:n>/minutes"


# --- at the desk -----------------------------------------------------------------------------


@bp.get(_DESK)
@allowed(Action.WRITE_MINUTES)
def minutes_edit(n: int) -> str:
    """The draft to write in, and from there to signing and publication."""
    return _desk(_sheet(n))


@bp.post(_DESK)
@allowed(Action.WRITE_MINUTES)
def minutes_save(n: int) -> AnyResponse:
    """Save the draft; when somebody saved meanwhile, both texts stand side by side."""
    sheet = _sheet(n)
    typed = typed_minutes.read(request.form, [i.id for i in sheet.page.items])
    errors = typed_minutes.unread(typed)
    if request.form.get("do") == "more" or errors:
        return make_response(_desk(sheet, typed, errors), 422 if errors else 200)
    try:
        service.write_minutes(
            current_actor(),
            current_estate().id,
            n,
            typed_minutes.to_draft(typed),
            revision=typed.revision,
            now=clock.now(),
        )
    except Refused as refusal:
        sheet = _sheet(n)
        if state_of(sheet) in ("out", "published"):
            raise
        stale = any(b.code == "minutes_changed" for b in refusal.blockers)
        status = messages.status(refusal.blockers) if stale else 422
        page = _desk(sheet, typed, _said(refusal.blockers), stale=stale)
        return make_response(page, status)
    return redirect(url_for("meetings.minutes_edit", n=n), 303)


@bp.post(_DESK + "/circulate")
@allowed(Action.WRITE_MINUTES)
def minutes_circulate(n: int) -> AnyResponse:
    """Fix the text and send it round."""
    try:
        service.circulate_minutes(
            current_actor(), current_estate().id, n, revision=_revision(), now=clock.now()
        )
    except Refused as refusal:
        return make_response(_desk(_sheet(n), None, _said(refusal.blockers)), 409)
    return redirect(url_for("meetings.minutes_edit", n=n), 303)


@bp.post(_DESK + "/revise")
@allowed(Action.WRITE_MINUTES)
def minutes_revise(n: int) -> AnyResponse:
    """Take the circulated text back."""
    try:
        service.revise_minutes(
            current_actor(), current_estate().id, n, reason=_text("reason"), now=clock.now()
        )
    except Refused as refusal:
        return make_response(_desk(_sheet(n), None, _said(refusal.blockers, "f-reason")), 422)
    return redirect(url_for("meetings.minutes_edit", n=n), 303)


@bp.post(_DESK + "/corrections/<int:correction_id>")
@allowed(Action.WRITE_MINUTES)
def correction_answer(n: int, correction_id: int) -> AnyResponse:
    """Take a correction up or not."""
    try:
        service.answer_correction(
            current_actor(),
            current_estate().id,
            n,
            correction_id,
            taken=request.form.get("taken") == "1",
            reply=_text("reply"),
            now=clock.now(),
        )
    except Refused as refusal:
        page = _desk(_sheet(n), None, _said(refusal.blockers, f"f-reply{correction_id}"))
        return make_response(page, 422)
    return redirect(url_for("meetings.minutes_edit", n=n) + f"#c{correction_id}", 303)


@bp.post(_DESK + "/publish")
@allowed(Action.PUBLISH_MINUTES)
def minutes_publish(n: int) -> AnyResponse:
    """Publish the circulated text with its signatures."""
    try:
        service.publish_minutes(current_actor(), current_estate().id, n, now=clock.now())
    except Refused as refusal:
        if not admits(current_actor(), Action.WRITE_MINUTES):
            raise
        return make_response(_desk(_sheet(n), None, _said(refusal.blockers)), 409)
    return redirect(url_for("meetings.minutes", n=n), 303)


# --- in front of everybody -------------------------------------------------------------------


@bp.get(_PAGE)
@public
@whole_page()
def minutes(n: int) -> str:
    """The minutes out for signing with what is said against them, or the published ones."""
    return _public(n)


@bp.post(_PAGE + "/corrections")
@signed_in
def correction_file(n: int) -> AnyResponse:
    """File a correction, or take one down for somebody who was there."""
    chosen = _text("invitee_id")
    try:
        service.correct_minutes(
            current_actor(),
            current_estate().id,
            n,
            passage=_text("passage"),
            text=_text("text"),
            invitee_id=(
                int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None
            ),
            now=clock.now(),
        )
    except Refused as refusal:
        return make_response(_public(n, _said(refusal.blockers, "f-correction")), 422)
    return redirect(url_for("meetings.minutes", n=n) + "#corrections", 303)


@bp.post(_PAGE + "/sign")
@allowed(Action.SIGN_MINUTES)
def minutes_sign(n: int) -> AnyResponse:
    """Sign for a body, or refuse with a reason."""
    try:
        service.sign_minutes(
            current_actor(),
            current_estate().id,
            n,
            post_id=_post_id(),
            digest=_text("digest"),
            signed=request.form.get("signed") == "1",
            remark=_text("remark"),
            now=clock.now(),
        )
    except Refused as refusal:
        return make_response(_public(n, _said(refusal.blockers, "f-remark")), 422)
    return redirect(url_for("meetings.minutes", n=n) + "#signing", 303)


@bp.post(_PAGE + "/notes")
@allowed(Action.SIGN_MINUTES)
def minutes_note(n: int) -> AnyResponse:
    """Append a note in a body's name."""
    try:
        service.append_note(
            current_actor(),
            current_estate().id,
            n,
            post_id=_post_id(),
            text=_text("text"),
            now=clock.now(),
        )
    except Refused as refusal:
        return make_response(_public(n, _said(refusal.blockers, "f-note")), 422)
    return redirect(url_for("meetings.minutes", n=n) + "#notes", 303)


@bp.get(_PAGE + ".json")
@public
def minutes_record(n: int) -> Response:
    """The public record, byte for byte what its digest was taken of."""
    m = _sheet(n).minutes
    if m is None or not m.published_at:
        raise NotFound("minutes")
    response = make_response(m.record)
    response.mimetype = "application/json"
    response.headers.set("Content-Disposition", "attachment", filename=f"minutes-{n}.json")
    return response


# --- parts -----------------------------------------------------------------------------------


def _sheet(n: int) -> MinutesSheet:
    return reads.sheet(current_estate().id, n)


def _text(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").strip()[: typed_minutes.MAX_TEXT]


def _revision() -> int:
    text = _text("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _post_id() -> int:
    text = _text("post_id")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _said(blockers: Sequence[Blocker], field: str = "") -> list[FormError]:
    return [FormError(field, messages.sentence(b)) for b in blockers]


def _desk(
    sheet: MinutesSheet,
    typed: Typed | None = None,
    errors: Sequence[FormError] = (),
    *,
    stale: bool = False,
) -> str:
    state, now = state_of(sheet), clock.now()
    stored = typed_minutes.of_draft(sheet.draft, sheet.state.revision)
    typed = typed or stored
    if stale:  # the next save is made from what is stored now: this page shows it beside the typed
        typed = replace(typed, revision=stored.revision)
    blockers: tuple[Blocker, ...] = ()
    if state == "out":
        blockers = why_not_publish(sheet.state, now)
    elif state == "draft" and sheet.minutes:
        blockers = why_not_circulate(sheet.state, sheet.minutes.revision)
    until = sign_by(now, CHINA)
    today, last = clock.local_date(now), clock.local_date(until)
    return render_template(
        "meetings/minutes_desk.html",
        block=of_sheet(sheet),
        state=state,
        m=sheet.page.meeting,
        typed=typed.spaced(request.form.get("do") == "more"),
        theirs=stored if stale else None,
        errors=errors,
        blockers=blockers,
        until=until,
        holidays_known=CHINA.known(today, last),
        publishes=admits(current_actor(), Action.PUBLISH_MINUTES),
        bodies=[(b.value, names.group(b.value, sheet.names.get(b.value, ""))) for b in Body],
        votes=sheet.page.decisions,
        kept_texts={name: _text(name) for name in ("reason", "reply") if request.method == "POST"},
    )


def _public(n: int, errors: Sequence[FormError] = ()) -> str:
    sheet = _sheet(n)
    block = of_sheet(sheet)
    if block.state not in ("out", "published"):
        raise NotFound("minutes")
    thread_id = sheet.page.meeting.thread_id
    posted = request.form if request.method == "POST" else {}
    out = block.state == "out"
    forms = {
        "f-remark": bool(block.hats),
        "f-correction": out and (block.attended or block.writes),
        "f-note": bool(block.voices),
    }
    errors = [e if forms.get(e.field_id) else FormError("", e.text) for e in errors]
    return render_template(
        "meetings/minutes.html",
        block=block,
        m=sheet.page.meeting,
        errors=errors,
        posted=posted,
        talk=thread_block(thread_id, clock.now()) if thread_id else None,
        came=[i for i in sheet.page.invitees if sheet.attended(i.id)] if block.writes else (),
    )


@bp.record_once
def _minutes_words(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        {
            "minutes_of": minutes_block,
            "minutes_paper": minutes_paper,
            "minutes_body": names.group,
            "minutes_marked": marked,
            "minutes_outcome": words.outcome,
        }
    )
