"""Every act that goes into the journal has a name that people can read."""

from __future__ import annotations

import re

from hall.web.desk.words import ACTS
from tests.guards.texts import ROOT

ROOMS = "people|roll|estates|bodies|rulesets|ballots|resolutions|threads|proposals|positions|meetings|actions|files"
_ACT = re.compile(rf'"((?:{ROOMS})\.[a-z_]+)"')


def acts(text: str) -> set[str]:
    return set(_ACT.findall(text))


def recorded() -> set[str]:
    services = [*ROOT.glob("hall/*/service.py"), *ROOT.glob("hall/*/service/*.py")]
    return {act for path in services for act in acts(path.read_text(encoding="utf-8"))}


def test_every_act_of_a_service_has_its_words():
    found = recorded()
    assert len(found) > 100  # it does read the services
    assert found - ACTS.keys() == set()


def test_it_sees_an_act_without_words():
    assert acts('record(actor, "meetings.sung", …)') - ACTS.keys() == {"meetings.sung"}
