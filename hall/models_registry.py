"""Imports every room's tables, so that the schema is whole before anyone uses it."""

from hall.actions import models as actions
from hall.ballots import models as ballots
from hall.bodies import models as bodies
from hall.estates import models as estates
from hall.files import models as files
from hall.journal import models as journal
from hall.meetings import models as meetings
from hall.notices import models as notices
from hall.people import models as people
from hall.positions import models as positions
from hall.proposals import models as proposals
from hall.resolutions import models as resolutions
from hall.roll import models as roll
from hall.rulesets import models as rulesets
from hall.threads import models as threads

ROOMS = (
    estates,
    journal,
    rulesets,
    bodies,
    people,
    roll,
    files,
    actions,
    threads,
    proposals,
    positions,
    meetings,
    ballots,
    resolutions,
    notices,
)
