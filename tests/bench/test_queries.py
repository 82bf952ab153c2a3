"""A page asks the database the same number of times, however many units and ballots there are (B11)."""

from __future__ import annotations

import pytest

from hall import clock
from hall.ballots import queries as ballots
from hall.resolutions import service as resolutions
from tests import make
from tests.ballots.scene import scene
from tests.pages import sign_in

# Ceilings: a page that asks more often than this has lost sight of what it reads.
CEILINGS = {"home": 24, "ballot": 20, "result": 20, "resolution": 20, "archive": 14, "list": 15}
SMALL, LARGE = 3, 40


def paths(slug: str, docno: str, n: int) -> dict[str, str]:
    base = f"/e/{slug}"
    return {
        "home": f"{base}/",
        "ballot": f"{base}/ballots/{n}",
        "result": f"{base}/ballots/1",
        "resolution": f"{base}/resolutions/{docno}",
        "archive": f"{base}/resolutions",
        "list": f"{base}/ballots",
    }


def counted(app, travel, count_queries, homes: int, extra: int, login: bool) -> dict[str, int]:
    """Queries of every page of an estate with so many homes and so many ballots that are over."""
    place = scene(travel, areas=(100,) * homes)
    for i in range(1 + extra):
        n = place.noticed(clock.now(), title=f"续聘样本物业公司（{i}）")
        ballot = ballots.get(place.id, n)
        travel(ballot.open_at)
        for owner in range(homes):
            place.cast(owner, n, "for", now=clock.now(), key=f"bench-{i}-{owner}")
        travel(ballot.close_at)
        resolutions.tick(now=clock.now())
        docno = resolutions.publish(place.chair, place.id, n, decided="去办", now=clock.now())
    running = place.noticed(clock.now())
    travel(ballots.get(place.id, running).open_at)
    client = app.test_client()
    if login:
        sign_in(client, place.owners[0][2].account_id, clock.now())
    found = {}
    for name, path in paths(place.estate.slug, docno, running).items():
        client.get(path)  # what a process remembers is read by now
        with count_queries() as asked:
            assert client.get(path).status_code == 200, path
        found[name] = asked.count
    return found


@pytest.mark.parametrize("login", [False, True], ids=["signed out", "owner"])
def test_the_number_of_queries_does_not_grow(app, travel, count_queries, login):
    small = counted(app, travel, count_queries, SMALL, 0, login)
    large = counted(app, travel, count_queries, LARGE, 4, login)
    assert large == small
    assert {k: n for k, n in large.items() if n > CEILINGS[k]} == {}


def test_a_second_estate_changes_nothing(app, travel, count_queries):
    alone = counted(app, travel, count_queries, SMALL, 0, False)
    for _ in range(5):
        other = make.estate()
        make.home(other.id, make.building(other.id).id)
    assert counted(app, travel, count_queries, SMALL, 0, False) == alone
