"""kill -9 in the middle of casting, a hundred times: nothing acknowledged is lost, nothing invented (T1)."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import text

from hall.db import db
from tests.load import stage as staging
from tests.load.voting import Crowd, Memory, Try, all_at_once, form

pytestmark = pytest.mark.load

KILLS = 100
THREADS = 5
MOST_BEFORE_A_KILL = 12


def test_what_was_acknowledged_survives_and_nothing_is_invented(app, servers, stored, on_disk):
    chance = random.Random(7)
    kills = [chance.randint(1, MOST_BEFORE_A_KILL) for _ in range(KILLS)]
    # Enough voters for those acknowledged before a kill and those it catches on their way.
    stage = staging.build(app, sum(kills) + THREADS * KILLS * 3 // 2)
    first, *voters = (Try(v, v.n % 3, f"only-{v.n:06}-cccccccc") for v in stage.voters)
    assert servers.warm(stage.path, form(stage, first), first.voter.cookie) == 303
    sent = {first.voter.entry_id: first}  # every attempt a phone has taken up

    def tries():
        for attempt in voters:
            sent[attempt.voter.entry_id] = attempt
            yield attempt

    queue, memory = tries(), Memory()
    for acknowledgements in kills:
        servers.start()
        crowd = Crowd(servers.port, stage, queue, THREADS, memory)
        for _ in range(acknowledgements):
            assert crowd.seen.acquire(timeout=60)
        servers.kill()
        crowd.wait()
        left = on_disk()
        lost = [t for t, code in memory.acknowledged if left.get(t.voter.entry_id) != code]
        assert lost == []
        assert left.keys() <= sent.keys(), "a sheet nobody sent"

    assert set(memory.statuses) == {303}, (memory.statuses, servers.log()[-2000:])
    assert len(memory.acknowledged) >= sum(kills)
    assert len(memory.unanswered) >= KILLS  # each kill met phones that waited for an answer
    marks = {i: tuple(sorted(o[i] for o in stage.questions.values())) for i in range(3)}
    for entry_id, (_, key, marked) in stored(stage.ballot_id).items():
        assert (key, marked) == (sent[entry_id].key, marks[sent[entry_id].choice])
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]

    # Who heard nothing sends the same request again and then holds a receipt for the one sheet.
    servers.start()
    again = Memory()
    all_at_once(servers.port, stage, memory.unanswered, THREADS, again)
    assert len(again.acknowledged) == len(memory.unanswered)
    sheets = stored(stage.ballot_id)
    assert set(sheets) == set(sent)
    for attempt, code in memory.acknowledged + again.acknowledged:
        assert sheets[attempt.voter.entry_id][0] == code
