"""What everyone can read: the list, a proposal, its versions, what changed, the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from flask import render_template, request

from hall import clock
from hall.counting.decision import Gate
from hall.errors import Blocker, NotFound
from hall.permissions import Action, may
from hall.proposals import queries
from hall.proposals.queries import CommentRef, ProposalRow, RoundRow, VersionRow
from hall.proposals.rules import steps
from hall.proposals.rules.diff import Clause, compare
from hall.proposals.rules.procedures import PROCEDURES
from hall.proposals.rules.state import NOTHING_BEYOND, Beyond, State, current_round, step
from hall.proposals.rules.support import LINE, Support
from hall.proposals.service import may_revise
from hall.rulesets.rules import Op, Threshold
from hall.threads import queries as threads
from hall.web.access import current_actor, current_estate, public
from hall.web.caching import whole_page
from hall.web.pages.views import MATTERS
from hall.web.proposals import words
from hall.web.proposals.blueprint import BASE, ONE, bp, extras, public_row, row_here, strips
from hall.web.threads.block import thread_block

PAGE_SIZE = 20
_LINE = Threshold(*LINE, Op.GE)
PARTS = ("what", "cost", "how_long", "unhappy", "if_not")


@dataclass(frozen=True, slots=True)
class Backing:
    """The two meters of endorsement, and why the viewer cannot endorse now."""

    support: Support
    heads: Gate
    area: Gate
    mine: queries.Mine
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True)
class Station:
    """A version in the story: what it changed from the one before, and whose words caused it."""

    version: VersionRow
    diff: tuple[Clause, ...]
    rounds: tuple[RoundRow, ...]


@bp.get(BASE)
@public
@whole_page()
def index() -> str:
    """All proposals, newest first, found by any words."""
    estate, now = current_estate(), clock.now()
    text = request.args.get("q", "").strip()[:100]
    which = request.args.get("which", "all")
    which = which if which in dict(words.WHICH) else "all"
    found = queries.cards(
        estate.id, text, which=which, before=_small(request.args.get("before")), limit=PAGE_SIZE + 1
    )
    cards = found[:PAGE_SIZE]
    actor = current_actor()
    return render_template(
        "proposals/index.html",
        cards=cards,
        more=cards[-1].n if len(found) > PAGE_SIZE else None,
        counts=threads.counts([c.thread_id for c in cards], now),
        overdue=queries.overdue(estate.id, now) if not text and which == "all" else (),
        drafts=queries.drafts_of(estate.id, actor.account_id),
        strips=strips([c.id for c in cards], now),
        q=text,
        which=which,
        now=now,
        may_propose=may(actor, Action.PROPOSE, estate.id),
    )


@bp.get(BASE + "/templates")
@public
@whole_page()
def procedures() -> str:
    """How each kind of matter goes, with where it is laid down."""
    return render_template("proposals/procedures.html", procedures=PROCEDURES, matters=MATTERS)


@bp.get(ONE)
@public
@whole_page(turnout=True)
def show(n: int) -> str:
    """A proposal with everything that hangs on it."""
    now = clock.now()
    row = row_here(n)
    if row.state is State.DRAFT or row.facts.submitted_at is None:
        raise NotFound("proposal")
    versions = queries.versions(row.id)
    rounds = queries.rounds(row.id)
    more = extras(row, now)
    beyond = more["beyond"]
    facts = [r.facts for r in rounds]
    running = current_round(facts, now)
    return render_template(
        "proposals/show.html",
        p=row,
        now=now,
        versions=versions,
        newest=versions[-1],
        rounds=rounds,
        running=next((r for r in rounds if running and r.n == running.n), None),
        phases=tuple(r.phase(now) for r in rounds),
        stations=tuple(stations(versions, rounds)),
        caused=tuple(caused_by(versions).items()),
        step=step(row.facts, facts, beyond if isinstance(beyond, Beyond) else NOTHING_BEYOND, now),
        step_days=tuple(step_days(row, rounds)),
        backing=backing(row, versions),
        co_sponsors=queries.co_sponsors(row.id),
        block=thread_block(row.thread_id, now),
        editable=_may_revise(row),
        parts=PARTS,
        leads=may(current_actor(), Action.RUN_ROUNDS, row.estate_id),
        **more,
    )


@bp.get(ONE + "/versions/<int:v>")
@public
@whole_page()
def version(n: int, v: int) -> str:
    """The full text of one version, fit for paper."""
    row = public_row(n)
    versions = queries.versions(row.id)
    return render_template(
        "proposals/version.html", p=row, v=_nth(versions, v), versions=versions, parts=PARTS
    )


@bp.get(ONE + "/versions/<int:v>/diff/<int:m>")
@public
@whole_page()
def diff(n: int, v: int, m: int) -> str:
    """What changed between two versions, clause by clause, and because of whose words."""
    row = public_row(n)
    versions = queries.versions(row.id)
    old, new = _nth(versions, min(v, m)), _nth(versions, max(v, m))
    if old.n == new.n:
        raise NotFound("version")
    between = [x for x in versions if old.n < x.n <= new.n]
    return render_template(
        "proposals/diff.html",
        p=row,
        old=old,
        new=new,
        versions=versions,
        fields=field_changes(old, new),
        clauses=clauses(old.wording.text, new.wording.text),
        between=between,
        caused=caused_by(between),
    )


def stations(versions: tuple[VersionRow, ...], rounds: tuple[RoundRow, ...]) -> list[Station]:
    """The story: each version with its changed clauses and the rounds that asked about it."""
    found = []
    for i, v in enumerate(versions):
        changed = (
            tuple(
                c for c in clauses(versions[i - 1].wording.text, v.wording.text) if c.kind != "same"
            )
            if i
            else ()
        )
        found.append(Station(v, changed, tuple(r for r in rounds if r.version_n == v.n)))
    return found


@lru_cache(maxsize=64)
def clauses(old: str, new: str) -> tuple[Clause, ...]:
    """What changed in the full text; a page is read far more often than a version is written."""
    return compare(old, new)


def field_changes(old: VersionRow, new: VersionRow) -> list[tuple[str, tuple[Clause, ...]]]:
    """The one-minute fields (and the title) that changed."""
    return [
        (part, clauses(a, b))
        for part in ("title", *PARTS)
        if (a := getattr(old.wording, part)) != (b := getattr(new.wording, part))
    ]


def caused_by(versions: tuple[VersionRow, ...] | list[VersionRow]) -> dict[int, CommentRef]:
    """The comments named by the versions' changes."""
    return queries.caused_by({i for v in versions for c in v.changes for i in c.comment_ids})


def step_days(row: ProposalRow, rounds: tuple[RoundRow, ...]) -> list[datetime | None]:
    """When each of the seven steps began, as far as this room knows."""
    heard = [r.settled_at for r in rounds if r.settled_at]
    all_settled = bool(rounds) and len(heard) == len(rounds)
    return [
        row.facts.submitted_at,
        rounds[0].opens_at if rounds else None,
        max(heard) if all_settled else None,
        row.facts.ready_at,
        None,
        row.facts.settled_at,
        None,
    ]


def backing(row: ProposalRow, versions: tuple[VersionRow, ...]) -> Backing | None:
    """The meters; None once they no longer matter."""
    if row.state in (State.WITHDRAWN, State.SETTLED, State.READY):
        return None
    facts = [v.facts for v in versions]
    s = queries.support_of(row.id, row.estate_id, row.scope, facts)
    return Backing(
        s,
        Gate("participation", "heads", s.heads, s.heads_whole, _LINE),
        Gate("participation", "area", s.area_cm2, s.area_whole_cm2, _LINE),
        queries.mine(row.id, row.account_id, current_actor(), facts),
        tuple(steps.endorse_blockers(row.facts)),
    )


def _may_revise(row: ProposalRow) -> bool:
    actor = current_actor()
    if row.state not in (State.SUBMITTED, State.DISCUSSING):
        return False
    return may(actor, Action.PROPOSE, row.estate_id) and may_revise(
        actor, row.id, row.account_id, row.estate_id
    )


def _nth(versions: tuple[VersionRow, ...], v: int) -> VersionRow:
    for one in versions:
        if one.n == v:
            return one
    raise NotFound("version")


def _small(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
