"""One module commits, one module reads the clock, one module hides the journal's writes from nobody."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HALL = ROOT / "hall"
MAY_COMMIT = {HALL / "db" / "transaction.py"}
MAY_READ_CLOCK = {HALL / "clock.py"}


def modules():
    return [p for p in sorted(HALL.rglob("*.py")) if "versions" not in p.parts]


def calls(source: str, names: set[str]) -> list[tuple[int, str]]:
    """Line and text of every method call with one of these names."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in names
        ):
            found.append((node.lineno, ast.unparse(node.func)))
    return found


def commits(source: str) -> list[tuple[int, str]]:
    return calls(source, {"commit", "rollback"})


def clocks(source: str) -> list[tuple[int, str]]:
    found = calls(source, {"now", "utcnow", "today", "fromtimestamp"})
    return [(line, text) for line, text in found if text.split(".")[-2] in ("datetime", "date")]


def test_only_the_transaction_module_commits():
    wrong = [
        f"{p.relative_to(ROOT)}:{line} {text}"
        for p in modules()
        if p not in MAY_COMMIT
        for line, text in commits(p.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_only_the_clock_reads_the_time():
    wrong = [
        f"{p.relative_to(ROOT)}:{line} {text}"
        for p in modules()
        if p not in MAY_READ_CLOCK
        for line, text in clocks(p.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_nobody_binds_the_clock_where_a_test_cannot_move_it():
    wrong = []
    for p in modules():
        for node in ast.walk(ast.parse(p.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "hall.clock":
                wrong += [
                    f"{p.relative_to(ROOT)}:{node.lineno}" for a in node.names if a.name == "now"
                ]
    assert wrong == []


@pytest.mark.parametrize("fault", ["db.session.commit()", "s.rollback()"])
def test_a_planted_commit_is_seen(fault):
    assert commits(f"def f(s, db):\n    {fault}\n")


@pytest.mark.parametrize("fault", ["datetime.now(UTC)", "dt.datetime.utcnow()", "date.today()"])
def test_a_planted_clock_is_seen(fault):
    assert clocks(f"x = {fault}\n")
    assert not clocks("x = clock.now()\n")
