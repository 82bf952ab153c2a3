"""What can be read of the register of resolutions; each function is explained where it stands."""

from hall.resolutions.queries.documents import (
    ResolutionCard,
    ResolutionRow,
    VersionRow,
    find,
    latest,
    of_ballot,
    of_decisions,
    passages,
    search,
    years,
)
from hall.resolutions.queries.follow import (
    DocumentRef,
    FollowRow,
    NoneRow,
    Progress,
    follow_ups,
    none_said,
    of_actions,
    progress,
)
from hall.resolutions.queries.matter import MatterRow, matter, matter_by_n
from hall.resolutions.queries.waiting import (
    AfterItem,
    OpenEnd,
    UnpublishedRow,
    after_meeting,
    open_ends,
    unpublished,
)

__all__ = [
    "AfterItem",
    "DocumentRef",
    "FollowRow",
    "MatterRow",
    "NoneRow",
    "OpenEnd",
    "Progress",
    "ResolutionCard",
    "ResolutionRow",
    "UnpublishedRow",
    "VersionRow",
    "after_meeting",
    "find",
    "follow_ups",
    "latest",
    "matter",
    "matter_by_n",
    "none_said",
    "of_actions",
    "of_ballot",
    "of_decisions",
    "open_ends",
    "passages",
    "progress",
    "search",
    "unpublished",
    "years",
]
