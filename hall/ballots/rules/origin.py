"""Where a ballot came from: the wording it puts to the vote, and who is recused from running it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hall.errors import Blocker


@dataclass(frozen=True, slots=True)
class OriginFacts:
    """The proposal behind a ballot as it stands now. version: the one the ballot puts to the vote.

    material_after: the first material version after it, None when there is none. same_text: the
    ballot's full text is that version's, word for word. asks_only: a poll, which may be held in
    the middle of the rounds, as the naming of a branch does.
    """

    version: int
    ready_version: int | None
    ended: bool
    material_after: int | None
    same_text: bool
    asks_only: bool = False


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


def why_not_of_version(facts: OriginFacts | None) -> Iterator[Blocker]:
    """A ballot decides on the final wording and no other (I16); a poll asks about the newest."""
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
    elif facts.ready_version != facts.version and not facts.asks_only:
        yield Blocker("version_not_final", {"version": facts.version}, "committee")
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
