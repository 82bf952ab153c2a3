"""Reads of the roll, as frozen rows; each is explained where it stands."""

from hall.roll.queries.current import (
    BuildingCount,
    EntryTotals,
    building_counts,
    current_entries,
    entry_totals,
)
from hall.roll.queries.frozen import (
    ActingRow,
    CastableEntry,
    FrozenRollRow,
    castable_entries,
    frozen_roll,
    recompute_digest,
    who_may_cast,
)
from hall.roll.queries.publicity import (
    CorrectionRow,
    PublicationRow,
    PublicationState,
    corrections,
    latest_publication,
    publication_state,
)

__all__ = [
    "ActingRow",
    "BuildingCount",
    "CastableEntry",
    "CorrectionRow",
    "EntryTotals",
    "FrozenRollRow",
    "PublicationRow",
    "PublicationState",
    "building_counts",
    "castable_entries",
    "corrections",
    "current_entries",
    "entry_totals",
    "frozen_roll",
    "latest_publication",
    "publication_state",
    "recompute_digest",
    "who_may_cast",
]
