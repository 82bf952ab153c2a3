"""A proposal from a draft to its final wording, on both databases."""

from __future__ import annotations

import pytest

from hall.errors import Forbidden, NotFound, Refused
from hall.proposals import queries, service
from tests.proposals.scene import DAY, WORDING, stage


@pytest.fixture
def scene(app, now):
    return stage()


def codes(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return sorted(b.code for b in refused.value.blockers)


def test_from_idea_to_final_wording(scene, now):
    n = scene.draft(now)
    assert queries.cards(scene.id) == ()
    with pytest.raises(NotFound):
        service.submit(scene.owners[1], scene.id, n, now=now)
    service.submit(scene.owners[0], scene.id, n, now=now)
    row = queries.get(scene.id, n)
    assert (row.state, row.version_n, row.wording) == ("submitted", 1, WORDING)
    scene.accept(n, now)
    scene.round(n, now)
    comment = scene.say(row.thread_id, 1, "离住宅太近了。", now + DAY)
    after = now + 8 * DAY
    assert codes(scene.settle, n, 1, now + DAY) == ["points_open", "round_not_ended"]
    assert codes(scene.settle, n, 1, after) == ["points_open"]
    scene.answer(comment, after)
    change = service.ChangeDraft("挪到围墙边", (comment,))
    assert scene.revise(n, 1, after, changes=[change], material=True) == 2
    assert codes(scene.settle, n, 1, after) == ["something_changed"]
    scene.settle(n, 1, after, nothing_changed=False)
    ready = (scene.chair, scene.id, n)
    assert codes(service.make_ready, *ready, post_id=scene.chair_post, now=after) == [
        "material_unheard"
    ]
    scene.round(n, after)
    later = after + 7 * DAY
    scene.settle(n, 2, later)
    assert service.make_ready(*ready, post_id=scene.chair_post, now=later) == 2
    assert queries.get(scene.id, n).state == "ready"


def test_only_leads_screen_and_never_their_own(scene, now):
    n = scene.submitted(now)
    with pytest.raises(Forbidden):
        service.screen(
            scene.owners[2], scene.id, n, accept=True, reason="", post_id=scene.chair_post, now=now
        )
    own = scene.submitted(now, scene.chair, post_id=scene.chair_post)
    assert codes(scene.accept, own, now) == ["own_proposal_screened"]
