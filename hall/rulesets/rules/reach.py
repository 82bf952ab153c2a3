"""Whether online sheets of an owners' vote are lawful here (R-3.01, R-3.02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hall.errors import Blocker


@dataclass(frozen=True, slots=True)
class LegalReach:
    """An estate's answers on online owners' votes.

    must_use_official: True where local law reserves online voting to the official system, False
    where it does not, None while the street office has not answered. clause: number of the clause
    in the adopted rules that admits this channel. confirmation: what the street office confirmed
    in writing, on confirmed_on.
    """

    must_use_official: bool | None = None
    clause: str = ""
    confirmation: str = ""
    confirmed_on: date | None = None


def online_blockers(reach: LegalReach) -> tuple[Blocker, ...]:
    """Why a statutory ballot may not take online sheets here; empty when it may (R-3.02).

    Codes: must_use_official (who street); online_clause_missing (who committee);
    online_confirmation_missing (who street), also when it has no date.
    """
    if reach.must_use_official is True:
        return (Blocker("must_use_official", who="street"),)
    found: list[Blocker] = []
    if not reach.clause.strip():
        found.append(Blocker("online_clause_missing", who="committee"))
    if not reach.confirmation.strip() or reach.confirmed_on is None:
        found.append(Blocker("online_confirmation_missing", who="street"))
    return tuple(found)
