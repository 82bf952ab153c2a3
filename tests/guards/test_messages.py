"""Every code a room can refuse with has a sentence, every role and act a name."""

from __future__ import annotations

import ast
import re

import pytest

from hall.permissions import TABLE, Action, Role
from hall.web import messages
from hall.web.pages.views import ACTS, ROOMS
from tests.guards.texts import ROOT

HALL = ROOT / "hall"
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


Found = tuple[str, str, set[str] | None]


def blockers() -> list[Found]:
    """(place, code, names of its facts or None when they are computed) of every Blocker literal."""
    return [
        found
        for path in sorted(HALL.rglob("*.py"))
        for found in blockers_in(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
    ]


def blockers_in(source: str, name: str) -> list[Found]:
    """The same for one file."""
    found: list[Found] = []
    for node in ast.walk(ast.parse(source)):
        if not (
            isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Blocker" and node.args
        ):
            continue
        code = node.args[0]
        parts = (code.body, code.orelse) if isinstance(code, ast.IfExp) else (code,)
        found += [
            (f"{name}:{node.lineno}", part.value, _facts(node))
            for part in parts
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        ]
    return found


def _facts(node: ast.Call) -> set[str] | None:
    given = (
        node.args[1]
        if len(node.args) > 1
        else next((k.value for k in node.keywords if k.arg == "facts"), None)
    )
    names: set[str] = set()
    if given is not None:
        if not isinstance(given, ast.Dict) or not all(
            isinstance(k, ast.Constant) for k in given.keys
        ):
            return None
        names = {str(k.value) for k in given.keys if isinstance(k, ast.Constant)}
    if any(k.arg == "not_before" for k in node.keywords):
        names.add("not_before")
    return names


def test_every_code_has_a_sentence():
    missing = sorted(
        {f"{code} ({place})" for place, code, _ in blockers() if code not in messages.sentences()}
    )
    assert not missing, "\n".join(missing)


def test_sentences_use_only_facts_that_are_given():
    wrong = []
    for place, code, facts in blockers():
        sentence = messages.sentences().get(code)
        if facts is not None and isinstance(sentence, str):
            wrong += [
                f"{place} {code}: {n}" for n in PLACEHOLDER.findall(sentence) if n not in facts
            ]
    assert not wrong, "\n".join(wrong)


def test_no_sentence_without_a_code():
    text = "\n".join(
        p.read_text(encoding="utf-8") for p in HALL.rglob("*.py") if "web/messages" not in str(p)
    )
    assert set(messages.sentences()) <= set(re.findall(r"\w+", text))


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_name(role):
    assert messages.who(role.value) != role.value


def test_every_act_has_a_name_and_a_room():
    assert set(ACTS) == set(Action) == set(TABLE)
    assert {a.value.split(":")[0] for a in Action} <= set(ROOMS)


def test_every_who_has_a_name():
    known = messages._collect("WHO")
    missing = set()
    for path in HALL.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Blocker":
                missing |= {
                    str(k.value.value)
                    for k in node.keywords
                    if k.arg == "who" and isinstance(k.value, ast.Constant) and k.value.value
                } - set(known)
    assert not missing


def test_the_guard_sees():
    source = 'x = Blocker("late", {"n": 1}, not_before=t)\ny = Blocker("a" if z else "b", facts)'
    assert blockers_in(source, "x.py") == [
        ("x.py:1", "late", {"n", "not_before"}),
        ("x.py:2", "a", None),
        ("x.py:2", "b", None),
    ]
