"""Posts: who holds which, granted with evidence and ended by date, by the community."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.bodies.rules import TITLES, Body, Title
from hall.errors import Blocker, NotFound, Refused
from hall.estates import queries as estates
from hall.people import queries as people
from hall.people import service
from hall.people.queries import PostRow
from hall.people.service import GrantedPost
from hall.permissions import Action
from hall.web.access import allowed, current_actor, current_estate
from hall.web.desk.blueprint import bp, posted, posted_day, posted_number, today
from hall.web.i18n import gettext
from hall.web.messages import who
from hall.web.threads.words import title as title_of

_FIELDS = ("name", "phone", "post", "building_id", "from_on", "to_on", "evidence", "username")


@bp.get("/desk/<slug>/posts/")
@allowed(Action.GRANT_POST)
def posts() -> str:
    """Who holds which post today, and what was before."""
    return _page()


@bp.post("/desk/<slug>/posts/")
@allowed(Action.GRANT_POST)
def post_grant() -> AnyResponse:
    """Grant a post; a new account's password is shown in this one answer only."""
    body, _, title = posted("post", 40).partition(".")
    from_on = posted_day("from_on")
    try:
        if from_on is None:
            raise Refused(Blocker("term_begin_missing"))
        granted = service.grant_post(
            current_actor(),
            current_estate().id,
            name=posted("name", 60),
            phone=posted("phone", 30),
            body=body,
            title=title,
            building_id=posted_number("building_id"),
            from_on=from_on,
            to_on=posted_day("to_on"),
            evidence=posted("evidence", 1000),
            username=posted("username", 40),
            now=clock.now(),
        )
    except Refused as error:
        return Response(_page(error.blockers, {f: posted(f, 1000) for f in _FIELDS}), 422)
    if granted.password is None:
        return redirect(url_for("desk.posts"), 303)
    response = Response(_granted(granted))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/desk/<slug>/posts/<int:post_id>/end")
@allowed(Action.GRANT_POST)
def post_end_ask(post_id: int) -> str:
    """Ask from which day."""
    return _end_page(_find(post_id))


@bp.post("/desk/<slug>/posts/<int:post_id>/end")
@allowed(Action.GRANT_POST)
def post_end(post_id: int) -> AnyResponse:
    """Let the post end on a day."""
    row = _find(post_id)
    day = posted_day("to_on")
    try:
        if day is None:
            raise Refused(Blocker("term_end_missing"))
        service.end_post(current_actor(), current_estate().id, post_id, to_on=day, now=clock.now())
    except Refused as error:
        return Response(_end_page(row, error.blockers, posted("to_on", 10)), 422)
    return redirect(url_for("desk.posts"), 303)


@bp.get("/desk/<slug>/posts/<int:post_id>/password")
@allowed(Action.GRANT_POST)
def post_password_ask(post_id: int) -> str:
    """Say what a new password undoes, before it is made."""
    return render_template("desk/post_password.html", post=_find(post_id), why=(), title=_title)


@bp.post("/desk/<slug>/posts/<int:post_id>/password")
@allowed(Action.GRANT_POST)
def post_password(post_id: int) -> AnyResponse:
    """A new one-time password, shown in this one answer only."""
    row = _find(post_id)
    try:
        password = service.reissue_password(
            current_actor(), current_estate().id, post_id, now=clock.now()
        )
    except Refused as error:
        page = render_template(
            "desk/post_password.html", post=row, why=error.blockers, title=_title
        )
        return Response(page, 422)
    page = render_template(
        "desk/post_granted.html", post=row, password=password, again=True, title=_title
    )
    response = Response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _find(post_id: int) -> PostRow:
    found = next((p for p in people.posts_ever(current_estate().id) if p.id == post_id), None)
    if found is None:
        raise NotFound("post")
    return found


def _granted(granted: GrantedPost) -> str:
    row = _find(granted.post_id)
    return render_template(
        "desk/post_granted.html", post=row, password=granted.password, again=False, title=_title
    )


def _end_page(row: PostRow, why: tuple[Blocker, ...] = (), day: str = "") -> str:
    shown = day or today().isoformat()
    return render_template("desk/post_end.html", post=row, why=why, day=shown, title=_title)


def _title(body: str, title: str) -> str:
    """业委会 · 主任."""
    return gettext("%(body)s · %(title)s", body=who(body), title=title_of(title))


def _page(why: tuple[Blocker, ...] = (), typed: Mapping[str, str] | None = None) -> str:
    now = today()
    every = people.posts_ever(current_estate().id)
    buildings = estates.buildings(current_estate().id)
    return render_template(
        "desk/posts.html",
        active=[p for p in every if p.from_on <= now and (p.to_on is None or p.to_on > now)],
        coming=[p for p in every if p.from_on > now],
        past=[p for p in every if p.to_on is not None and p.to_on <= now],
        buildings=buildings,
        building_names={b.id: b.name for b in buildings},
        choices=[(f"{b}.{t}", _title(b, t)) for b in Body for t in TITLES[b]],
        typed=dict.fromkeys(_FIELDS, "") | {"from_on": now.isoformat()} | dict(typed or {}),
        why=why,
        title=_title,
        needs_building=Title.STEWARD,
    )
