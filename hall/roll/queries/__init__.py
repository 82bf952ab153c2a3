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
    castable_on,
    frozen_roll,
    recompute_digest,
    who_may_cast,
)
from hall.roll.queries.imports import (
    ImportPage,
    ImportRow,
    find_import,
    import_page,
    imports,
    why_not_confirm_import,
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
    "ImportPage",
    "ImportRow",
    "PublicationRow",
    "PublicationState",
    "building_counts",
    "castable_entries",
    "castable_on",
    "corrections",
    "current_entries",
    "entry_totals",
    "find_import",
    "frozen_roll",
    "import_page",
    "imports",
    "latest_publication",
    "publication_state",
    "recompute_digest",
    "who_may_cast",
    "why_not_confirm_import",
]
