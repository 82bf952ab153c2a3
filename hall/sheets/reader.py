"""From uploaded bytes to a workbook, whatever the bytes are."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from hall.sheets.delimited import read_delimited
from hall.sheets.grid import SheetRefused, Workbook, unpack
from hall.sheets.limits import CHILD_WALL_SECONDS, MAX_BYTES
from hall.sheets.sniff import sniff

_AT_ONCE = threading.BoundedSemaphore(2)  # readers of one worker: their memory stays bounded too


def read(data: bytes, filename: str) -> Workbook:
    """The grid of an XLSX, CSV, TSV or TXT file of at most 3 MB. Raises SheetRefused, nothing else.

    An XLSX is opened in a process of its own with bounded memory and time (trust.md T25).
    """
    if len(data) > MAX_BYTES:
        raise SheetRefused("too_large", limit_mb=MAX_BYTES // 1024 // 1024)
    if sniff(data) == "xlsx":
        with _AT_ONCE:
            return unpack(filename, _in_child(data), "xlsx", "")
    draft, encoding = read_delimited(data, Path(filename).stem[:31] or "1")
    return unpack(filename, [draft.packed()], "text", encoding)


def _in_child(data: bytes) -> list[dict[str, Any]]:
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-m", "hall.sheets.child"],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=CHILD_WALL_SECONDS,
            env=_environment(),
            cwd=os.path.abspath(os.sep),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SheetRefused("too_costly") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:  # killed by its own limits, or a fault in a reader fed with rubbish
        raise SheetRefused("too_costly" if done.returncode < 0 else "broken_workbook") from None
    if "refused" in answer:
        raise SheetRefused(str(answer["refused"]), **answer["facts"])
    sheets: list[dict[str, Any]] = answer["sheets"]
    return sheets


def _environment() -> dict[str, str]:
    """Only what an interpreter needs to find these modules: no secrets reach the child."""
    folders = [str(Path(__file__).resolve().parents[2])]
    spec = importlib.util.find_spec("defusedxml")
    if spec is not None and spec.origin is not None:
        folders.append(str(Path(spec.origin).resolve().parents[1]))
    environment = {"PYTHONPATH": os.pathsep.join(folders), "PYTHONIOENCODING": "utf-8"}
    if "SYSTEMROOT" in os.environ:  # Windows cannot start a process without it
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment
