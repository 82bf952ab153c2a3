"""A room stays readable: modules of at most 400 lines, functions of at most 40 steps.

A step is a line on which a statement begins: the formatter spreads a call with many named
arguments over many lines, and that makes a function longer but not harder to read.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE = 400
TEST_MODULE = 800  # tables of cases
STEPS = 40
LINES = 75


def modules(folder: str) -> list[Path]:
    return [p for p in sorted((ROOT / folder).rglob("*.py")) if "versions" not in p.parts]


def long_functions(source: str) -> list[tuple[str, int, int]]:
    """Name, steps and lines of every function with more than allowed of either."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = [n for n in ast.walk(node) if isinstance(n, ast.stmt) and n is not node]
            steps = len({n.lineno for n in inside})
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if steps > STEPS or lines > LINES:
                found.append((node.name, steps, lines))
    return found


def too_long(folder: str, most: int) -> dict[str, int]:
    sizes = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in modules(folder)}
    return {str(p.relative_to(ROOT)): n for p, n in sizes.items() if n > most}


def test_no_module_is_longer_than_a_sitting():
    assert too_long("hall", MODULE) == {}
    assert too_long("tests", TEST_MODULE) == {}


def test_no_function_is_longer_than_a_screen():
    wrong = [
        f"{p.relative_to(ROOT)} {name}: {steps} steps, {lines} lines"
        for p in modules("hall")
        for name, steps, lines in long_functions(p.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_a_planted_giant_is_seen():
    def body(n: int) -> str:
        return "\n".join(f"    x = {i}" for i in range(n))

    assert long_functions(f"def f():\n{body(STEPS)}\n") == []
    assert long_functions(f"def f():\n{body(STEPS + 1)}\n") == [("f", STEPS + 1, STEPS + 2)]
    spread = ",\n".join(f"        {i}" for i in range(LINES))
    assert long_functions(f"def f():\n    return (\n{spread}\n    )\n") == [("f", 1, LINES + 3)]
