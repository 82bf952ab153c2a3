"""Sign-in by phone or user name and password; sign-out; one's own page."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from hall import clock
from hall.errors import Refused
from hall.estates import queries as estates
from hall.estates.queries import EstateRow
from hall.people import queries as people
from hall.people import service
from hall.roll.queries.homes import homes_of
from hall.web import messages, resume
from hall.web.access import (
    begin_session,
    current_actor,
    current_estate,
    current_token,
    end_session,
    must_change_password,
    own_path,
    password_changed,
    public,
    session_began,
    signed_in,
)
from hall.web.accounts.devices import device
from hall.web.accounts.forms import LoginForm, PasswordForm
from hall.web.caching import whole_page
from hall.web.headers import clear_site_data

bp = Blueprint("accounts", __name__)
UNPROCESSABLE = 422


def client_address() -> str:
    """The address throttling counts by; right behind a proxy when settings.proxies is."""
    return request.remote_addr or "unknown"


def next_page() -> str | None:
    """Where to go after signing in: an own path only."""
    return own_path(request.values.get("next"))


def estate_meant() -> EstateRow | None:
    """The estate of the page somebody was on the way to, for its telephone and its way back."""
    parts = (next_page() or "").split("/")
    if len(parts) > 2 and parts[1] in ("e", "desk"):
        return estates.find_by_slug(parts[2])
    return None


def landing() -> str:
    """After signing in without a wish: the only estate one belongs to, else the front door."""
    ids = {e for e, _ in current_actor().roles}
    if len(ids) == 1:
        return url_for("home.estate", slug=estates.get(ids.pop()).slug)
    return url_for("home.index")


@bp.get("/login")
@public
@whole_page()
def login() -> Response:
    """Two ways to sign in, and paper."""
    if current_actor().signed_in:
        return cast(Response, redirect(next_page() or landing(), 303))
    return _login_page(LoginForm(), 200)


@bp.post("/login")
@public
def login_post() -> Response:
    """Check login and password. Wrong ones are told apart from nothing."""
    if request.form.get("step") == "keep":  # from a page that asked to sign in first
        return _login_page(LoginForm(data={}), 200)
    form = LoginForm()
    if not form.validate():
        return _login_page(form, UNPROCESSABLE)
    now = clock.now()
    try:
        session = service.sign_in(
            form.login.data or "",
            form.password.data or "",
            client=client_address(),
            user_agent=request.user_agent.string,
            now=now,
        )
    except Refused as error:
        status = messages.status(error.blockers)
        form.refuse(error.blockers)
        return _login_page(form, status if status == 429 else UNPROCESSABLE)
    return after_sign_in(session, now)


def after_sign_in(
    session: service.SignedIn, now: datetime, otherwise: str | None = None
) -> Response:
    """Begin the browser session, then: a handed-over password, what was interrupted, or the wish."""
    kept = resume.load(request.form.get("kept"))
    target = next_page()
    actor = people.visitor(session.token, now)
    if actor is None:  # disabled or ended between two statements
        return _login_page(LoginForm(), UNPROCESSABLE)
    begin_session(session.token, actor, now, must_change=session.must_change)
    if session.must_change:
        return cast(Response, redirect(url_for("accounts.password", next=target), 303))
    if kept is not None:
        return make_response(render_template("accounts/resume.html", kept=kept))
    return cast(Response, redirect(target or otherwise or landing(), 303))


def _login_page(form: LoginForm, status: int) -> Response:
    kept = request.form.get("kept") if resume.load(request.form.get("kept")) else None
    html = render_template(
        "accounts/login.html", form=form, next=next_page(), estate=estate_meant(), kept=kept
    )
    return make_response(html, status)


@bp.post("/logout")
@public
def logout() -> Response:
    """End this session on the server and in the browser."""
    token = current_token()
    if token is not None:
        service.sign_out(token, now=clock.now())
    end_session()
    return clear_site_data(cast(Response, redirect(url_for("home.index"), 303)))


@bp.get("/e/<slug>/me")
@signed_in
def me() -> str:
    """One's own homes, posts and devices in an estate."""
    actor, estate = current_actor(), current_estate()
    return render_template(
        "accounts/me.html",
        me=people.account(cast(int, actor.account_id)),
        roles=sorted(actor.roles_in(estate.id)),
        homes=homes_of(estate.id, actor.persons_in(estate.id), clock.now()),
        sessions=_sessions(),
    )


@bp.get("/me")
@signed_in
def account() -> str:
    """One's own account, apart from any estate."""
    actor = current_actor()
    belongs = [e for e in estates.every() if actor.roles_in(e.id)]
    return render_template(
        "accounts/account.html",
        me=people.account(cast(int, actor.account_id)),
        estates=belongs,
        sessions=_sessions(),
    )


def _sessions() -> list[dict[str, object]]:
    began, agent = session_began(), request.user_agent.string[:200]
    return [
        {
            "id": s.id,
            "device": device(s.user_agent),
            "created_at": s.created_at,
            "this": int(s.created_at.timestamp()) == began and s.user_agent == agent,
        }
        for s in people.sessions_of(cast(int, current_actor().account_id), clock.now())
    ]


@bp.post("/me/sessions/<int:session_id>/end")
@signed_in
def end_one(session_id: int) -> Response:
    """End one of one's own sessions."""
    service.end_session(current_actor(), session_id, now=clock.now())
    return cast(Response, redirect(url_for("accounts.account") + "#sessions", 303))


@bp.post("/me/sessions/end")
@signed_in
def end_all() -> Response:
    """End every session, this one too."""
    service.sign_out_everywhere(current_actor(), now=clock.now())
    end_session()
    return clear_site_data(cast(Response, redirect(url_for("accounts.login"), 303)))


@bp.get("/me/password")
@signed_in
def password() -> str:
    """Change one's own password."""
    return _password_page(PasswordForm())


@bp.post("/me/password")
@signed_in
def password_post() -> Response:
    """Change it; every other device is signed out."""
    form = PasswordForm()
    if not form.validate():
        return make_response(_password_page(form), UNPROCESSABLE)
    try:
        service.change_password(
            current_actor(),
            form.old.data or "",
            form.new.data or "",
            now=clock.now(),
            keep=current_token(),
        )
    except Refused as error:
        form.refuse_at(error.blockers, {"wrong_password": "old"}, "new")
        return make_response(_password_page(form), UNPROCESSABLE)
    password_changed()
    return cast(Response, redirect(next_page() or url_for("accounts.account"), 303))


def _password_page(form: PasswordForm) -> str:
    return render_template(
        "accounts/password.html", form=form, must=must_change_password(), next=next_page()
    )
