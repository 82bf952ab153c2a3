"""The desk of actions: what my bodies owe, what waits for our eyes, and the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from unicodedata import normalize

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.actions import queries, rules, service
from hall.actions.queries import ActionRow
from hall.bodies.rules import Body
from hall.errors import Blocker, Forbidden, NotFound, Refused
from hall.files import queries as files
from hall.people import queries as people
from hall.people.queries import PostRow
from hall.people.rules.posts import role_of
from hall.permissions import TABLE, Action
from hall.web.access import allowed, current_actor, current_estate
from hall.web.actions import words
from hall.web.actions.blueprint import bp, sources, today
from hall.web.files import take

DESK = "/desk/<slug>/actions"
_NEW = ("text", "body", "person", "due_on", "external", "agency", "check_on", "post")
_TYPED = ("text", "percent", "check_on", "post")


@bp.get(f"{DESK}/")
@allowed(Action.UPDATE_ACTION)
def desk() -> str:
    """What my bodies owe, the overdue first, and what others have done and we may look at."""
    estate, day, actor = current_estate(), today(), current_actor()
    mine = sorted({h.body for h in hats(Action.UPDATE_ACTION)})
    checking = sorted({h.body for h in hats(Action.VERIFY_ACTION)})
    owed = queries.cards(estate.id, "running", today=day, bodies=mine, limit=200) if mine else ()
    waiting = queries.cards(estate.id, "done", today=day, bodies=mine) if mine else ()
    return render_template(
        "actions/desk.html",
        mine=mine,
        owed=owed,
        waiting=waiting,
        verify=queries.to_verify(estate.id, checking, actor.account_id) if checking else (),
        figures=queries.counts(estate.id, day),
        opens=bool(hats(Action.OPEN_ACTION)),
        today=day,
    )


@bp.get(f"{DESK}/new")
@allowed(Action.OPEN_ACTION)
def new() -> str:
    """The form of a new action."""
    return _new_page({})


@bp.post(f"{DESK}/new")
@allowed(Action.OPEN_ACTION)
def open_new() -> AnyResponse:
    """Open it."""
    typed = {k: _posted(k) for k in _NEW}
    try:
        row = service.open_action(
            current_actor(),
            current_estate().id,
            post_id=_hat(hats(Action.OPEN_ACTION), typed["post"], Action.OPEN_ACTION).id,
            text=typed["text"],
            body=typed["body"],
            person=typed["person"],
            due_on=_day(typed["due_on"]),
            external=typed["external"] == "1",
            agency=typed["agency"],
            check_on=_day(typed["check_on"]),
            now=clock.now(),
        )
    except Refused as error:
        return Response(_new_page(typed, error.blockers), 422)
    return redirect(url_for("actions.show", n=row.n), 303)


@bp.get(f"{DESK}/<int:n>")
@allowed(Action.UPDATE_ACTION)
def manage(n: int) -> str:
    """The forms of one action: of its own body to report, of another to check."""
    return _page(queries.get(current_estate().id, n))


@bp.post(f"{DESK}/<int:n>/<act>")
@allowed(Action.UPDATE_ACTION)
def act(n: int, act: str) -> AnyResponse:
    """Do one thing to it."""
    row = queries.get(current_estate().id, n)
    if act not in _ACTS:
        raise NotFound("act")
    action, _ = _ACTS[act]
    typed = {k: _posted(k) for k in _TYPED}
    hat = _hat(_hats_for(row, act), typed["post"], action)
    try:
        _do(row, act, hat, typed)
    except Refused as error:
        return Response(_page(row, act, typed, error.blockers), 422)
    return redirect(url_for("actions.show", n=n), 303)


def hats(action: Action) -> tuple[PostRow, ...]:
    """The visitor's posts that give the right to an action here today."""
    posts = people.posts_of(current_actor(), current_estate().id, today())
    return tuple(p for p in posts if role_of(p.body, p.title) in TABLE[action])


# Which right an act takes, and its verb.
_ACTS: Mapping[str, tuple[Action, Callable[..., ActionRow]]] = {
    "progress": (Action.UPDATE_ACTION, service.report_progress),
    "milestone": (Action.UPDATE_ACTION, service.milestone),
    "news": (Action.UPDATE_ACTION, service.external_news),
    "explain": (Action.UPDATE_ACTION, service.explain_delay),
    "done": (Action.UPDATE_ACTION, service.mark_done),
    "verify": (Action.VERIFY_ACTION, service.verify),
    "send_back": (Action.VERIFY_ACTION, service.send_back),
    "drop": (Action.OPEN_ACTION, service.drop),
}
_WITH_FILE = frozenset({"milestone", "news", "done", "verify", "send_back"})
_WITH_PERCENT = frozenset({"progress", "milestone"})


def _do(row: ActionRow, act: str, hat: PostRow, typed: Mapping[str, str]) -> None:
    values: dict[str, Any] = {"reason" if act == "drop" else "text": typed["text"]}
    if act in _WITH_PERCENT:
        values["percent"] = _percent(typed["percent"])
    if act == "news":
        values["check_on"] = _day(typed["check_on"])
    # A progress report with a photo is a step reached.
    if act in _WITH_FILE or (act == "progress" and request.files.get("file")):
        values["file_id"] = take("file")
        if act == "progress" and values["file_id"] is not None:
            act = "milestone"
        elif act == "progress":
            del values["file_id"]
    verb = _ACTS[act][1]
    verb(current_actor(), row.estate_id, row.n, post_id=hat.id, now=clock.now(), **values)


def _hats_for(row: ActionRow, act: str) -> tuple[PostRow, ...]:
    """The posts to choose from: of the owing body to report, of another to check or drop."""
    own = act in words.OWN_ACTS
    return tuple(h for h in hats(_ACTS[act][0]) if (h.body == row.body) == own)


def _hat(choice: tuple[PostRow, ...], post: str, action: Action) -> PostRow:
    found = [h for h in choice if str(h.id) == post] or list(choice[:1] if not post else ())
    if not found:
        raise Forbidden(action)
    return found[0]


def _page(
    row: ActionRow,
    act: str = "",
    typed: Mapping[str, str] | None = None,
    why: tuple[Blocker, ...] = (),
) -> str:
    day = today()
    history = queries.history(row.id)
    running = row.state(day) in rules.RUNNING
    return render_template(
        "actions/manage.html",
        a=row,
        today=day,
        history=history,
        files=files.by_ids(h.file_id for h in history if h.file_id is not None),
        source=sources([row.id]).get(row.id),
        own=_hats_for(row, "progress") if running else (),
        checks=_hats_for(row, "verify") if row.done_at and not row.verified_at else (),
        drops=_hats_for(row, "drop") if not row.verified_at and not row.dropped_at else (),
        late=row.late_days(day) if running else 0,
        act=act,
        typed=dict.fromkeys(_TYPED, "") | dict(typed or {}),
        why=why,
    )


def _new_page(typed: Mapping[str, str], why: tuple[Blocker, ...] = ()) -> str:
    return render_template(
        "actions/new.html",
        hats=hats(Action.OPEN_ACTION),
        bodies=[b.value for b in Body],
        typed=dict.fromkeys(_NEW, "") | dict(typed),
        why=why,
    )


def _posted(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").strip()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _percent(text: str) -> int | None:
    """What was typed as per cent; what is no number is told by the rule (-1 is none)."""
    text = normalize("NFKC", text).rstrip("% ")  # full-width signs and figures too
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else -1
