"""No float anywhere in the counting rooms (rules §1.6), and no clock, no chance."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import hall

ROOT = Path(hall.__file__).parent
ROOMS = ("counting", "rulesets/rules", "ballots/rules", "countfile")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
CHANCE = {"random", "secrets", "uuid", "time", "math", "statistics"}


def faults(source: str) -> list[str]:
    """What in a module could bring in a fraction that is not exact, the time of day, or a lot."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=float() | complex()):
                found.append(f"{node.lineno}: a float literal")
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                if not _joins_paths(node):
                    found.append(f"{node.lineno}: true division")
            case ast.Name(id="float" | "round" | "Decimal"):
                found.append(f"{node.lineno}: {node.id}")
            case ast.Import(names=names) if any(n.name.split(".")[0] in CHANCE for n in names):
                found.append(f"{node.lineno}: import of {names[0].name}")
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in CHANCE:
                found.append(f"{node.lineno}: import from {module}")
            case ast.Attribute(attr="now" | "today" | "utcnow"):
                found.append(f"{node.lineno}: reads the clock")
            case _:
                pass
    return found


def _joins_paths(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.right, ast.Constant)
        and isinstance(node.right.value, str)
    )


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_floats(path):
    assert faults(path.read_text(encoding="utf-8")) == []


def test_every_room_was_read():
    assert all(any(room in str(path) for path in FILES) for room in ROOMS)
    assert len(FILES) > 35


@pytest.mark.parametrize(
    "source",
    [
        "share = part / whole",
        "x = 0.5",
        "x = float('1')",
        "x = round(y)",
        "x /= 2",
        "import random",
        "from time import time",
        "a = clock.now()",
    ],
)
def test_the_guard_sees(source):
    assert faults(source)


def test_the_guard_lets_whole_numbers_be():
    assert faults("share = part * 10_000 // whole; p = folder / 'x'; now = facts; f(now)") == []
