"""The roll made public: whole Shanghai days, questions of owners, answers of the committee."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from hall.db import atomic
from hall.errors import Forbidden, NotFound, Refused
from hall.permissions import Role
from hall.roll import queries as roll
from hall.roll import service
from hall.roll.models import Unit
from tests import make

# Published on 6 May at 10:00 in Shanghai for 7 days: 7 to 13 May, until 14 May 00:00.
UNTIL = datetime(2026, 5, 13, 16, 0, tzinfo=UTC)


@pytest.fixture
def estate(app):
    return make.estate()


@pytest.fixture
def block(estate):
    return make.building(estate.id)


@pytest.fixture
def owner(estate, block):
    return make.owner(estate.id, block.id, area_cm2=900_000)


@pytest.fixture
def chair(estate):
    return make.actor(estate.id, Role.CHAIR)


def publish(chair, estate, now, days=7):
    return service.publish_roll(chair, estate.id, days=days, now=now)


def refusal(call):
    with pytest.raises(Refused) as e:
        call()
    return [b.code for b in e.value.blockers]


def ask(actor, estate, now, text="面积应为 89.24 ㎡", unit_id=None):
    return service.request_correction(actor, estate.id, unit_id, text, now=now)


def answer(chair, estate, correction, now, text="已核对不动产权证，改正。", accepted=True):
    service.answer_correction(chair, estate.id, correction, accepted=accepted, answer=text, now=now)


def test_the_window_is_whole_days_the_first_not_counted(estate, owner, chair, now):
    assert roll.publication_state(estate.id, now).published_at is None
    assert publish(chair, estate, now) == 1
    last = roll.latest_publication(estate.id)
    assert (last.units, last.heads, last.area_cm2) == (1, 1, 900_000)
    assert (last.published_at, last.corrections_until) == (now, UNTIL)
    assert roll.publication_state(estate.id, UNTIL - timedelta(seconds=1)).window_open
    assert not roll.publication_state(estate.id, UNTIL).window_open


def test_a_change_after_the_publication_shows_in_its_digest(estate, block, owner, chair, now):
    publish(chair, estate, now)
    assert not roll.publication_state(estate.id, now).changed_since_publication
    with atomic() as s:
        s.execute(update(Unit).values(area_cm2=892_400))
    assert roll.publication_state(estate.id, now).changed_since_publication
    publish(chair, estate, now)
    state = roll.publication_state(estate.id, now)
    assert (state.version, state.changed_since_publication) == (2, False)
    make.title(
        make.unit(estate.id, block.id, counts_head=False, counts_area=False),
        make.person(estate.id).id,
    )
    assert not roll.publication_state(estate.id, now).changed_since_publication  # parking


def test_what_keeps_a_roll_from_being_published(estate, chair, now):
    assert refusal(lambda: publish(chair, estate, now, days=0)) == [
        "roll_empty",
        "days_out_of_range",
    ]
    for role in set(Role) - {Role.CHAIR}:
        with pytest.raises(Forbidden):
            publish(make.actor(estate.id, role), estate, now)


def test_owners_ask_within_the_window_and_the_committee_answers(estate, owner, chair, now):
    unit, person, actor = owner
    assert refusal(lambda: ask(actor, estate, now)) == ["roll_not_published"]
    publish(chair, estate, now)
    correction = ask(actor, estate, now, unit_id=unit.id)
    assert roll.publication_state(estate.id, now).open_corrections == 1
    (row,) = roll.corrections(estate.id)
    assert (row.unit_label, row.name, row.answered_at) == (unit.label, person.name, None)
    answer(chair, estate, correction, UNTIL + timedelta(days=1))  # an answer is never too late
    assert roll.publication_state(estate.id, now).open_corrections == 0
    (row,) = roll.corrections(estate.id, frozenset({person.id}))
    assert (row.accepted, row.answer) == (True, "已核对不动产权证，改正。")
    assert refusal(lambda: answer(chair, estate, correction, now)) == ["already_answered"]


def test_a_question_is_refused_with_every_reason(estate, owner, chair, now):
    _, _, actor = owner
    publish(chair, estate, now)
    assert refusal(lambda: ask(actor, estate, UNTIL, text=" ")) == [
        "corrections_closed",
        "text_missing",
    ]
    assert refusal(lambda: ask(actor, estate, now, text="长" * 1001)) == ["text_too_long"]
    assert ask(actor, estate, UNTIL - timedelta(seconds=1)) == 1


def test_an_unanswered_question_holds_up_the_next_publication(estate, owner, chair, now):
    _, _, actor = owner
    publish(chair, estate, now)
    correction = ask(actor, estate, now)
    assert refusal(lambda: publish(chair, estate, now)) == ["roll_corrections_unanswered"]
    assert refusal(lambda: answer(chair, estate, correction, now, text=" ")) == [
        "answer_text_missing"
    ]
    answer(chair, estate, correction, now, accepted=False, text="登记面积无误。")
    assert publish(chair, estate, now) == 2


def test_who_asks_who_answers_and_where(estate, owner, chair, now):
    unit, _, actor = owner
    publish(chair, estate, now)
    with pytest.raises(Forbidden):
        ask(chair, estate, now)  # who owns nothing here has nothing to correct
    other = make.estate()
    foreign = make.unit(other.id, make.building(other.id).id)
    with pytest.raises(NotFound):
        ask(actor, estate, now, unit_id=foreign.id)
    correction = ask(actor, estate, now, unit_id=unit.id)
    for role in set(Role) - {Role.CHAIR, Role.MEMBER}:
        with pytest.raises(Forbidden):
            answer(make.actor(estate.id, role), estate, correction, now)
    with pytest.raises(NotFound):
        answer(make.actor(other.id, Role.CHAIR), other, correction, now)
    assert roll.corrections(other.id) == ()
