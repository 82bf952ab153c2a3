"""Everybody at once: 64 threads, 200 voters, each casting several times (trust.md T2, T20)."""

from __future__ import annotations

import random

import pytest

from tests.load import stage as staging
from tests.load.voting import Memory, Try, all_at_once

pytestmark = pytest.mark.load

VOTERS = 200
THREADS = 64


def attempts(stage: staging.Stage, seed: int) -> list[Try]:
    """Three tries a voter: two sheets that differ, one of them sent twice with the same key."""
    made = []
    for v in stage.voters:
        first = Try(v, v.n % 3, f"first-{v.n:06}-aaaaaaaa")
        second = Try(v, (v.n + 1) % 3, f"other-{v.n:06}-bbbbbbbb")
        made += [first, second, (first, second)[v.n % 2]]
    # Tries of one voter stay close together, so that they meet.
    order = random.Random(seed)
    return sorted(made, key=lambda t: t.voter.n + 12 * order.random())


def test_each_entry_counts_once_whatever_its_owner_sends(app, servers, stored):
    stage = staging.build(app, VOTERS)
    servers.start()
    tries, memory = attempts(stage, 1), Memory()
    all_at_once(servers.port, stage, tries, THREADS, memory)

    assert memory.unanswered == []
    assert set(memory.statuses) == {303, 409}, (memory.statuses, servers.log()[-2000:])
    assert sum(memory.statuses.values()) == len(tries) == 3 * VOTERS
    assert "locked" not in servers.log()
    assert "Traceback" not in servers.log()

    sheets = stored(stage.ballot_id)
    assert set(sheets) == {v.entry_id for v in stage.voters}
    # Every acknowledgement names the one sheet that is kept, with the answers that were sent.
    for attempt, code in memory.acknowledged:
        marked = tuple(sorted(o[attempt.choice] for o in stage.questions.values()))
        assert sheets[attempt.voter.entry_id] == (code, attempt.key, marked)
    # Whatever went out with the key of the kept sheet was told so, each time.
    kept = {key for _, key, _ in sheets.values()}
    assert len(memory.acknowledged) == sum(t.key in kept for t in tries)
