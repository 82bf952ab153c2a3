"""Forms that write in a thread. What was typed comes back with every refusal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Response, make_response, render_template, request
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from hall import clock
from hall.errors import Blocker, Forbidden, Refused
from hall.people.queries import PostRow
from hall.people.rules.posts import role_of
from hall.permissions import TABLE, Action
from hall.threads import service
from hall.threads.queries import CommentRow, ThreadRow
from hall.threads.rules import EDIT_WINDOW, REASONS, SOURCES, window_blockers
from hall.web import messages
from hall.web.access import allowed, current_actor
from hall.web.forms import HallForm
from hall.web.i18n import N_
from hall.web.threads import words
from hall.web.threads.block import as_resident
from hall.web.threads.blueprint import (
    ALIGNMENT,
    AS,
    BASE,
    KEY,
    ONE,
    ONLY,
    asked_next,
    back,
    bp,
    comment_here,
    hats,
    new_key,
    thread_here,
    whole,
)

# Refusals that the person can mend in the form itself.
_AT_TEXT = ("comment_missing", "comment_too_long", "report_text_missing")
_FIXABLE = frozenset(
    {
        *_AT_TEXT,
        "alignment_unknown",
        "speaker_missing",
        "speaker_too_long",
        "source_missing",
        "spoken_day_missing",
        "spoken_in_future",
        "report_reason_missing",
    }
)
_RECORD_AT = {
    "speaker_missing": "name",
    "speaker_too_long": "name",
    "source_missing": "source",
    "spoken_day_missing": "spoken_on",
    "spoken_in_future": "spoken_on",
}


def _choices(blank: str, options: Mapping[str, str]) -> list[SelectChoice]:
    """The options of a list that begins with none chosen."""
    return [SelectChoice("", blank), *(SelectChoice(k, v) for k, v in options.items())]


class SayForm(HallForm):
    """Somebody's words."""

    text = TextAreaField(N_("说说您的看法"))


class AppealForm(HallForm):
    """Why a decision should be looked at again."""

    text = TextAreaField(N_("为什么要复核"))


class ReportForm(HallForm):
    """What is wrong with a comment."""

    reason = SelectField(
        N_("怎么了"),
        choices=_choices(N_("请选一个"), {r: words.REASONS[r] for r in REASONS}),
        validate_choice=False,
    )
    text = TextAreaField(N_("再说两句（选“别的原因”时要写）"))
    about_body = SelectField(
        N_("这条意见说的是哪一方"),
        choices=_choices(N_("没有说哪一方"), words.BODIES),
        validate_choice=False,
    )


class RecordForm(HallForm):
    """A voice from a call, a talk, a visit or a note."""

    text = TextAreaField(N_("他怎么说的"))
    name = StringField(N_("怎么称呼（会公开）"))
    place = StringField(N_("哪一栋（会公开，可以不写）"))
    source = SelectField(
        N_("怎么听到的"),
        choices=_choices(N_("请选一个"), {s: words.SOURCES[s] for s in SOURCES}),
        validate_choice=False,
    )
    spoken_on = StringField(N_("哪天说的"))
    read_back = BooleanField(N_("记完念给本人听过，没有记错"))


@bp.get(BASE + "/write")
@allowed(Action.COMMENT)
def write(thread_id: int) -> Response:
    """The form for a comment or a reply (?to=)."""
    thread = thread_here(thread_id)
    asked = request.args.get("to", "")
    to = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    return _write_page(thread, SayForm(), to, window_blockers(thread.window, clock.now()), 200)


@bp.post(BASE + "/write")
@allowed(Action.COMMENT)
def write_post(thread_id: int) -> Response:
    """Say it. A refusal gives the page back with every word."""
    thread, form, parent_id = thread_here(thread_id), SayForm(), whole("_to")
    try:
        made = service.comment(
            current_actor(),
            thread.estate_id,
            thread_id,
            text=form.text.data or "",
            parent_id=parent_id,
            alignment=request.form.get(ALIGNMENT, ""),
            post_id=whole(AS),
            show_name=request.form.get(ONLY) != "1",
            request_key=request.form.get(KEY, ""),
            now=clock.now(),
        )
    except Refused as refusal:
        form.refuse_at(refusal.blockers, dict.fromkeys(_AT_TEXT, "text"))
        return _write_page(thread, form, parent_id, refusal.blockers, _status(refusal.blockers))
    if parent_id is not None:
        return back(asked_next(thread_id), f"c{made}")
    return back(asked_next(thread_id), f"c{made}", sort="newest")


@bp.route(BASE + "/record", methods=["GET", "POST"])
@allowed(Action.RECORD_VOICE)
def record(thread_id: int) -> Response:
    """Take down an offline voice."""
    thread, status, posts = thread_here(thread_id), 200, _recording_posts()
    if request.method == "GET":
        form = RecordForm({"spoken_on": clock.local_date(clock.now()).isoformat()})
        return _record_page(thread, form, posts, status)
    form = RecordForm()
    try:
        made = service.record_voice(
            current_actor(),
            thread.estate_id,
            thread_id,
            text=form.text.data or "",
            name=form.name.data or "",
            place=form.place.data or "",
            source=form.source.data or "",
            spoken_on=_day(form.spoken_on.data or ""),
            read_back=bool(form.read_back.data),
            post_id=whole(AS) or 0,
            alignment=request.form.get(ALIGNMENT, ""),
            request_key=request.form.get(KEY, ""),
            now=clock.now(),
        )
    except Refused as refusal:
        form.refuse_at(refusal.blockers, dict.fromkeys(_AT_TEXT, "text") | _RECORD_AT)
        return _record_page(thread, form, posts, _status(refusal.blockers))
    return back(asked_next(thread_id), f"c{made}", sort="newest")


@bp.route(ONE + "/edit", methods=["GET", "POST"])
@allowed(Action.COMMENT)
def edit(thread_id: int, comment_id: int) -> Response:
    """Change one's own words."""
    thread, row = _own(thread_id, comment_id)
    if request.method == "GET":
        return _edit_page(thread, row, SayForm({"text": row.text}), row.alignment, 200)
    form, side = SayForm(), request.form.get(ALIGNMENT, row.alignment)
    try:
        service.edit(
            current_actor(),
            thread.estate_id,
            comment_id,
            text=form.text.data or "",
            alignment=side,
            now=clock.now(),
        )
    except Refused as refusal:
        form.refuse_at(refusal.blockers, dict.fromkeys(_AT_TEXT, "text"))
        return _edit_page(thread, row, form, side, _status(refusal.blockers))
    return back(asked_next(thread_id), f"c{comment_id}")


@bp.route(ONE + "/withdraw", methods=["GET", "POST"])
@allowed(Action.COMMENT)
def withdraw(thread_id: int, comment_id: int) -> Response:
    """Ask once, then take one's own words back."""
    thread, row = _own(thread_id, comment_id)
    if request.method == "POST":
        service.withdraw(current_actor(), thread.estate_id, comment_id, now=clock.now())
        return back(asked_next(thread_id), f"c{comment_id}")
    return make_response(
        render_template("threads/withdraw.html", thread=thread, row=row, next=asked_next(thread_id))
    )


@bp.post(ONE + "/echo")
@allowed(Action.COMMENT)
def echo(thread_id: int, comment_id: int) -> Response:
    """我也这么想, or not any more."""
    thread, _, _ = comment_here(thread_id, comment_id)
    service.echo(
        current_actor(),
        thread.estate_id,
        comment_id,
        on=request.form.get("_on") != "0",
        now=clock.now(),
    )
    return back_here(thread_id, comment_id)


@bp.route(ONE + "/report", methods=["GET", "POST"])
@allowed(Action.COMMENT)
def report(thread_id: int, comment_id: int) -> Response:
    """Tell the moderators what is wrong."""
    thread, _, row = comment_here(thread_id, comment_id)
    form, status = ReportForm(), 200
    if request.method == "POST":
        try:
            service.report(
                current_actor(),
                thread.estate_id,
                comment_id,
                reason=form.reason.data or "",
                text=form.text.data or "",
                about_body=form.about_body.data or None,
                now=clock.now(),
            )
            return back_here(thread_id, comment_id)
        except Refused as refusal:
            at = dict.fromkeys(_AT_TEXT, "text") | {"report_reason_missing": "reason"}
            form.refuse_at(refusal.blockers, at)
            status = _status(refusal.blockers)
    return _small_page("threads/report.html", thread, row, form, status)


@bp.route(ONE + "/appeal", methods=["GET", "POST"])
@allowed(Action.COMMENT)
def appeal(thread_id: int, comment_id: int) -> Response:
    """The author asks for a second look."""
    thread, row = _own(thread_id, comment_id)
    form, status = AppealForm(), 200
    if request.method == "POST":
        try:
            service.appeal(
                current_actor(),
                thread.estate_id,
                comment_id,
                text=form.text.data or "",
                now=clock.now(),
            )
            return back_here(thread_id, comment_id)
        except Refused as refusal:
            form.refuse_at(refusal.blockers, dict.fromkeys(_AT_TEXT, "text"))
            status = _status(refusal.blockers)
    return _small_page("threads/appeal.html", thread, row, form, status)


def back_here(thread_id: int, comment_id: int) -> Response:
    """To the page the form was on, at this comment; its order and its place in the list stay."""
    path = asked_next(thread_id)
    response = make_response("", 303)
    response.headers["Location"] = f"{path}#c{comment_id}"
    return response


def _own(thread_id: int, comment_id: int) -> tuple[ThreadRow, CommentRow]:
    thread, _, row = comment_here(thread_id, comment_id)
    if not row.mine:
        raise Forbidden("threads:own_comment")
    return thread, row


def _status(blockers: tuple[Blocker, ...]) -> int:
    return 422 if {b.code for b in blockers} <= _FIXABLE else messages.status(blockers)


def _write_page(
    thread: ThreadRow,
    form: SayForm,
    parent_id: int | None,
    blockers: tuple[Blocker, ...],
    status: int,
) -> Response:
    parent = comment_here(thread.id, parent_id)[2] if parent_id is not None else None
    body = render_template(
        "threads/write.html",
        thread=thread,
        form=form,
        parent=parent,
        shut=[b for b in blockers if b.code in ("thread_closed", "thread_not_open")],
        hats=hats(),
        resident=as_resident(thread.estate_id),
        typed=request.form,
        key=request.form.get(KEY) or new_key(),
        next=asked_next(thread.id),
    )
    return make_response(body, status)


def _edit_page(
    thread: ThreadRow, row: CommentRow, form: SayForm, side: str, status: int
) -> Response:
    body = render_template(
        "threads/edit.html",
        thread=thread,
        row=row,
        form=form,
        side=side,
        next=asked_next(thread.id),
        until=row.written_at + EDIT_WINDOW,
    )
    return make_response(body, status)


def _small_page(
    template: str, thread: ThreadRow, row: CommentRow, form: HallForm, status: int
) -> Response:
    body = render_template(template, thread=thread, row=row, form=form, next=asked_next(thread.id))
    return make_response(body, status)


def _record_page(
    thread: ThreadRow, form: RecordForm, posts: list[PostRow], status: int
) -> Response:
    body = render_template(
        "threads/record.html",
        thread=thread,
        form=form,
        posts=posts,
        typed=request.form,
        key=request.form.get(KEY) or new_key(),
        next=asked_next(thread.id),
    )
    return make_response(body, status)


def _recording_posts() -> list[PostRow]:
    """Those of the visitor's posts that may take down what others say."""
    allowed_roles = TABLE[Action.RECORD_VOICE]
    return [h for h in hats() if role_of(h.body, h.title) in allowed_roles]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
