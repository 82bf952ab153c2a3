"""The process that opens what a stranger handed in: bounded memory and time, no files, one answer.

Started by hall.files.reader as `python -m hall.files.child`; a hostile file ends here. Input: the
bytes. Output: one line of JSON, then the new bytes when there are any.
"""

from __future__ import annotations

import json
import sys

from hall.sheets.child import confine

MEMORY = 768 * 1024 * 1024  # address space: a picture of 50 million pixels fits with room to spare
CPU_SECONDS = 20
WALL_SECONDS = 60  # a busy machine may make twenty seconds of work last longer


def answer(data: bytes) -> tuple[dict[str, object], bytes]:
    """({"extension", "width", "height", "pages"}, new bytes) or ({"refused": code, …}, b"")."""
    from hall.errors import Refused
    from hall.files.rules import kind_of

    try:
        if kind_of(data) == "pdf":
            from hall.files.pdf import rewrite

            return rewrite(data)
        from hall.files.picture import redraw

        return redraw(data)
    except Refused as refused:
        first = refused.blockers[0]
        return {"refused": first.code, "facts": dict(first.facts)}, b""
    except (MemoryError, RecursionError):
        return {"refused": "file_too_costly", "facts": {}}, b""


def main() -> None:
    """Read from standard input, write the answer to standard output."""
    # Modules are loaded before memory is bounded and files become unwritable.
    from hall.files import pdf, picture  # noqa: F401
    from hall.files.rules import MAX_BYTES

    picture.prepare()
    confine(MEMORY, CPU_SECONDS)
    head, content = answer(sys.stdin.buffer.read(MAX_BYTES + 1))
    sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
