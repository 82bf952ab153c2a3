"""Why a step cannot be taken now: the page shows these reasons, the service enforces them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hall.errors import Blocker
from hall.proposals.rules.state import ENDED, Facts, RoundFacts, State, state

ROUND_MIN_DAYS = 3
ROUND_MOST_DAYS = 60
TRACKS = ("statutory", "advisory")
LEADS = ("committee", "branch", "community")
MATTERS = range(1, 10)
HOW_SETTLED = ("ballot", "meeting", "organisation")


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version in the order of n; material: it asks again (R-4.02)."""

    n: int
    material: bool


def _only_in(facts: Facts, *states: State) -> list[Blocker]:
    at = state(facts)
    return [] if at in states else [Blocker("proposal_wrong_state", {"proposal_state": at.value})]


def track_blockers(track: str, matter: int | None, lead_body: str) -> list[Blocker]:
    """What is wrong with the way a proposal is meant to go (R-0.2, R-1.1)."""
    found = []
    if track not in TRACKS:
        found.append(Blocker("track_unknown"))
    if track == "statutory" and matter not in MATTERS:
        found.append(Blocker("proposal_matter_missing"))
    if track == "advisory" and matter is not None:
        found.append(Blocker("proposal_matter_needless", {"matter": matter}))
    if lead_body not in LEADS:
        found.append(Blocker("lead_body_unknown"))
    return found


def scope_blockers(scope: Mapping[str, Sequence[int]]) -> list[Blocker]:
    """Why it cannot be handed in as meant for a part of the estate: nobody said which part."""
    return [] if all(scope.values()) else [Blocker("proposal_scope_empty")]


def draft_blockers(facts: Facts) -> list[Blocker]:
    """Why the draft cannot be changed or handed in: it has been already."""
    return _only_in(facts, State.DRAFT)


def screen_blockers(facts: Facts, *, own: bool, accept: bool, reason: str) -> list[Blocker]:
    """Why it cannot be accepted or declined now; own: the screener proposed it himself (I10)."""
    found = _only_in(facts, State.SUBMITTED)
    if own:
        found.append(Blocker("own_proposal_screened"))
    if not accept and not reason:
        found.append(Blocker("decline_reason_missing"))
    return found


def revise_blockers(
    facts: Facts,
    rounds: Sequence[RoundFacts],
    now: datetime,
    *,
    material: bool,
    note: str,
    base: int,
    newest: int,
    same: bool,
) -> list[Blocker]:
    """Why a new version cannot be put up: state, a stale base, nothing changed, no word on what changed.

    A material change waits while people are commenting on the present wording.
    """
    found = _only_in(facts, State.SUBMITTED, State.DISCUSSING)
    if base != newest:
        found.append(Blocker("version_stale", {"base": base, "newest": newest}))
    if same:
        found.append(Blocker("version_same"))
    if not note:
        found.append(Blocker("change_note_missing"))
    running = next((r for r in rounds if r.phase(now) == "open"), None)
    if material and running is not None:
        found.append(Blocker("round_running", {"round": running.n}, not_before=running.closes_at))
    return found


def co_sponsor_blockers(facts: Facts, *, own: bool, already: bool) -> list[Blocker]:
    """Why somebody cannot propose it together with the proposer now."""
    found = _only_in(facts, State.SUBMITTED, State.DISCUSSING)
    if own:
        found.append(Blocker("own_proposal_joined"))
    if already:
        found.append(Blocker("already_co_sponsor"))
    return found


def endorse_blockers(facts: Facts) -> list[Blocker]:
    """Why it cannot be endorsed now. A declined one can: 20 % of the owners overrule (R-2.19)."""
    return _only_in(facts, State.SUBMITTED, State.DECLINED, State.DISCUSSING)


def round_blockers(
    facts: Facts,
    rounds: Sequence[RoundFacts],
    now: datetime,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> list[Blocker]:
    """Why a round cannot be opened with this window: at least three days, one round at a time."""
    found = _only_in(facts, State.DISCUSSING)
    waiting = next((r for r in rounds if r.settled_at is None), None)
    if waiting is not None:
        found.append(Blocker("round_unsettled", {"round": waiting.n}))
    return found + _window_blockers(opens_at, closes_at, now)


def move_blockers(
    facts: Facts,
    the_round: RoundFacts,
    now: datetime,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> list[Blocker]:
    """Why a round cannot get this window: one that has begun keeps its opening and never ends earlier."""
    found = _only_in(facts, State.DISCUSSING)
    phase = the_round.phase(now)
    if phase == "settled":
        found.append(Blocker("round_settled", {"at": the_round.settled_at}))
    if phase == "planned" or opens_at is None or closes_at is None:
        return found + _window_blockers(opens_at, closes_at, now)
    if opens_at != the_round.opens_at:
        found.append(Blocker("round_began"))
    if closes_at < the_round.closes_at:
        found.append(Blocker("round_shortened", {"closes_at": the_round.closes_at}))
    return found


def ended_blockers(facts: Facts) -> list[Blocker]:
    """Why nothing can be done to its rounds any more: it was withdrawn or settled."""
    at = state(facts)
    return [Blocker("proposal_wrong_state", {"proposal_state": at.value})] if at in ENDED else []


def _window_blockers(
    opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> list[Blocker]:
    if opens_at is None or closes_at is None:
        return [Blocker("round_window_missing")]
    found = []
    if opens_at < now - timedelta(minutes=1):
        found.append(Blocker("round_opens_in_past"))
    least = opens_at + timedelta(days=ROUND_MIN_DAYS)
    if closes_at < least:
        found.append(Blocker("round_too_short", {"days": ROUND_MIN_DAYS, "earliest": least}))
    if closes_at > opens_at + timedelta(days=ROUND_MOST_DAYS):
        found.append(Blocker("round_too_long", {"days": ROUND_MOST_DAYS}))
    return found


def settle_round_blockers(
    the_round: RoundFacts,
    now: datetime,
    *,
    open_points: int,
    heard: str,
    linked: int,
    nothing_changed: bool,
) -> list[Blocker]:
    """Why a round cannot be closed: R-4.01, I15 and feature 1.08, all at once.

    linked: changes of later versions that name a comment of this round.
    """
    if the_round.settled_at is not None:
        return [Blocker("round_settled", {"at": the_round.settled_at})]
    found = []
    if now < the_round.closes_at:
        found.append(
            Blocker(
                "round_not_ended",
                {"closes_at": the_round.closes_at},
                not_before=the_round.closes_at,
            )
        )
    if open_points:
        found.append(Blocker("points_open", {"count": open_points}))
    if not heard:
        found.append(Blocker("heard_missing"))
    if linked and nothing_changed:
        found.append(Blocker("something_changed", {"count": linked}))
    if not linked and not nothing_changed:
        found.append(Blocker("change_unlinked"))
    return found


def unheard(versions: Sequence[VersionFacts], rounds: Sequence[RoundFacts]) -> int | None:
    """The newest material version that no settled round has asked about, or None (R-4.02, I16)."""
    heard = max((r.version_n for r in rounds if r.settled_at is not None), default=0)
    waiting = [v.n for v in versions if v.material and v.n > heard]
    return max(waiting, default=None)


def ready_blockers(
    facts: Facts, versions: Sequence[VersionFacts], rounds: Sequence[RoundFacts]
) -> list[Blocker]:
    """Why the wording cannot be made final: a round to hold, to settle, or to hold again."""
    found = _only_in(facts, State.DISCUSSING)
    waiting = [r for r in rounds if r.settled_at is None]
    if waiting:
        found.append(Blocker("round_unsettled", {"round": waiting[0].n}))
    elif not rounds:
        found.append(Blocker("round_never"))
    late = unheard(versions, rounds)
    if late is not None and not waiting:
        found.append(Blocker("material_unheard", {"version": late}))
    return found


def reopen_blockers(facts: Facts, reason: str) -> list[Blocker]:
    """Why a final wording cannot be taken up again."""
    found = _only_in(facts, State.READY)
    if not reason:
        found.append(Blocker("reopen_reason_missing"))
    return found


def withdraw_blockers(facts: Facts, reason: str) -> list[Blocker]:
    """Why it cannot be taken back. A draft nobody saw needs no reason."""
    at = state(facts)
    found = []
    if at in ENDED:
        found.append(Blocker("proposal_wrong_state", {"proposal_state": at.value}))
    if at is not State.DRAFT and not reason:
        found.append(Blocker("withdraw_reason_missing"))
    if facts.on_agenda_at is not None:
        found.append(Blocker("owners_put_it_on", {"at": facts.on_agenda_at}))
    return found
