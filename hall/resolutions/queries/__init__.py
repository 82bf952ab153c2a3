"""What can be read of the register of resolutions; each function is explained where it stands."""

from hall.resolutions.queries.documents import (
    ResolutionCard,
    ResolutionRow,
    VersionRow,
    find,
    latest,
    of_ballot,
    of_decisions,
    search,
    years,
)
from hall.resolutions.queries.follow import FollowRow, NoneRow, follow_ups, none_said
from hall.resolutions.queries.matter import MatterRow, matter, matter_by_n
from hall.resolutions.queries.waiting import OpenEnd, UnpublishedRow, open_ends, unpublished

__all__ = [
    "FollowRow",
    "MatterRow",
    "NoneRow",
    "OpenEnd",
    "ResolutionCard",
    "ResolutionRow",
    "UnpublishedRow",
    "VersionRow",
    "find",
    "follow_ups",
    "latest",
    "matter",
    "matter_by_n",
    "none_said",
    "of_ballot",
    "of_decisions",
    "open_ends",
    "search",
    "unpublished",
    "years",
]
