"""The world of world.py, built for each file on each database; outside of it nothing is patched."""

from __future__ import annotations

import pytest

from hall import clock
from tests.conftest import KINDS, START
from tests.house.build import build
from tests.house.world import dry


@pytest.fixture(scope="module", params=KINDS)
def world(request, installations):
    """Everything at every stage; whatever a request does to it is undone."""
    one = installations[request.param]
    one.reset()
    with pytest.MonkeyPatch.context() as patch, one.app.app_context():
        patch.setattr(clock, "now", lambda: START)
        made = build(one.app, START)
        dry(patch, made)
        yield made
    one.reset()
