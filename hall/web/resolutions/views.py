"""Published decisions, readable and recountable by anybody without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from hall import clock
from hall.ballots import queries as ballots
from hall.ballots import service as ballots_service
from hall.errors import NotFound, Refused
from hall.permissions import Action
from hall.resolutions import queries
from hall.resolutions.queries import FollowRow, NoneRow, ResolutionRow
from hall.web import messages
from hall.web.access import allowed, current_actor, current_estate, public
from hall.web.ballots import page, words
from hall.web.caching import download, whole_page
from hall.web.resolutions import bodies, verdicts

bp = Blueprint("resolutions", __name__)
bp.context_processor(lambda: {"action_states": bodies.STATES})
BASE = "/e/<slug>/resolutions"
PAGE_SIZE = 20
KINDS = ("statutory", "advisory")
SOURCES = ("meeting", "organisation")
MAX_OBJECTION = 2000


@dataclass(frozen=True, slots=True)
class After:
    """What follows from a document, on a Shanghai day."""

    actions: tuple[FollowRow, ...]
    none: NoneRow | None
    today: date


@bp.get(BASE)
@public
@whole_page()
def index() -> Response:
    """The archive: newest first, found by any words, by year, by kind and by who decided."""
    estate = current_estate()
    text = request.args.get("q", "").strip()[:100]
    kind = request.args.get("kind", "")
    year = _small(request.args.get("year", ""))
    kind = kind if kind in (*KINDS, *SOURCES) else ""
    found = queries.search(
        estate.id,
        text,
        year=year,
        kind=kind if kind in KINDS else None,
        source=kind if kind in SOURCES else None,
        before=_small(request.args.get("before", "")),
        limit=PAGE_SIZE + 1,
    )
    body = render_template(
        "resolutions/index.html",
        cards=found[:PAGE_SIZE],
        more=found[PAGE_SIZE - 1].id if len(found) > PAGE_SIZE else None,
        q=text,
        year=year,
        kind=kind,
        years=queries.years(estate.id),
        chip_of=bodies.chip_of,
    )
    return make_response(body)


@bp.get(BASE + ".atom")
@public
def atom() -> Response:
    """The newest documents as an Atom feed."""
    estate = current_estate()
    cards = queries.latest(estate.id, PAGE_SIZE)
    body = render_template(
        "resolutions/atom.xml",
        estate=estate,
        cards=cards,
        updated=max((c.voided_at or c.published_at for c in cards), default=None),
        page=page,
        iso=clock.iso,
        chip_of=bodies.chip_of,
    )
    return download(body, "application/atom+xml")


@bp.get(BASE + "/<docno>")
@bp.get(BASE + "/<docno>/v/<int:version>")
@public
@whole_page()
def show(docno: str, version: int | None = None) -> Response:
    """A decision with every number it rests on; older versions stay readable under /v/."""
    row = _row(docno, version)
    return _body_page(row) if row.ballot_id is None else _ballot_page(row, row.ballot_id)


def _ballot_page(row: ResolutionRow, ballot_id: int) -> Response:
    ballot = ballots.by_id(ballot_id)
    docket = ballots.objections(ballot_id)
    now = clock.now()
    after = _after(row)
    body = render_template(
        "resolutions/show.html",
        doc=row,
        ballot=ballot,
        estate=current_estate(),
        result=verdicts.read(row.record_json),
        docket=docket,
        objection_blockers=ballots_service.object_blockers(ballot, now),
        now=now,
        words=words,
        page=page,
        after=after,
    )
    return make_response(body)


def _body_page(row: ResolutionRow) -> Response:
    estate, after = current_estate(), _after(row)
    body = render_template(
        "resolutions/decision.html",
        doc=row,
        estate=estate,
        it=bodies.read(estate, row),
        choices=bodies.CHOICES,
        ordinals=bodies.ORDINALS,
        page=page,
        after=after,
    )
    return make_response(body)


@bp.get(BASE + "/<docno>/record.json")
@bp.get(BASE + "/<docno>/v/<int:version>/record.json")
@public
def record(docno: str, version: int | None = None) -> Response:
    """The public record: all figures of the count, to recount anywhere."""
    row = _row(docno, version)
    return download(row.record_json, "application/json", f"{row.docno}-v{row.version}.json")


@bp.route(BASE + "/<docno>/object", methods=["GET", "POST"])
@allowed(Action.OBJECT)
def object_(docno: str) -> Response:
    """An owner's objection 异议 to a published result; it goes on the public docket."""
    row, now = _row(docno), clock.now()
    if row.ballot_id is None:  # only a ballot's result has an objection window
        raise NotFound("ballot")
    ballot = ballots.by_id(row.ballot_id)
    text = request.form.get("text", "").strip()
    blockers, status = ballots_service.object_blockers(ballot, now), 200
    if request.method == "POST":
        try:
            number = ballots_service.object(
                current_actor(), ballot.estate_id, ballot.n, text, now=now
            )
            where = url_for(".show", docno=docno, _anchor=f"o{number}")
            return cast(Response, redirect(where, 303))
        except Refused as refusal:
            blockers = refusal.blockers
            fixable = {"text_missing", "text_too_long"}
            status = 422 if {b.code for b in blockers} <= fixable else messages.status(blockers)
    body = render_template(
        "resolutions/object.html",
        doc=row,
        text=text,
        blockers=blockers,
        closed=any(not b.code.startswith("text_") for b in blockers),
        most=MAX_OBJECTION,
    )
    return make_response(body, status)


@bp.get("/r")
@public
@whole_page()
def check_form() -> Response:
    """Type in a receipt code."""
    code = request.args.get("code", "").strip()[:40]
    if code:
        return cast(Response, redirect(url_for(".check", code=code), 303))
    body = render_template("resolutions/check.html", code="", found=None, page=page)
    return make_response(body)


@bp.get("/r/<code>")
@public
@whole_page(turnout=True)
def check(code: str) -> Response:
    """Whether a receipt's sheet is counted; never whose it is, never what was chosen."""
    found = ballots.check_receipt(code[:40])
    status = 404 if found.status == "unknown" else 200
    body = render_template("resolutions/check.html", code=code[:40], found=found, page=page)
    return make_response(body, status)


def _row(docno: str, version: int | None = None) -> ResolutionRow:
    row = queries.find(current_estate().id, docno, version)
    if row is None:
        raise NotFound("resolution")
    return row


def _after(row: ResolutionRow) -> After:
    estate_id = current_estate().id
    today = clock.local_date(clock.now())
    return After(
        queries.follow_ups(estate_id, row.docno), queries.none_said(estate_id, row.docno), today
    )


def _small(text: str) -> int | None:
    """A whole number in the address, None when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
