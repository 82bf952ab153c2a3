"""Route × role × estate: every address of the rooms where five bodies negotiate, for every role.

Who may is read off permissions.TABLE; what is narrower than a permission is listed here with its reason.
"""

from __future__ import annotations

import re

import pytest

from hall.permissions import TABLE, Role
from hall.web.access import access_of
from tests.house.world import HOME, ROLE_NAMES, filled_hats
from tests.proposals.scene import WORDING

ROOMS = ("threads", "proposals", "positions", "meetings", "actions", "bodies", "files",
         "resolutions", "notices", "archive")  # fmt: skip
# Which object stands for an argument of an address; the first that fits the endpoint is taken.
OBJECTS = {
    "threads.appeal": {"comment_id": "hidden"},
    "threads.edit": {"comment_id": "shown"},
    "threads.answer_post": {"comment_id": "shown"},
    "threads.": {"thread_id": "thread", "comment_id": "shown", "appeal_id": "appeal"},
    "proposals.submit": {"n": "p_submitted"},
    "proposals.screen": {"n": "p_submitted"},
    "proposals.diff": {"n": "p_open", "v": 1, "m": 2},
    "proposals.": {"n": "p_open", "r": 1, "v": 1},
    "positions.": {"n": "p_open", "interest_id": "interest"},
    "meetings.correction_answer": {"n": "m_out", "correction_id": "m_out_correction"},
    "meetings.minutes_record": {"n": "m_published"},
    "meetings.minutes_docx": {"n": "m_published"},
    "meetings.minutes_note": {"n": "m_published"},
    "meetings.minutes": {"n": "m_out"},
    "meetings.correction_file": {"n": "m_out"},
    "meetings.edit": {"n": "m_draft"},
    "meetings.preview": {"n": "m_draft"},
    "meetings.revise": {"n": "m_draft"},
    "meetings.send": {"n": "m_draft"},
    "meetings.discard": {"n": "m_draft"},
    "meetings.item": {"n": "m_running", "item_id": "m_running_item", "act": "end"},
    "meetings.turn": {"n": "m_running", "speech_id": "speech", "act": "start"},
    "meetings.settle": {"n": "m_running", "decision_id": "m_running_decision", "act": "close"},
    "meetings.": {"n": "m_running", "decision_id": "m_running_decision", "key": "none"},
    "actions.act": {"n": "a_open", "act": "drop"},
    "actions.": {"n": "a_open"},
    "bodies.": {"group_id": "group", "party_id": "party"},
    "files.": {"file_id": "file", "name": "gate.png"},
    "resolutions.decide": {"n": "p_ready"},
    "resolutions.publish": {"decision_id": "m_ended_decision"},
    "resolutions.": {"docno": "docno", "version": 1, "code": "none"},
    "notices.": {"notice_id": "notice_owner"},
    "archive.": {},
}
FORMS = {
    "proposals.edit_post": {"title": WORDING.title, "what": "改", "text": "改", "note": "改",
                            "_base": "1", "_track": "advisory", "_lead": "committee"},
    "meetings.rsvp": {"invitee": "{m_running_grid}", "answer": "yes"},
    "meetings.vote": {"decision": "{m_running_decision}", "choice": "for"},
    "meetings.out": {"invitee": "{m_running_grid}"},
    "meetings.speaker": {"invitee": "{m_running_grid}", "minutes": "3"},
    "meetings.bar": {"invitee": "{m_running_grid}", "reason": "亲属"},
    "meetings.decision": {"item": "{m_running_item}"},
}  # fmt: skip
LEADS = {"chair", "branch", "community"}
AUTHOR = {"owner"}
# Narrower than the permission: who is not among them is refused (403) although his role may.
NARROWER = {
    "threads.edit": AUTHOR,  # one's own words
    "threads.withdraw": AUTHOR,
    "threads.appeal": AUTHOR,
    "proposals.edit": AUTHOR | LEADS,  # the proposer, or who runs the rounds
    "proposals.edit_post": AUTHOR | LEADS,
    "proposals.withdraw": AUTHOR | LEADS,
    "actions.act": LEADS,  # dropping: one act stands for all, test_states has the others
    "meetings.rsvp": {"grid"} | LEADS | {"member", "clerk"},  # the invitee, or who runs the meeting
    "meetings.vote": {"chair", "branch", "community", "grid", "property", "member"},  # a seat
    # The chair has the hat of the committee, which is one of the meeting's bodies.
    "resolutions.publish": LEADS,
}
# What a page or form answers with 404 to a role that may open it: there is nothing of his here.
ABSENT = {
    "meetings.position": set(ROLE_NAMES),  # the running item has no proposal
    "meetings.go": set(ROLE_NAMES) - {"chair", "branch", "community", "grid", "property", "member"},
    "meetings.speak": set(ROLE_NAMES)
    - {"chair", "branch", "community", "grid", "property", "member"},
    "notices.open_": set(ROLE_NAMES) - {"owner"},  # somebody else's notice
    "proposals.submit": set(),
    "resolutions.object_": set(ROLE_NAMES),  # only a ballot's result is open to objections
    "meetings.own_ics": set(ROLE_NAMES),
    "resolutions.check": set(ROLE_NAMES),
    "proposals.diff": set(ROLE_NAMES),  # one version so far
}
LINKS = re.compile(r'<a\b[^>]*? href="(/[^"?#]*)')
MARKS = re.compile(r'name="(csrf_token|_key)" value="[^"]*"')


def rules(app):
    """Every (rule, method) of the rooms."""
    found = [
        (rule, method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ROOMS
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda p: (p[0].endpoint, p[0].rule, p[1]))


def values_of(world, rule) -> dict:
    """The arguments of an address, of objects that exist."""
    room = rule.endpoint.split(".")[0] + "."
    named = OBJECTS.get(room, {}) | OBJECTS.get(rule.endpoint, {})
    if rule.endpoint.startswith("meetings.minutes") and rule.endpoint not in OBJECTS:
        named = named | OBJECTS["meetings.minutes"]
    return {
        a: world.slug if a == "slug" else world.ids.get(named[a], named[a])
        for a in rule.arguments - set(rule.defaults or ())
    }


def address(app, rule, values, method) -> str:
    return app.url_map.bind("localhost").build(
        rule.endpoint, values | dict(rule.defaults or {}), method
    )


def ask(world, role, rule, method, values):
    """One request, as somebody; the form is filled in for his own post."""
    url = address(world.app, rule, values, method)
    data = None
    if method == "POST":
        form = {k: v.format(**world.ids) for k, v in FORMS.get(rule.endpoint, {}).items()}
        data = form | filled_hats(world, role)
    return url, world.client(role).open(url, method=method, headers=HOME, data=data)


def expected(rule, role) -> str:
    """yes | no (403) | absent (404)."""
    access = access_of_rule(rule)
    may = access.kind != "allowed" or any(
        TABLE[a] & {Role(role), Role.RESIDENT} for a in access.actions
    )
    if not may or role not in NARROWER.get(rule.endpoint, {role}):
        return "no"
    return "absent" if role in ABSENT.get(rule.endpoint, ()) else "yes"


def access_of_rule(rule):
    from flask import current_app

    return access_of(current_app.view_functions[rule.endpoint])


def test_every_room_is_here(world):
    there = {e.split(".")[0] for e in world.app.view_functions}
    assert set(ROOMS) - {"archive"} <= there
    of_bodies = {r.endpoint for r, _ in rules(world.app) if r.endpoint.startswith("meetings.of_")}
    assert len(of_bodies) == 5


def test_every_route_for_every_role(world):
    """Who gets in, and that no page shows anybody a way to what is refused him."""
    wrong = []
    ways: dict[tuple[str, str], str] = {}
    refused = set()
    # The permission is the same on either database: there, one who leads, one who owns, the company.
    roles = ROLE_NAMES if world.kind == "sqlite" else ("chair", "owner", "property")
    for rule, method in rules(world.app):
        values = values_of(world, rule)
        public = access_of_rule(rule).kind == "public"
        for role in ("resident", "chair") if public else roles:
            url, answer = ask(world, role, rule, method, values)
            status, want = answer.status_code, expected(rule, role)
            fits = {
                "no": status == 403,
                "absent": status == 404,
                "yes": 200 <= status < 400 or status in (409, 422, 429),
            }[want]
            if not fits:
                wrong.append(f"{role} {method} {url} ({rule.endpoint}): {status}, expected {want}")
            if method == "GET" and status == 403:
                refused.add((role, url))
            elif method == "GET" and answer.mimetype == "text/html":
                ways |= {(role, href): url for href in LINKS.findall(answer.text)}
    wrong += [f"{role}: {ways[role, url]} leads to {url}" for role, url in refused & ways.keys()]
    assert not wrong, "\n".join(wrong)


def test_signed_out_and_from_elsewhere(world):
    """Signed out: to the sign-in page, a form is kept (401). Who leads elsewhere is nobody here."""
    wrong = []
    for rule, method in rules(world.app):
        access = access_of_rule(rule)
        if access.kind == "public":
            continue
        values = values_of(world, rule)
        url, answer = ask(world, None, rule, method, values)
        want = 303 if method == "GET" else 401
        if answer.status_code != want:
            wrong.append(f"signed out {method} {url}: {answer.status_code}")
        if method == "GET" and not answer.headers.get("Location", "").startswith("/login?next="):
            wrong.append(f"signed out {method} {url} goes to {answer.headers.get('Location')}")
        if access.kind == "allowed":
            url, answer = ask(world, "stranger", rule, method, values)
            if answer.status_code != 403:
                wrong.append(f"stranger {method} {url}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def masked(text, url, value) -> str:
    """A page without what differs on every request: tokens, and the number that was asked for."""
    return MARKS.sub("", text).replace(url, "")


def test_another_estates_object_looks_like_a_missing_one(world):
    """Each argument of each address in turn: the other estate's number against nobody's.

    Asked by somebody who holds every post, so that no right hides what is there.
    """
    wrong, tried = [], set()
    for rule, method in rules(world.app):
        values = values_of(world, rule)
        for name in sorted(values.keys() & world.foreign.keys()):
            pages = []
            for value in (world.foreign[name], "none-2026-9" if name == "docno" else 999999):
                url, answer = ask(world, "everybody", rule, method, values | {name: value})
                pages.append((answer.status_code, masked(answer.text, url, value)))
            wanted = 303 if rule.endpoint == "meetings.people_of" else 404  # it only leads on
            if pages[0][0] != wanted or pages[0] != pages[1]:
                wrong.append(f"{method} {url} {name}: {pages[0][0]} and {pages[1][0]}")
            tried.add((rule.endpoint, name))
    assert not wrong, "\n".join(wrong)
    assert len(tried) > 80


HIDDEN_IN_FORMS = [
    # (who, where, field, what else): a number of the other estate in a form
    ("chair", "/desk/~/actions/new", "post", {"text": "修门", "body": "grid", "due_on": "2026-06-01"}),
    ("chair", "/desk/~/proposals/{p_submitted}/screen", "_as", {"_do": "accept"}),
    ("chair", "/desk/~/proposals/{p_heard}/ready", "_as", {}),
    ("branch", "/e/~/proposals/{p_open}/positions", "post", {"stance": "support"}),
    ("branch", "/e/~/proposals/{p_open}/interests", "post", {"interest": "me", "kind": "money", "text": "有"}),
    ("owner", "/e/~/threads/{thread}/write", "_as", {"text": "说一句"}),
    ("chair", "/e/~/threads/{thread}/record", "_as",
     {"text": "说一句", "name": "某邻居", "source": "phone", "spoken_on": "2026-05-05"}),
    ("chair", "/desk/~/answers/{shown}", "_as", {"_outcome": "explained", "text": "已说明"}),
    ("community", "/desk/~/moderation/{shown}", "_as", {"_act": "hide", "reason": "有门牌"}),
    ("grid", "/e/~/meetings/{m_out}/minutes/sign", "post_id", {"signed": "1", "digest": "{m_out_digest}"}),
    ("grid", "/e/~/meetings/{m_published}/minutes/notes", "post_id", {"text": "补签"}),
    ("chair", "/desk/~/decisions/{m_ended_decision}/publish", "post_id", {"no_action": "没有要办的"}),
    ("chair", "/desk/~/proposals/{p_ready}/decide", "post_id", {"text": "照办", "basis": "听过", "no_action": "无"}),
]  # fmt: skip


@pytest.mark.parametrize(("who", "path", "name", "rest"), HIDDEN_IN_FORMS)
def test_a_post_of_another_estate_is_nobodys(world, who, path, name, rest):
    """Acting under a post that is not one's own: the same 403 for a foreign one and for none."""
    pages = []
    for value in (world.foreign_post, 999999):
        answer, wrote, _ = world.post(who, path, rest | {name: str(value)})
        assert not wrote
        pages.append((answer.status_code, MARKS.sub("", answer.text)))
    assert pages[0] == pages[1]
    assert pages[0][0] == 403
