"""Where a ballot came from: the wording it puts to the vote, and who is recused from running it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from hall import clock
from hall.errors import Blocker


@dataclass(frozen=True, slots=True)
class OriginFacts:
    """The proposal behind a ballot as it stands now. version: the one the ballot puts to the vote.

    material_after: the first material version after it, None when there is none. same_text: the
    ballot's full text is that version's, word for word. asks_only: a poll, which may be held in
    the middle of the rounds, as the naming of a branch does. final_since: when the final version
    was made final; publicity_days: how long the procedure promises that it hangs out (定稿公示).
    """

    version: int
    ready_version: int | None
    ended: bool
    material_after: int | None
    same_text: bool
    asks_only: bool = False
    final_since: datetime | None = None
    publicity_days: int = 0


@dataclass(frozen=True, slots=True)
class Recused:
    """An office that keeps its hands off a ballot: a whole body (name ''), or one person of it.

    kind: own_contract, or as declared; text: as declared.
    """

    body: str
    name: str
    kind: str
    text: str
    person_id: int | None = None


def hangs_until(final_since: datetime, days: int) -> datetime:
    """From when a final wording has hung out these whole Shanghai days, the first not counted (CC 201)."""
    if days <= 0:
        return final_since
    return clock.day_start(clock.add_days(clock.local_date(final_since), days + 1))


def why_not_of_version(facts: OriginFacts | None, now: datetime) -> Iterator[Blocker]:
    """A ballot decides on the final wording and no other (I16); a poll asks about the newest.

    The final wording's publicity comes before the notice, not within it (model §3.6).
    """
    if facts is None:
        return
    if facts.ended:
        yield Blocker("origin_ended", {}, "committee")
    if facts.material_after is not None:
        yield Blocker(
            "material_change_after",
            {"version": facts.version, "newer": facts.material_after},
            "committee",
        )
    elif facts.ready_version != facts.version:
        if not facts.asks_only:
            yield Blocker("version_not_final", {"version": facts.version}, "committee")
    elif facts.final_since is not None:
        until = hangs_until(facts.final_since, facts.publicity_days)
        if now < until:
            told = {"needed": facts.publicity_days, "until": until}
            yield Blocker("wording_publicity_too_short", told, None, until)
    if not facts.same_text:
        yield Blocker("text_not_of_version", {"version": facts.version}, "committee")


def why_recused(
    recused: Sequence[Recused], bodies: Sequence[str], persons: Sequence[int]
) -> Iterator[Blocker]:
    """Why somebody who holds posts of these bodies and is these persons may not run the ballot.

    The community's own company bidding: its staff neither notices nor counts (rules §4.6).
    """
    for one in recused:
        if one.person_id is None and one.body in bodies:
            yield Blocker("body_recused", {"body": one.body})
            return
    if any(one.person_id in persons for one in recused if one.person_id is not None):
        yield Blocker("person_recused")
