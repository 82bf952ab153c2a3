"""What is due by time: counts at the close, publications on their day. Never a forgotten click.

"hall serve" ticks by itself. "hall tick" does it once, for a cron job where several machines
serve one database with the ticker off (HALL_TICKER=0). Doing it twice is harmless: each act locks
its row and looks again whether it is still due.
"""

from __future__ import annotations

import argparse
import fcntl
import logging
import os
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

SECONDS = 20.0
log = logging.getLogger("hall.ticker")


def add_to(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("tick", help="do once what is due by time / 办理到期事项一次")
    parser.set_defaults(run=lambda _: command())


def command() -> int:
    """hall tick."""
    from hall.app import create_app

    once(create_app())
    return 0


def once(app: Flask) -> None:
    """Do everything that is due now."""
    from hall import clock
    from hall.notices import service as notices
    from hall.resolutions import service

    with app.app_context():
        service.tick(now=clock.now())
        notices.deliver(now=clock.now())


class Ticker(threading.Thread):
    """Ticks in one worker of an installation: the one that holds the lock file.

    When that worker ends, the system drops its lock and another takes over.
    """

    def __init__(self, app: Flask, lock_file: Path, seconds: float = SECONDS) -> None:
        super().__init__(name="hall-ticker", daemon=True)
        self.app = app
        self.lock_file = lock_file
        self.seconds = seconds
        self.ending = threading.Event()
        self._lock: IO[str] | None = None

    def run(self) -> None:
        """Until stop(): a fault is logged and tried again at the next tick."""
        while not self.ending.wait(self.seconds):
            if not self._mine():
                continue
            try:
                once(self.app)
            except Exception:
                log.exception("tick failed")

    def stop(self) -> None:
        """End after the current tick."""
        self.ending.set()

    def _mine(self) -> bool:
        if self._lock is not None:
            return True
        candidate = open(self.lock_file, "w")  # noqa: SIM115 (held as long as we live)
        try:
            fcntl.flock(candidate, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            candidate.close()
            return False
        candidate.write(f"{os.getpid()}\n")
        candidate.flush()
        self._lock = candidate
        return True
