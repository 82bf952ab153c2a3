"""The process that opens a workbook: bounded memory and time, no files, one JSON answer.

Started by hall.sheets.reader as `python -m hall.sheets.child`; a hostile file ends here.
"""

from __future__ import annotations

import json
import sys

from hall.sheets.grid import SheetRefused
from hall.sheets.limits import CHILD_CPU_SECONDS, CHILD_MEMORY, MAX_BYTES


def confine(memory: int = CHILD_MEMORY, cpu_seconds: int = CHILD_CPU_SECONDS) -> None:
    """Lower this process's own limits (bytes, seconds); where the system has none, the parent's clock remains."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):  # a stricter limit is already set
            continue


def answer(data: bytes) -> dict[str, object]:
    """{"sheets": […]} or {"refused": code, "facts": {…}}; no other outcome."""
    from hall.sheets.xlsx import read_xlsx

    try:
        return {"sheets": [draft.packed() for draft in read_xlsx(data)]}
    except SheetRefused as refused:
        return {"refused": refused.code, "facts": dict(refused.facts)}
    except (MemoryError, RecursionError):
        return {"refused": "too_costly", "facts": {}}


def main() -> None:
    """Read the workbook from standard input, write the answer to standard output."""
    from hall.sheets import xlsx  # noqa: F401  modules are loaded before files become unwritable

    confine()
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    sys.stdout.write(json.dumps(answer(data), ensure_ascii=True, separators=(",", ":")))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
