"""Every act that is told to somebody is an act of a service and has its sentence."""

from __future__ import annotations

from hall.notices.asked import ASKED
from hall.notices.audience import TOLD
from hall.web.desk.words import ACTS
from hall.web.messages.notices import ASKS, NEWS


def without_sentence(told, asked, news, asks):
    """Acts told that no sentence tells, and sentences that nothing brings."""
    return (told ^ news.keys()) | (asked ^ asks.keys())


def test_every_act_that_is_told_has_its_sentence():
    assert without_sentence(TOLD, ASKED, NEWS, ASKS) == set()


def test_every_act_that_is_told_happens():
    assert (TOLD | ASKED) - ACTS.keys() == set()


def test_it_sees_an_act_without_a_sentence():
    assert without_sentence({"a.b"}, {"c.d"}, {}, {"c.d": "…"}) == {"a.b"}


def test_who_is_asked_for_a_body_reads_which():
    assert all("%(body)s" in text for text in ASKS.values())
