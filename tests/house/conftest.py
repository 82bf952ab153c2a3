"""The world of world.py, built once for each database; outside of a file nothing is patched."""

from __future__ import annotations

import pytest

from hall import clock
from tests.conftest import KINDS, START
from tests.house.build import build, sign_everybody_in
from tests.house.world import dry
from tests.kept import kept, on_shelf


@pytest.fixture(scope="module", params=KINDS)
def world(request, installations):
    """Everything at every stage; whatever a request does to it is undone."""
    one = installations[request.param]
    one.reset()
    with pytest.MonkeyPatch.context() as patch, one.app.app_context(), on_shelf(one.shelf):
        patch.setattr(clock, "now", lambda: START)
        made = kept("house", lambda: build(one.app, START), at_once=True)
        sign_everybody_in(made)
        dry(patch, made)
        yield made
    one.reset()
