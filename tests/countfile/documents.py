"""Small count documents to change in one place each."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
SCHEMA = json.loads((ROOT / "docs" / "count-file.schema.json").read_text(encoding="utf-8"))

_RENEWAL: dict[str, Any] = json.loads((EXAMPLES / "renewal.json").read_text(encoding="utf-8"))
_SHEETS: dict[str, Any] = json.loads((EXAMPLES / "sheet-by-sheet.json").read_text(encoding="utf-8"))


def renewal() -> dict[str, Any]:
    """Totals of a motion: 238 heads, 159 take part, 80 for."""
    return copy.deepcopy(_RENEWAL)


def by_sheets() -> dict[str, Any]:
    """Six entries, eight sheets, a motion and an election."""
    return copy.deepcopy(_SHEETS)


def encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def put(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The document with one place changed; ... removes it."""
    at = document
    for step in path[:-1]:
        at = at[step]
    if value is ...:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return document
