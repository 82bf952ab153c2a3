"""Preparing a ballot: one form, every blocker beside it, the notice when nothing is in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.ballots import queries as ballots
from hall.ballots import service
from hall.ballots.queries import BallotRow
from hall.ballots.queries.notice import active_rules, legal_reach
from hall.ballots.rules import Phase, earliest_open
from hall.errors import Blocker, NotFound, Refused
from hall.estates import queries as estates
from hall.permissions import Action
from hall.roll import queries as roll
from hall.rulesets.rules import LegalReach, RuleSet, listing, online_blockers, to_json
from hall.web.access import allowed, current_actor, current_estate
from hall.web.ballots import page as voter_page
from hall.web.ballots import words as voter_words
from hall.web.desk import typed as forms
from hall.web.desk import words
from hall.web.desk.blueprint import bp, by_itself
from hall.web.desk.typed import Typed
from hall.web.forms import FormError
from hall.web.i18n import N_, ZH, gettext, in_language
from hall.web.messages import sentence

# Where a refused shape belongs on the page.
PLACES = {"title_missing": "f-title", "scope_mixed": "f-scope-all", "scope_unknown": "f-scope-all"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the draft that somebody else saved differently: their words and these."""

    name: str
    theirs: str
    mine: str


def draft_of(n: int) -> BallotRow:
    """Draft n of this estate. Raises NotFound for a ballot already noticed, too."""
    ballot = ballots.get(current_estate().id, n)
    if ballot.phase(clock.now()) is not Phase.DRAFT:
        raise NotFound("draft")
    return ballot


@bp.get("/desk/<slug>/ballots/new")
@allowed(Action.DRAFT_BALLOT)
def draft_new() -> str:
    """An empty form."""
    return _form(Typed(convener=current_estate().organizer, contact=current_estate().phone))


@bp.post("/desk/<slug>/ballots/new")
@allowed(Action.DRAFT_BALLOT)
def draft_create() -> AnyResponse | str:
    """Store the draft, or give the form back with one more or less question."""
    form = forms.read(request.form)
    changed = _rearranged(form, None)
    if changed is not None:
        return _form(changed)
    errors = forms.unread(form)
    if not errors:
        try:
            n = service.create(
                current_actor(), current_estate().id, forms.to_draft(form), now=clock.now()
            )
        except Refused as error:
            errors = _at_fields(error.blockers)
        else:
            return redirect(url_for("desk.draft_edit", n=n, saved=1), 303)
    return Response(_form(form, errors=errors), 422)


@bp.get("/desk/<slug>/ballots/<int:n>/edit")
@allowed(Action.DRAFT_BALLOT)
def draft_edit(n: int) -> str:
    """The stored draft in the form, with all that keeps it from being noticed."""
    ballot = draft_of(n)
    return _form(forms.of_draft(ballots.draft_of(ballot)), ballot)


@bp.post("/desk/<slug>/ballots/<int:n>/edit")
@allowed(Action.DRAFT_BALLOT)
def draft_update(n: int) -> AnyResponse | str:
    """Store what was typed; on a conflict both texts stay on the page."""
    form = forms.read(request.form)
    ballot = draft_of(n)
    revision = _revision()
    changed = _rearranged(form, ballot)
    if changed is not None:
        return _form(changed, ballot, revision=revision)
    errors = forms.unread(form)
    if errors:
        return Response(_form(form, ballot, errors=errors, revision=revision), 422)
    try:
        service.update(
            current_actor(),
            current_estate().id,
            n,
            forms.to_draft(form),
            revision=revision,
            now=clock.now(),
        )
    except Refused as error:
        if any(b.code == "draft_changed" for b in error.blockers):
            return Response(_conflict(form, n), 409)
        page = _form(form, ballot, errors=_at_fields(error.blockers), revision=revision)
        return Response(page, 422)
    return redirect(url_for("desk.draft_edit", n=n, saved=1), 303)


@bp.get("/desk/<slug>/ballots/<int:n>/preview")
@allowed(Action.DRAFT_BALLOT)
def draft_preview(n: int) -> str:
    """The stored draft on the sheet its notice will be printed on, marked as a draft."""
    ballot = _as_if_noticed(draft_of(n))
    return render_template(
        "ballots/notice.html",
        draft=True,
        ballot=ballot,
        estate=current_estate(),
        paper=in_language(ZH, lambda: voter_words.on_paper(ballot)),
        words=voter_words,
        page=voter_page,
    )


def _as_if_noticed(ballot: BallotRow) -> BallotRow:
    """A draft with what the notice would freeze if it went out now: rules, and the roll's totals."""
    rules, _ = active_rules(ballot.estate_id, clock.now())
    totals = roll.entry_totals(ballot.estate_id, ballot.electorate, ballot.scope)
    return replace(
        ballot,
        rule_config=to_json(rules) if rules and ballot.kind == "statutory" else None,
        entries=totals.entries,
        heads=totals.heads,
        area_cm2=totals.area_cm2,
    )


@bp.get("/desk/<slug>/ballots/<int:n>/discard")
@allowed(Action.DRAFT_BALLOT)
def draft_discard_ask(n: int) -> str:
    """Ask before throwing a draft away."""
    return render_template("desk/discard.html", ballot=draft_of(n))


@bp.post("/desk/<slug>/ballots/<int:n>/discard")
@allowed(Action.DRAFT_BALLOT)
def draft_discard(n: int) -> AnyResponse:
    """Throw the draft away."""
    service.discard(current_actor(), current_estate().id, n, now=clock.now())
    return redirect(url_for("desk.ballots"), 303)


@bp.get("/desk/<slug>/ballots/<int:n>/notice")
@allowed(Action.NOTICE_BALLOT)
def notice_ask(n: int) -> AnyResponse | str:
    """What the notice will freeze, to be read once more; back to the draft while anything is open."""
    ballot = draft_of(n)
    now = clock.now()
    if ballots.notice_blockers(ballot.estate_id, n, now, current_actor()):
        return redirect(url_for("desk.draft_edit", n=n), 303)
    rules, _ = active_rules(ballot.estate_id, now)
    return render_template(
        "desk/notice.html",
        ballot=ballot,
        rules=rules if ballot.kind == "statutory" else None,
        totals=roll.entry_totals(ballot.estate_id, ballot.electorate, ballot.scope),
        words=words,
        matter_line=words.matter_line,
    )


@bp.post("/desk/<slug>/ballots/<int:n>/notice")
@allowed(Action.NOTICE_BALLOT)
def notice_send(n: int) -> AnyResponse:
    """Publish the notice. A draft changed after it was read is refused, so that nobody signs blind."""
    ballot = draft_of(n)
    if ballot.revision != _revision():
        raise Refused(Blocker("draft_changed", {"revision": ballot.revision}))
    service.notice(current_actor(), current_estate().id, n, now=clock.now())
    return redirect(url_for("desk.ballot", n=n), 303)


def _revision() -> int:
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _at_fields(blockers: tuple[Blocker, ...]) -> list[FormError]:
    return [FormError(PLACES.get(b.code, ""), sentence(b)) for b in blockers]


def _rearranged(form: Typed, ballot: BallotRow | None) -> Typed | None:
    """The form after 再加一题, 去掉这题 or 用最早的时间; None when it is to be stored."""
    do = request.form.get("do", "save")
    if do == "add":
        return form.more()
    if do.startswith("drop-") and do[5:].isascii() and do[5:].isdigit() and len(do) < 9:
        return form.without(int(do[5:]))
    if do == "earliest":
        first = _earliest(form.kind, ballot, clock.now())
        return _dated(form, first) if first else form
    return None


def _dated(form: Typed, first: datetime) -> Typed:
    """Opening at the first lawful instant; closing ten days on, 20:00, or after the least length."""
    rules, _ = active_rules(current_estate().id, clock.now())
    least = rules.window_min_days if rules and form.kind == "statutory" else None
    days = max(10, least or 0)
    last = clock.local_date(first) + timedelta(days=days)
    return replace(form, open_at=forms.local_text(first), close_at=f"{last.isoformat()}T20:00")


def _earliest(kind: str, ballot: BallotRow | None, now: datetime) -> datetime | None:
    """The first lawful opening if the notice goes out as soon as time allows (R-2.16)."""
    waits = None
    if ballot is not None:
        waits = by_itself(ballots.notice_blockers(ballot.estate_id, ballot.n, now, current_actor()))
    first = max(now, waits) if waits else now
    if kind == "advisory":
        # A whole quarter of an hour ahead: the form has minutes, and somebody still has to press.
        return first + timedelta(
            minutes=60 - first.minute, seconds=-first.second, microseconds=-first.microsecond
        )
    rules, _ = active_rules(current_estate().id, now)
    if rules is None or rules.notice_days is None:
        return None
    return earliest_open(first, rules.notice_days)


def _conflict(form: Typed, n: int) -> str:
    ballot = draft_of(n)
    theirs = forms.of_draft(ballots.draft_of(ballot))
    return _form(form, ballot, conflict=_differences(theirs, form))


_PARTS = {
    "kind": N_("性质"),
    "title": N_("标题"),
    "summary": N_("一句话说明"),
    "details": N_("详细说明"),
    "matter": N_("事项"),
    "scope": N_("范围"),
    "electorate": N_("谁来投"),
    "channels": N_("怎么投"),
    "convener": N_("召集人"),
    "contact": N_("有疑问找谁"),
    "open_at": N_("开始投票"),
    "close_at": N_("截止"),
    "buildings": N_("楼栋"),
    "entrances": N_("单元"),
}


def _differences(theirs: Typed, mine: Typed) -> list[Difference]:
    found = []
    for part, name in _PARTS.items():
        a, b = _plain(getattr(theirs, part)), _plain(getattr(mine, part))
        if a != b:
            found.append(Difference(gettext(name), a, b))
    for i in range(max(len(theirs.questions), len(mine.questions))):
        a = _words_of(theirs, i)
        b = _words_of(mine, i)
        if a != b:
            found.append(Difference(gettext("第 %(n)s 题", n=i + 1), a, b))
    return found


def _plain(value: object) -> str:
    return gettext("、").join(value) if isinstance(value, tuple) else str(value)


def _words_of(form: Typed, i: int) -> str:
    if i >= len(form.questions):
        return ""
    q = form.questions[i]
    return "\n".join(t for t in (q.text, q.detail, q.options) if t)


def _form(
    form: Typed,
    ballot: BallotRow | None = None,
    *,
    errors: list[FormError] | None = None,
    conflict: list[Difference] | None = None,
    revision: int | None = None,
) -> str:
    now = clock.now()
    estate = current_estate()
    rules, confirmed = active_rules(estate.id, now)
    blockers = ballots.notice_blockers(estate.id, ballot.n, now, current_actor()) if ballot else ()
    matter = int(form.matter) if form.matter in {str(m) for m in words.MATTERS} else None
    totals = roll.entry_totals(estate.id, form.electorate, _scope(form))
    return render_template(
        "desk/setup.html",
        form=form,
        ballot=ballot,
        revision=ballot.revision if ballot and revision is None else revision,
        errors=errors or [],
        conflict=conflict,
        blockers=blockers,
        earliest=_earliest(form.kind, ballot, now),
        rules=rules,
        confirmed=confirmed,
        matter=matter,
        rule=rules.rule_for(matter) if rules and matter else None,
        totals=totals,
        buildings=estates.buildings(estate.id),
        reach=online_blockers(_reach(rules)),
        policies=_policies(rules),
        words=words,
    )


def _scope(form: Typed) -> dict[str, list[int]]:
    """The scope typed so far, empty while it cannot be read."""
    ids = form.buildings if form.scope == "buildings" else form.entrances
    if (
        form.scope == "all"
        or not ids
        or not all(i.isascii() and i.isdigit() and len(i) < 10 for i in ids)
    ):
        return {}
    return {form.scope: [int(i) for i in ids]}


def _reach(rules: RuleSet | None) -> LegalReach:
    reach = legal_reach(current_estate().id)
    if rules is not None and rules.online_must_use_official:
        return replace(reach, must_use_official=True)
    return reach


# What a voter is bound by, in the order a person asks.
_SHOWN = (
    "duplicate",
    "invalid_marks",
    "nonreturn",
    "election_tiebreak",
    "proxy.allowed",
    "proxy.cap",
    "extension.allowed",
    "objection_days",
    "result_publish_days",
    "parking_counts",
    "base",
    "quorum.heads",
    "quorum.area",
    "notice_days",
    "window.min_days",
    "window.max_days",
)


def _policies(rules: RuleSet | None) -> list[tuple[str, str, str]]:
    if rules is None:
        return []
    rows = {row.path: row for row in listing(rules)}
    return [
        (words.field_name(path), words.value(rows[path]), words.source(rows[path].source))
        for path in _SHOWN
        if path in rows
    ]
