"""Publishing what was decided, by a ballot, a meeting or an organisation, and what follows from it."""

from hall.resolutions.service.ballot import (
    due_for_publication,
    publish,
    publish_blockers,
    publish_due,
    tick,
)
from hall.resolutions.service.body import (
    decision_blockers,
    publish_decision,
    publish_organisation_decision,
)
from hall.resolutions.service.correction import correct
from hall.resolutions.service.follow import Task, attach_action, say_no_action
from hall.resolutions.service.planned import open_planned

__all__ = [
    "Task",
    "attach_action",
    "correct",
    "decision_blockers",
    "due_for_publication",
    "open_planned",
    "publish",
    "publish_blockers",
    "publish_decision",
    "publish_due",
    "publish_organisation_decision",
    "say_no_action",
    "tick",
]
