"""From bytes handed in to bytes that are safe to serve, whatever they were."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from hall.errors import Blocker, Refused
from hall.files.child import WALL_SECONDS
from hall.files.rules import MEDIA

_AT_ONCE = threading.BoundedSemaphore(2)  # readers of one worker: their memory stays bounded too
_NEEDED = ("PIL", "pypdf")


@dataclass(frozen=True, slots=True)
class Remade:
    """What is stored: new bytes, and what they are."""

    content: bytes
    extension: str  # jpg | png | pdf
    width: int | None
    height: int | None
    pages: int | None

    @property
    def media(self) -> str:
        """Content type, ours and never the sender's."""
        return MEDIA[self.extension]

    @property
    def kind(self) -> str:
        """image or pdf."""
        return "pdf" if self.extension == "pdf" else "image"


def remake(data: bytes) -> Remade:
    """The file made anew in a process of its own (trust.md T25). Raises Refused with one file_* code."""
    with _AT_ONCE:
        try:
            done = subprocess.run(
                [sys.executable, "-s", "-m", "hall.files.child"],
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=WALL_SECONDS,
                env=_environment(),
                cwd=os.path.abspath(os.sep),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Refused(Blocker("file_too_costly")) from None
    head, _, content = done.stdout.partition(b"\n")
    try:
        answer = json.loads(head)
    except ValueError:  # killed by its own limits, or a fault in a decoder fed with rubbish
        raise Refused(
            Blocker("file_too_costly" if done.returncode < 0 else "file_broken")
        ) from None
    if "refused" in answer:
        raise Refused(Blocker(str(answer["refused"]), answer["facts"]))
    return Remade(content, answer["extension"], answer["width"], answer["height"], answer["pages"])


def _environment() -> dict[str, str]:
    """Only what an interpreter needs to find these modules: no secrets reach the child."""
    folders = [str(Path(__file__).resolve().parents[2])]
    for name in _NEEDED:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.origin is not None:
            folder = str(Path(spec.origin).resolve().parents[1])
            if folder not in folders:
                folders.append(folder)
    environment = {"PYTHONPATH": os.pathsep.join(folders), "PYTHONIOENCODING": "utf-8"}
    if "SYSTEMROOT" in os.environ:  # Windows cannot start a process without it
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment
