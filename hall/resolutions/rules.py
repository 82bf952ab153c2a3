"""Pure rules of publishing: numbers, due times, what the archive searches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hall import clock
from hall.errors import Blocker

DEFAULT_PUBLISH_DAYS = 3  # BJ 37, SD 32; taken for polls as well
DEFAULT_OBJECTION_DAYS = 7  # rules §3.3
DISPLAY_DAYS = 7  # 四议两公开, the first publication: at least seven days (rules §4.2)
CHAIRS_DAY = timedelta(days=1)  # the chair's time to add the decided items before time publishes

_DOCNO = re.compile(r"^(?P<body>[a-z]{3,12})-(?P<year>[0-9]{4})-(?P<seq>[1-9][0-9]{0,4})$")


@dataclass(frozen=True, slots=True)
class Series:
    """One run of document numbers a year. mark: its words in a number; opinion: decides nothing."""

    mark: str
    opinion: bool = False


BALLOTS = "committee"  # results of ballots, numbered by the committee or the organiser in its place
# Every body that takes decisions has its own run. What a council or a talk of several bodies comes
# to is an opinion 会商意见: it is numbered 议 or 恳, never 决, and never called an owners' decision.
SERIES: dict[str, Series] = {
    "board": Series("业委决"),  # the owners' committee in its own meeting
    "branch": Series("支决"),
    "community": Series("社决"),
    "grid": Series("网决"),
    "property": Series("物决"),
    "residents": Series("居决"),  # residents' meeting
    "council": Series("议", opinion=True),
    "talk": Series("恳", opinion=True),
}


def series_of(meeting_kind: str, body: str) -> str:
    """The series a meeting's decision is numbered in: by kind, else by the body that convened it."""
    if meeting_kind in ("council", "talk", "residents"):
        return meeting_kind
    if meeting_kind == "party_review":
        return "branch"  # the review is the members' meeting of the branch
    return series_of_body(body)


def series_of_body(body: str) -> str:
    """The series of a body's own decisions; the committee's own are kept apart from ballots."""
    return "board" if body == "committee" else body


def is_opinion(series: str) -> bool:
    """Whether documents of a series are opinions that decide nothing (R-4.03)."""
    return series in SERIES and SERIES[series].opinion


def docno(body: str, year: int, seq: int) -> str:
    """The document's name in URLs: committee-2026-3."""
    return f"{body}-{year}-{seq}"


def parse_docno(text: str) -> tuple[str, int, int] | None:
    """body, year and number of a document's name; None when it is none."""
    m = _DOCNO.match(text)
    return (m["body"], int(m["year"]), int(m["seq"])) if m else None


def number(short_name: str, has_committee: bool, kind: str, year: int, seq: int) -> str:
    """象外业决〔2026〕3号: estate, body, kind of document, year, number. A poll decides nothing: 询."""
    body = "业" if has_committee else "议"
    return f"{short_name}{body}{'决' if kind == 'statutory' else '询'}〔{year}〕{seq}号"


def settles(verdict: str) -> bool:
    """Whether a statutory ballot's verdict ends its proposal; too few or a tie leave it open."""
    return verdict in ("adopted", "not_adopted", "several")


def carries_out(kind: str, verdict: str, series: str) -> bool:
    """Whether what a procedure plans is begun under this document: decided, or a poll that was held.

    An opinion of a council decides nothing, and what was not adopted is not carried out.
    """
    return not is_opinion(series) and (kind == "advisory" or verdict in ("adopted", "decided"))


def body_number(short_name: str, series: str, year: int, seq: int) -> str:
    """象外支决〔2026〕1号, 象外议〔2026〕2号: estate, series, year, number."""
    return f"{short_name}{SERIES[series].mark}〔{year}〕{seq}号"


def publish_due(counted_at: datetime, close_at: datetime, publish_days: int | None) -> datetime:
    """When time publishes a result nobody has published: a day after the count, never past the rule.

    R-2.40: within publish_days calendar days of the close, that day included.
    """
    days = DEFAULT_PUBLISH_DAYS if publish_days is None else publish_days
    last = clock.day_start(clock.add_days(clock.local_date(close_at), days + 1))
    return max(counted_at, min(counted_at + CHAIRS_DAY, last - timedelta(hours=12)))


def objections_until(published_at: datetime, objection_days: int | None) -> datetime:
    """End of the objection window: whole Shanghai days, the day of publication not counted (CC 201)."""
    days = DEFAULT_OBJECTION_DAYS if objection_days is None else objection_days
    return clock.day_start(clock.add_days(clock.local_date(published_at), days + 1))


def display_until(published_at: datetime) -> datetime:
    """Until when a body's decision stays on the board: seven whole days after the day it came out."""
    return clock.day_start(clock.add_days(clock.local_date(published_at), DISPLAY_DAYS + 1))


def contest_until(published_at: datetime, kind: str) -> date | None:
    """Presumed end of the right to revocation, one year on (Civil Code 280, SPC 12); none for polls."""
    if kind != "statutory":
        return None
    day = clock.local_date(published_at)
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def verdict_of(verdicts: Iterable[str]) -> str:
    """One word for a document: the questions' common verdict, or 'several'."""
    kinds = set(verdicts)
    return kinds.pop() if len(kinds) == 1 else "several"


@dataclass(frozen=True, slots=True)
class Follow:
    """What is said of the work after a document: how many actions, or that there is none, and why."""

    actions: int
    none_reason: str = ""


def why_not_follow(follow: Follow) -> Iterator[Blocker]:
    """A document names at least one action or says that there is none, never both (I17)."""
    if follow.actions and follow.none_reason:
        yield Blocker("actions_and_none")
    elif not follow.actions and not follow.none_reason:
        yield Blocker("actions_missing")


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """The proposal a document settles, as far as its rules go.

    open_round: a round of comment in which somebody may still speak or waits for an answer.
    """

    track: str  # statutory | advisory
    accepted: bool
    withdrawn: bool
    settled: bool
    open_round: int | None = None


def why_not_settle(matter: MatterFacts | None) -> Iterator[Blocker]:
    """Why a body cannot bring a matter to its end.

    R-4.06: matters of Civil Code 278 are the owners'. R-4.01: nobody asked is left without an answer.
    """
    if matter is None:
        yield Blocker("no_matter_to_settle")
        return
    if matter.track == "statutory":
        yield Blocker("owners_decide")
    if not matter.accepted:
        yield Blocker("matter_not_accepted")
    if matter.withdrawn:
        yield Blocker("matter_withdrawn")
    if matter.settled:
        yield Blocker("matter_settled")
    elif matter.open_round is not None:
        yield Blocker("matter_round_open", {"round": matter.open_round})


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision of a meeting that is to be published. settles: it ends its proposal."""

    outcome: str | None
    published_as: str | None
    follow: Follow
    settles: bool
    matter: MatterFacts | None


def why_not_publish_decision(facts: DecisionFacts) -> tuple[Blocker, ...]:
    """All that stands against publishing a meeting's decision; empty when it can go out."""
    found: list[Blocker] = []
    if facts.outcome is None:
        found.append(Blocker("decision_open", {}, "chair"))
    elif facts.outcome == "no_quorum":
        found.append(Blocker("nothing_decided"))
    if facts.published_as is not None:
        found.append(Blocker("document_exists", {"number": facts.published_as}))
    found += why_not_follow(facts.follow)
    if facts.settles:
        found += why_not_settle(facts.matter)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """An organisation's own decision on a proposal. text: what it decided; basis: on what ground."""

    text: str
    basis: str
    follow: Follow
    matter: MatterFacts


def why_not_publish_organisation(facts: OrganisationFacts) -> tuple[Blocker, ...]:
    """All that stands against publishing it; empty when it can go out."""
    found: list[Blocker] = []
    if not facts.text.strip():
        found.append(Blocker("organisation_text_missing"))
    if not facts.basis.strip():
        found.append(Blocker("basis_missing"))
    found += why_not_follow(facts.follow)
    found += why_not_settle(facts.matter)
    return tuple(found)
