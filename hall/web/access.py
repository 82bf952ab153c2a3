"""Who may open which page: declared on every view, checked before it runs, or the app does not start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_login import login_user, logout_user

from hall import clock
from hall.errors import Forbidden, HallError, NotFound
from hall.estates import queries as estates
from hall.estates.queries import EstateRow
from hall.extensions import login_manager
from hall.people import queries as people
from hall.people.queries import PostRow
from hall.permissions import ANONYMOUS, TABLE, Action, Actor, Role, may

View = TypeVar("View", bound=Callable[..., Any])

STAFF: frozenset[Role] = TABLE[Action.SEE_DESK]
# Idle limits by the last visit noted in the signed cookie, so that reading writes no table.
IDLE_STAFF = timedelta(minutes=30)
IDLE_RESIDENT = timedelta(hours=12)
ABSOLUTE_STAFF = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
_WHILE_CHANGING = frozenset(
    {
        "accounts.password",
        "accounts.password_post",
        "accounts.logout",
        "prefs.lang",
        "prefs.elder",
        "pages.help_",
    }
)


@dataclass(frozen=True, slots=True)
class Access:
    """What a view declares: open to all, to anyone signed in, or to holders of one of the actions."""

    kind: str  # public | signed_in | allowed
    actions: tuple[Action, ...] = ()


class SignInNeeded(HallError):
    """A page for people signed in, asked for by somebody who is not."""


class PasswordChangeNeeded(HallError):
    """The password came from somebody else and has to be replaced first."""


class Visitor:
    """What Flask-Login sees: a session token and the actor it stands for; never a table row."""

    is_active = True

    def __init__(self, token: str | None, actor: Actor) -> None:
        self.token = token
        self.actor = actor

    @property
    def is_authenticated(self) -> bool:
        """True when the token belongs to an account."""
        return self.actor.signed_in

    @property
    def is_anonymous(self) -> bool:
        """The opposite of is_authenticated."""
        return not self.actor.signed_in

    def get_id(self) -> str | None:
        """The random token of the server-side session."""
        return self.token


def public(view: View) -> View:
    """Anyone may open this page."""
    return _declare(view, Access("public"))


def signed_in(view: View) -> View:
    """Anyone with an account may open this page; whose things it shows is for the view to narrow."""
    return _declare(view, Access("signed_in"))


def allowed(*actions: Action) -> Callable[[View], View]:
    """Only who may do at least one of the actions in the estate of the URL."""
    if not actions:
        raise ValueError("name at least one action")
    return lambda view: _declare(view, Access("allowed", actions))


def access_of(view: Callable[..., Any]) -> Access | None:
    """What a view declared."""
    return getattr(view, "hall_access", None)


def _declare(view: View, access: Access) -> View:
    cast(Any, view).hall_access = access
    return view


def current_actor() -> Actor:
    """Who is asking; ANONYMOUS when nobody is signed in. Costs one query a request, none when anonymous."""
    if "actor" not in g:
        g.actor = _load_actor()
    return cast(Actor, g.actor)


def known_actor() -> Actor:
    """Like current_actor but never asks the database: for pages shown because it failed."""
    return cast(Actor, g.get("actor", ANONYMOUS))


def current_estate() -> EstateRow:
    """The estate of the URL. Raises NotFound on a page that has none."""
    estate = g.get("estate")
    if estate is None:
        raise NotFound
    return cast(EstateRow, estate)


def known_estate() -> EstateRow | None:
    """The estate of the URL, or None."""
    return cast("EstateRow | None", g.get("estate"))


def current_token() -> str | None:
    """The token of this session, for revoking it."""
    return cast("str | None", session.get("_user_id"))


def admits(actor: Actor, action: Action) -> bool:
    """may() in the estate of the URL: for showing or hiding a button."""
    estate = known_estate()
    return estate is not None and may(actor, action, estate.id)


def current_posts() -> tuple[PostRow, ...]:
    """The posts the visitor holds today in the estate of the URL; one query a request."""
    if "posts" not in g:
        today = clock.local_date(clock.now())
        g.posts = people.posts_of(current_actor(), current_estate().id, today)
    return cast("tuple[PostRow, ...]", g.posts)


def is_staff(actor: Actor, estate_id: int | None = None) -> bool:
    """Whether the actor holds a post, in one estate or anywhere."""
    return any(r in STAFF for e, r in actor.roles if estate_id in (None, e))


def begin_session(token: str, actor: Actor, now: datetime, *, must_change: bool = False) -> None:
    """Start a browser session for a server-side session just made; the old cookie's content is dropped.

    must_change: nothing but the password can be changed until it has been.
    """
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True
    stamp = int(now.timestamp())
    session["since"] = session["seen"] = stamp
    if must_change:
        session["must_change"] = True
    login_user(Visitor(token, actor))
    g.actor = actor


def end_session() -> None:
    """Forget the browser session; the server-side one is revoked by the people room."""
    logout_user()
    session.clear()
    g.pop("csrf_token", None)
    g.actor = ANONYMOUS


def session_began() -> int | None:
    """When this browser signed in, in whole seconds; it tells this device in the list of all."""
    return cast("int | None", session.get("since"))


def must_change_password() -> bool:
    """Whether somebody else handed this person the password."""
    return bool(session.get("must_change"))


def password_changed() -> None:
    """The password is one's own now."""
    session.pop("must_change", None)


@login_manager.user_loader
def _visitor(token: str) -> Visitor | None:
    actor = people.visitor(token, clock.now())
    return Visitor(token, actor) if actor else None


def _load_actor() -> Actor:
    token = session.get("_user_id")
    if token is None:
        return ANONYMOUS
    now = clock.now()
    visitor = cast("Visitor | None", login_manager._user_callback(token))
    g._login_user = visitor  # templates ask Flask-Login once more
    if visitor is None or _lapsed(visitor.actor, now):
        for key in ("_user_id", "_fresh", "_id", "since", "seen", "must_change"):
            session.pop(key, None)
        g._login_user = Visitor(None, ANONYMOUS)
        g.lapsed = True
        return ANONYMOUS
    if now.timestamp() - session["seen"] >= SEEN_EVERY.total_seconds():
        session["seen"] = int(now.timestamp())
    return visitor.actor


def _lapsed(actor: Actor, now: datetime) -> bool:
    seen, since = session.get("seen"), session.get("since")
    if not isinstance(seen, int) or not isinstance(since, int):
        return True
    staff = is_staff(actor)
    idle = IDLE_STAFF if staff else IDLE_RESIDENT
    stamp = now.timestamp()
    return stamp - seen > idle.total_seconds() or (
        staff and stamp - since > ABSOLUTE_STAFF.total_seconds()
    )


def _resolve_estate(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Turn the slug of a URL into current_estate(), once, and take it out of the view's arguments."""
    if values and "slug" in values:
        estate = estates.find_by_slug(values.pop("slug"))
        if estate is None:
            raise NotFound
        g.estate = estate


def _fill_slug(endpoint: str, values: dict[str, Any]) -> None:
    estate = known_estate()
    if "slug" in values or estate is None:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "slug"):
        values["slug"] = estate.slug


def _check() -> None:
    if request.endpoint is None:
        return  # no such page: 404 or 405 follows by itself
    access = access_of(current_app.view_functions[request.endpoint])
    if request.endpoint == "static":
        return
    actor = current_actor()
    if actor.signed_in and must_change_password() and request.endpoint not in _WHILE_CHANGING:
        raise PasswordChangeNeeded
    if access is None or access.kind == "public":
        return
    if not actor.signed_in:
        raise SignInNeeded
    if access.kind == "allowed":
        estate = current_estate()
        if not any(may(actor, a, estate.id) for a in access.actions):
            raise Forbidden(access.actions[0])


def own_path(target: str | None) -> str | None:
    """The target when it is a path of this very site, else None: redirects go nowhere else."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(c) < 33 or c == "\\" for c in target):
        return None
    return target


def here() -> str:
    """Path and query of this page, to come back to after a detour."""
    query = request.query_string.decode("ascii", "ignore")
    return f"{request.path}?{query}" if query else request.path


def to_sign_in() -> Response:
    """303 to the sign-in page, which returns here."""
    return cast(Response, redirect(url_for("accounts.login", next=here()), 303))


def require_declarations(app: Flask) -> None:
    """Raise RuntimeError naming every endpoint that does not say who may open it."""
    app.view_functions["static"] = public(app.view_functions["static"])
    missing = sorted(
        {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if access_of(app.view_functions[rule.endpoint]) is None
        }
    )
    if missing:
        raise RuntimeError(f"no access rule on: {', '.join(missing)}")


def init_app(app: Flask) -> None:
    """Resolve estate and actor and check access before every view. Register before CSRF protection."""
    login_manager.anonymous_user = lambda: Visitor(None, ANONYMOUS)
    # Bound neither to address nor browser: phones change networks between two pages.
    login_manager.session_protection = None
    app.url_value_preprocessor(_resolve_estate)
    app.url_defaults(_fill_slug)
    app.before_request(_check)
    app.jinja_env.globals.update(
        viewer=known_actor,
        estate_of_page=known_estate,
        admits=admits,
        is_staff=is_staff,
        here=here,
        Action=Action,
    )
