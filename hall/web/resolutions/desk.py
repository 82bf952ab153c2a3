"""The register from behind: publish what a meeting or a body decided, say what follows, correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.bodies.rules import SPEAKERS, Body, Title
from hall.errors import Blocker, NotFound, Refused
from hall.meetings.queries.outcome import outcome
from hall.people import queries as people
from hall.permissions import Action
from hall.resolutions import queries, rules, service
from hall.resolutions.queries import ResolutionRow
from hall.resolutions.service import Task
from hall.resolutions.service.planned import planned_tasks
from hall.web.access import allowed, current_actor, current_estate
from hall.web.i18n import gettext
from hall.web.messages import who
from hall.web.resolutions import bodies
from hall.web.resolutions.views import bp
from hall.web.threads.words import title as title_of

ROWS = 3  # actions that fit one form; more are added afterwards, one by one
BASE = "/desk/<slug>/resolutions"
LONG = 8000


@dataclass(frozen=True, slots=True)
class TypedTask:
    """One action as typed. agency filled: an external step, and day is when to ask again."""

    text: str = ""
    body: str = ""
    person: str = ""
    agency: str = ""
    day: str = ""

    def task(self, item: int | None = None) -> Task:
        """What the service takes; a day that cannot be read is a missing one."""
        try:
            day: date | None = date.fromisoformat(self.day)
        except ValueError:
            day = None
        outside = bool(self.agency)
        return Task(
            self.text,
            self.body,
            self.person,
            due_on=None if outside else day,
            external=outside,
            agency=self.agency,
            check_on=day if outside else None,
            item=item,
        )


@bp.get(f"{BASE}/")
@allowed(Action.PUBLISH_BODY_DECISION, Action.OPEN_ACTION)
def desk() -> str:
    """What waits to be published, and which documents say nothing of what follows."""
    estate_id = current_estate().id
    return render_template(
        "resolutions/desk.html",
        waiting=queries.unpublished(estate_id),
        open_ends=queries.open_ends(estate_id),
    )


@bp.route("/desk/<slug>/decisions/<int:decision_id>/publish", methods=["GET", "POST"])
@allowed(Action.PUBLISH_BODY_DECISION)
def publish(decision_id: int) -> AnyResponse:
    """Publish a meeting's decision under a number, with what follows from it."""
    estate, now = current_estate(), clock.now()
    found = outcome(estate.id, decision_id)
    about = queries.matter(found.proposal_id)
    settles = bool(request.form.get("settles"))
    blockers: tuple[Blocker, ...] = ()
    if request.method == "POST":
        try:
            docno = service.publish_decision(
                current_actor(),
                estate.id,
                decision_id,
                post_id=_number("post_id"),
                decided=_posted("decided", LONG),
                tasks=[t.task() for t in _tasks() if t.text],
                no_action=_posted("no_action", 200),
                settles=settles,
                now=now,
            )
        except Refused as error:
            blockers = error.blockers
        else:
            return redirect(url_for(".show", docno=docno), 303)
    series = rules.series_of(found.meeting_kind, found.meeting_body)
    body = render_template(
        "resolutions/publish.html",
        found=found,
        about=about,
        may_settle=about is not None and about.track != "statutory",
        settles=settles,
        organ=bodies.organ_of(estate, series),
        opinion=rules.is_opinion(series),
        waits=service.decision_blockers(estate.id, decision_id) if not blockers else (),
        **_form(found.bodies, blockers),
    )
    return Response(body, 422 if blockers else 200)


@bp.route("/desk/<slug>/proposals/<int:n>/decide", methods=["GET", "POST"])
@allowed(Action.PUBLISH_BODY_DECISION)
def decide(n: int) -> AnyResponse:
    """Publish what a body decided on a proposal by itself, after hearing everybody."""
    estate, now = current_estate(), clock.now()
    about = queries.matter_by_n(estate.id, n)
    blockers: tuple[Blocker, ...] = ()
    if request.method == "POST":
        try:
            docno = service.publish_organisation_decision(
                current_actor(),
                estate.id,
                n,
                post_id=_number("post_id"),
                text=_posted("text", 2000),
                basis=_posted("basis", 2000),
                decided=_posted("decided", LONG),
                tasks=[t.task() for t in _tasks() if t.text],
                no_action=_posted("no_action", 200),
                now=now,
            )
        except Refused as error:
            blockers = error.blockers
        else:
            return redirect(url_for(".show", docno=docno), 303)
    body = render_template(
        "resolutions/decide.html",
        about=about,
        text=_posted("text", 2000),
        basis=_posted("basis", 2000),
        waits=() if blockers else tuple(rules.why_not_settle(about.facts())),
        **_form(tuple(SPEAKERS), blockers),
    )
    return Response(body, 422 if blockers else 200)


@bp.route(f"{BASE}/<docno>/follow", methods=["GET", "POST"])
@allowed(Action.OPEN_ACTION)
def follow(docno: str) -> AnyResponse:
    """Make actions of what was decided, one at a time, or say that there are none."""
    doc = _document(docno)
    blockers: tuple[Blocker, ...] = ()
    if request.method == "POST":
        try:
            _follow(doc)
        except Refused as error:
            blockers = error.blockers
        else:
            return redirect(url_for(".follow", docno=docno), 303)
    estate_id = current_estate().id
    actions = queries.follow_ups(estate_id, docno)
    taken = {f.item for f in actions}
    body = render_template(
        "resolutions/follow.html",
        doc=doc,
        actions=actions,
        none=queries.none_said(estate_id, docno),
        planned=planned_tasks(estate_id, docno),
        today=clock.local_date(clock.now()),
        items=[(i, text) for i, text in enumerate(doc.decided, 1) if i not in taken],
        item=_number("item"),
        why=blockers,
        typed=_tasks()[0],
        no_action=_posted("no_action", 200),
        choices=_body_choices(),
    )
    return Response(body, 422 if blockers else 200)


@bp.route(f"{BASE}/<docno>/amend", methods=["GET", "POST"])
@allowed(Action.PUBLISH_BODY_DECISION)
def amend(docno: str) -> AnyResponse:
    """Publish a corrected version of a body's document; a ballot's is corrected at its own desk page."""
    doc = _document(docno)
    if doc.source == "ballot":
        raise NotFound("resolution")
    typed = request.method == "POST"
    record = doc.record
    free = doc.source == "organisation"
    text = _posted("text", 2000) if typed and free else record["decision"]["text"]
    basis = _posted("basis", 2000) if typed and free else record["basis"]
    decided = _posted("decided", LONG) if typed else "\n".join(doc.decided)
    blockers: tuple[Blocker, ...] = ()
    if typed:
        try:
            service.correct(
                current_actor(),
                current_estate().id,
                docno,
                reason=_posted("reason", 2000),
                decided=decided,
                post_id=_number("post_id"),
                text=text,
                basis=basis,
                now=clock.now(),
            )
        except Refused as error:
            blockers = error.blockers
        else:
            return redirect(url_for(".show", docno=docno), 303)
    body = render_template(
        "resolutions/amend.html",
        doc=doc,
        free=free,
        text=text,
        basis=basis,
        decided=decided,
        reason=_posted("reason", 2000),
        posts=_posts(_publishers(doc)),
        post_id=_number("post_id"),
        why=blockers,
    )
    return Response(body, 422 if blockers else 200)


def _follow(doc: ResolutionRow) -> None:
    actor, estate_id, now = current_actor(), current_estate().id, clock.now()
    if request.form.get("none"):
        service.say_no_action(actor, estate_id, doc.docno, _posted("no_action", 200), now=now)
        return
    if request.form.get("planned"):
        service.open_planned(actor, estate_id, doc.docno, now=now)
        return
    task = _tasks()[0].task(_number("item"))
    service.attach_action(actor, estate_id, doc.docno, task, now=now)


def _document(docno: str) -> ResolutionRow:
    row = queries.find(current_estate().id, docno)
    if row is None:
        raise NotFound("resolution")
    return row


def _publishers(doc: ResolutionRow) -> Sequence[str]:
    if doc.decision_id is not None:
        return outcome(current_estate().id, doc.decision_id).bodies
    return ("committee",) if doc.series == "board" else (doc.series,)


def _form(allowed_bodies: Sequence[str], blockers: tuple[Blocker, ...]) -> Mapping[str, object]:
    typed = _tasks()
    return {
        "why": blockers,
        "posts": _posts(allowed_bodies),
        "post_id": _number("post_id"),
        "decided": _posted("decided", LONG),
        "tasks": typed,
        "no_action": _posted("no_action", 200),
        "choices": _body_choices(),
    }


def _posts(allowed_bodies: Sequence[str]) -> list[tuple[int, str]]:
    """The posts under which the viewer may publish here, as choices."""
    today = clock.local_date(clock.now())
    return [
        (p.id, gettext("%(body)s · %(title)s", body=who(p.body), title=title_of(p.title)))
        for p in people.posts_of(current_actor(), current_estate().id, today)
        if p.body in allowed_bodies and Title(p.title) in SPEAKERS[Body(p.body)]
    ]


def _body_choices() -> list[tuple[str, str]]:
    names = bodies.body_names(current_estate().id)
    return [(b.value, names.get(b.value) or who(b.value)) for b in Body]


def _tasks() -> tuple[TypedTask, ...]:
    return tuple(
        TypedTask(
            _posted(f"t{i}-text", 400),
            _posted(f"t{i}-body", 12),
            _posted(f"t{i}-person", 100),
            _posted(f"t{i}-agency", 100),
            _posted(f"t{i}-day", 10),
        )
        for i in range(1, ROWS + 1)
    )


def _posted(name: str, limit: int) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").strip()[:limit]


def _number(name: str) -> int | None:
    text = _posted(name, 9)
    return int(text) if text.isascii() and text.isdigit() else None
