"""kill -9 in the middle of casting, a hundred times: nothing acknowledged is lost, nothing invented (T1)."""

from __future__ import annotations

import itertools
import random

import pytest
from sqlalchemy import text

from hall.db import db
from tests.load import stage as staging
from tests.load.voting import Crowd, Memory, Phone, Try

pytestmark = pytest.mark.load

KILLS = 12
THREADS = 8
VOTERS = 1000
MOST_BEFORE_A_KILL = 30


def test_what_was_acknowledged_survives_and_nothing_is_invented(app, servers, stored):
    stage = staging.build(app, VOTERS)
    given = []  # every attempt a phone has taken up

    def tries():
        for v in stage.voters:
            attempt = Try(v, v.n % 3, f"only-{v.n:06}-cccccccc")
            given.append(attempt)
            yield attempt

    queue, memory, when = tries(), Memory(), random.Random(7)
    for _ in range(KILLS):
        servers.start()
        crowd = Crowd(servers.port, stage, queue, THREADS, memory)
        for _ in range(when.randint(1, MOST_BEFORE_A_KILL)):
            crowd.seen.acquire(timeout=60)
        servers.kill()
        crowd.wait()

    assert set(memory.statuses) == {303}, (memory.statuses, servers.log()[-2000:])
    assert len(memory.acknowledged) >= KILLS
    sheets = stored(stage.ballot_id)
    marks = {i: tuple(sorted(o[i] for o in stage.questions.values())) for i in range(3)}

    lost = [t for t, code in memory.acknowledged if sheets.get(t.voter.entry_id, ("",))[0] != code]
    assert lost == []
    sent = {t.voter.entry_id: t for t in given}
    for entry_id, (_, key, marked) in sheets.items():
        assert (key, marked) == (sent[entry_id].key, marks[sent[entry_id].choice])
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]

    # Who heard nothing sends the same request again and then holds a receipt for the one sheet.
    servers.start()
    again, unanswered = Memory(), list(memory.unanswered)
    phone = Phone(servers.port, stage, again)
    assert all(itertools.starmap(phone.cast, ((t,) for t in unanswered)))
    phone.hang_up()
    assert len(again.acknowledged) == len(unanswered)
    sheets = stored(stage.ballot_id)
    assert set(sheets) == set(sent)
    for attempt, code in memory.acknowledged + again.acknowledged:
        assert sheets[attempt.voter.entry_id][0] == code
