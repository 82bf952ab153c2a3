"""Every verb of a service has a page that says what goes in, what comes of it, who may, what refuses."""

from __future__ import annotations

import importlib
import re

import pytest

from tests.guards.texts import ROOT

PAGES = ROOT / "docs" / "actions"
ROOMS = (
    "people",
    "roll",
    "estates",
    "bodies",
    "rulesets",
    "meetings",
    "notices",
    "ballots",
    "resolutions",
    "threads",
    "actions",
    "files",
    "positions",
    "proposals",
)
# Parts that other verbs are made of, not acts of their own.
PARTS = {
    "people": {
        "account_of_person",
        "add_account",
        "checked_login",
        "count_failure",
        "find_account",
        "forget",
        "hashed",
        "reissue_password_at_server",
        "refuse_locked",
        "set_password",
        "start_session",
        "use_cheap_hasher",
        "use_hasher",
    },
    "threads": {"open_thread", "set_window", "voice_of"},
    "roll": {"why_not_publish_roll"},
    "actions": {"add"},
    "proposals": {"may_revise", "settle", "settle_blockers"},
    "ballots": {
        "check_answers",
        "count_blockers",
        "draft_blockers",
        "due_for_count",
        "extend_blockers",
        "mark_published",
        "object_blockers",
        "void_blockers",
    },
    "resolutions": {"decision_blockers", "due_for_publication", "publish_blockers", "publish_due"},
}
HEADINGS = ["## Input", "## Effect", "## Who may", "## Refusals"]


def verbs(room: str) -> set[str]:
    module = importlib.import_module(f"hall.{room}.service")
    own = {
        name
        for name, value in vars(module).items()
        if callable(value)
        and not isinstance(value, type)
        and not name.startswith("_")
        and getattr(value, "__module__", "").startswith(module.__name__)
    }
    return own - PARTS.get(room, set())


@pytest.mark.parametrize("room", ROOMS)
def test_every_verb_has_its_page_and_every_page_its_verb(room):
    pages = {p.stem.split(".")[1] for p in PAGES.glob(f"{room}.*.md")}
    assert pages == verbs(room)


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda p: p.stem)
def test_a_page_has_its_four_parts(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.stem}\n")
    assert re.findall(r"^## .*$", text, re.M) == HEADINGS
