"""Imports every room's tables, so that the schema is whole before anyone uses it."""

from hall.ballots import models as ballots
from hall.bodies import models as bodies
from hall.estates import models as estates
from hall.journal import models as journal
from hall.people import models as people
from hall.resolutions import models as resolutions
from hall.roll import models as roll
from hall.rulesets import models as rulesets

ROOMS = (estates, journal, rulesets, bodies, people, roll, ballots, resolutions)
