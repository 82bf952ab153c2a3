"""A room stays readable: modules of at most 400 lines, functions of at most 40."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE = 400
FUNCTION = 40


def modules():
    folders = (ROOT / "hall", ROOT / "tests")
    return [p for f in folders for p in sorted(f.rglob("*.py")) if "versions" not in p.parts]


def long_functions(source: str) -> list[tuple[str, int]]:
    """Functions with more lines than allowed, docstring and decorators not counted."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            lines -= (first.end_lineno or first.lineno) - first.lineno + 1
        if lines > FUNCTION:
            found.append((node.name, lines))
    return found


def test_no_module_is_longer_than_a_sitting():
    sizes = {
        p.relative_to(ROOT): len(p.read_text(encoding="utf-8").splitlines()) for p in modules()
    }
    assert {str(p): n for p, n in sizes.items() if n > MODULE} == {}


def test_no_function_is_longer_than_a_screen():
    wrong = [
        f"{p.relative_to(ROOT)} {name}: {n}"
        for p in modules()
        if p.is_relative_to(ROOT / "hall")
        for name, n in long_functions(p.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_a_planted_giant_is_seen():
    body = "\n".join(f"    x = {i}" for i in range(FUNCTION))
    assert long_functions(f"def f():\n{body}\n") == [("f", FUNCTION + 1)]
    short = "\n".join(f"    x = {i}" for i in range(FUNCTION - 1))
    assert long_functions(f'def f():\n    """Says\n    what."""\n{short}\n') == []
