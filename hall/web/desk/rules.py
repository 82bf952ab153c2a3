"""The estate's rules of voting: what is in force and why, a new version, its second person."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, NotFound, Refused
from hall.estates import service as estates
from hall.people import queries as people
from hall.permissions import Action
from hall.rulesets import queries, service
from hall.rulesets.queries import RuleSetRow
from hall.rulesets.rules import (
    FLOOR,
    Clause,
    LegalReach,
    applicable,
    clauses_from_json,
    from_json,
    listing,
    online_blockers,
)
from hall.rulesets.rules.fields import FIELDS, Field
from hall.web.access import allowed, current_actor, current_estate
from hall.web.desk import words
from hall.web.desk.blueprint import bp, posted, posted_day, today
from hall.web.i18n import N_, gettext

_SHARE = re.compile(r"^(>)?\s*(\d{1,4})\s*/\s*(\d{1,4})$")
_ORDERS = ("HEADS,AREA,RUNOFF", "AREA,HEADS,RUNOFF", "HEADS,RUNOFF", "AREA,RUNOFF", "RUNOFF")
_SHA = re.compile(r"^[0-9a-f]{64}$")

PROFILES = {
    FLOOR: N_("全国：民法典的底线"),
    "SC": N_("四川"),
    "BJ": N_("北京"),
    "HZ": N_("杭州"),
    "QY": N_("清远"),
    "LC": N_("聊城"),
    "WF": N_("潍坊"),
    "ZS": N_("舟山"),
    "SH": N_("上海"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A field as the form of a new version shows it. options: of a select, empty for a text."""

    path: str
    name: str
    now: str
    source: str
    value: str
    clause_no: str
    options: tuple[tuple[str, str], ...]
    hint: str


@dataclass(frozen=True, slots=True)
class TypedRules:
    """A new version as typed."""

    preset: str
    effective_on: str
    values: Mapping[str, str]
    numbers: Mapping[str, str]
    sha256: str


@bp.get("/desk/<slug>/rules/")
@allowed(Action.DRAFT_RULES, Action.CONFIRM_RULES, Action.SET_LEGAL_REACH, Action.SEE_TURNOUT)
def rules() -> str:
    """What is in force, what waits for its second person, every version, and the legal reach."""
    return _page()


@bp.get("/desk/<slug>/rules/new")
@allowed(Action.DRAFT_RULES)
def rules_new() -> str:
    """A new version, starting from the newest."""
    return _new(_from_latest())


@bp.post("/desk/<slug>/rules/new")
@allowed(Action.DRAFT_RULES)
def rules_draft() -> AnyResponse:
    """Store the new version; it is in force only once somebody else confirms it."""
    form = _read()
    day = posted_day("effective_on")
    try:
        clauses, found = _clauses(form)
        if day is None:
            found.append(Blocker("effective_day_missing"))
        if found or day is None:
            raise Refused(found)
        if form.preset not in PROFILES:
            raise Refused(Blocker("preset_unknown", {"preset": form.preset}))
        service.draft(
            current_actor(),
            current_estate().id,
            preset=form.preset,
            clauses=clauses,
            effective_on=day,
            now=clock.now(),
        )
    except Refused as error:
        return Response(_new(form, error.blockers), 422)
    return redirect(url_for("desk.rules"), 303)


@bp.get("/desk/<slug>/rules/<int:version>")
@allowed(Action.DRAFT_RULES, Action.CONFIRM_RULES, Action.SEE_TURNOUT)
def rules_version(version: int) -> str:
    """One version in full, with what differs from the law beneath it."""
    row = queries.find(current_estate().id, version)
    if row is None:
        raise NotFound("rule_set_version")
    return render_template(
        "desk/rules_version.html",
        row=row,
        fields=_fields(row),
        names=people.names({i for i in (row.drafted_by, row.confirmed_by) if i is not None}),
        profile=words_of(row.preset),
    )


@bp.post("/desk/<slug>/rules/<int:version>/confirm")
@allowed(Action.CONFIRM_RULES)
def rules_confirm(version: int) -> AnyResponse:
    """Confirm as the second person."""
    try:
        service.confirm(current_actor(), current_estate().id, version, now=clock.now())
    except Refused as error:
        return Response(_page(error.blockers), 409)
    return redirect(url_for("desk.rules"), 303)


@bp.post("/desk/<slug>/reach")
@allowed(Action.SET_LEGAL_REACH)
def reach_set() -> AnyResponse:
    """Record whether statutory online sheets are lawful here, and on whose word."""
    answers = {"yes": True, "no": False}
    reach = LegalReach(
        answers.get(posted("must_use_official", 3)),
        posted("clause", 400),
        posted("confirmation", 400),
        posted_day("confirmed_on"),
    )
    try:
        estates.set_legal_reach(
            current_actor(),
            current_estate().id,
            must_use_official=reach.must_use_official,
            clause=reach.clause,
            confirmation=reach.confirmation,
            confirmed_on=reach.confirmed_on,
            now=clock.now(),
        )
    except Refused as error:
        return Response(_page(error.blockers, reach), 422)
    return redirect(url_for("desk.rules"), 303)


def words_of(preset: str) -> str:
    """What a preset is called."""
    return gettext(PROFILES[preset]) if preset in PROFILES else preset


def waiting() -> tuple[RuleSetRow, ...]:
    """Versions without a second person, newer than what is in force."""
    rows = queries.every(current_estate().id)
    confirmed = max((r.version for r in rows if r.confirmed_at), default=0)
    return tuple(r for r in rows if r.confirmed_at is None and r.version > confirmed)


def _page(why: tuple[Blocker, ...] = (), reach: LegalReach | None = None) -> str:
    estate = current_estate()
    rows = queries.every(estate.id)
    active = queries.active(estate.id, today())
    held = LegalReach(
        estate.online_must_use_official,
        estate.online_clause,
        estate.street_confirmation,
        estate.street_confirmed_on,
    )
    who = {i for r in rows for i in (r.drafted_by, r.confirmed_by) if i is not None}
    return render_template(
        "desk/rules.html",
        active=active if active and active.confirmed_at else None,
        fields=_fields(active) if active and active.confirmed_at else [],
        rows=rows,
        waiting=waiting(),
        names=people.names(who),
        profile_name=words_of,
        reach=reach or held,
        reach_why=online_blockers(held),
        why=why,
    )


def _fields(row: RuleSetRow) -> list[tuple[str, str, str, bool]]:
    """(name, value, source, set by this estate) of every field that has something to say."""
    return [
        (
            words.field_name(f.path),
            words.value(f),
            words.source(f.source),
            f.source.kind == "clause",
        )
        for f in listing(from_json(row.config))
        if f.value is not None or f.required
    ]


def _from_latest() -> TypedRules:
    rows = queries.every(current_estate().id)
    profile = current_estate().profile
    start = profile if profile in PROFILES else FLOOR
    if not rows:
        return TypedRules(start, today().isoformat(), {}, {}, "")
    found = clauses_from_json(rows[0].clauses)
    return TypedRules(
        rows[0].preset,
        today().isoformat(),
        {path: _shown(c.value) for path, c in found.items()},
        {path: c.clause_no for path, c in found.items()},
        next((c.file_sha256 for c in found.values()), ""),
    )


def _read() -> TypedRules:
    """The posted form; an uploaded document counts before a typed digest."""
    document = request.files.get("document")
    data = document.read() if document else b""
    digest = hashlib.sha256(data).hexdigest() if data else posted("sha256", 64).lower()
    free = [f for f in FIELDS if f.move != "reserved"]
    return TypedRules(
        posted("preset", 12),
        posted("effective_on", 10),
        {f.path: posted(f"v-{f.path}", 200) for f in free},
        {f.path: posted(f"n-{f.path}", 60) for f in free},
        digest if _SHA.match(digest) else "",
    )


def _new(form: TypedRules, why: tuple[Blocker, ...] = ()) -> str:
    day = posted_day("effective_on") or today()
    base = applicable(form.preset if form.preset in PROFILES else FLOOR, day)
    now = {row.path: row for row in listing(base)}
    rows = [
        Row(
            f.path,
            words.field_name(f.path),
            words.value(now[f.path]),
            words.source(now[f.path].source),
            form.values.get(f.path, ""),
            form.numbers.get(f.path, ""),
            _options(f),
            gettext(_HINTS[f.form]) if f.form in _HINTS else "",
        )
        for f in FIELDS
        if f.move != "reserved"
    ]
    profiles = [(code, gettext(name)) for code, name in PROFILES.items()]
    return render_template("desk/rules_new.html", form=form, rows=rows, profiles=profiles, why=why)


_HINTS = {
    "share": N_("3/4 是“3/4 以上”，>1/2 是“超过 1/2”"),
    "days": N_("天数"),
    "number": N_("数字"),
}


def _options(field: Field) -> tuple[tuple[str, str], ...]:
    if field.form == "flag":
        return (("true", gettext("是")), ("false", gettext("否")))
    if field.form == "choice":
        return tuple((v, words.value_name(v)) for v in field.allowed)
    if field.form == "order":
        return tuple(
            (v, gettext("、").join(words.value_name(x) for x in v.split(","))) for v in _ORDERS
        )
    return ()


def _clauses(form: TypedRules) -> tuple[dict[str, Clause], list[Blocker]]:
    clauses: dict[str, Clause] = {}
    found: list[Blocker] = []
    for field in FIELDS:
        text = form.values.get(field.path, "")
        if not text:
            continue
        try:
            value = _parsed(field, text)
        except ValueError:
            facts = {"field": field.path, "value": text}
            found.append(Blocker("clause_value_malformed", facts, "committee"))
            continue
        clauses[field.path] = Clause(value, form.numbers.get(field.path, ""), form.sha256)
    return clauses, found


def _parsed(field: Field, text: str) -> object:
    if field.form == "share":
        match = _SHARE.match(text)
        if not match:
            raise ValueError(text)
        return [int(match[2]), int(match[3]), "GT" if match[1] else "GE"]
    if field.form == "flag":
        return {"true": True, "false": False}[text] if text in ("true", "false") else _bad(text)
    if field.form in ("days", "number"):
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else _bad(text)
    if field.form == "order":
        return text.split(",")
    return text


def _bad(text: str) -> object:
    raise ValueError(text)


def _shown(value: object) -> str:
    """A clause's JSON value as it is typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and len(value) == 3 and isinstance(value[0], int):
        num, den, op = value
        return f">{num}/{den}" if op == "GT" else f"{num}/{den}"
    if isinstance(value, list):
        return ",".join(str(v) for v in value)
    return str(value)
