"""The real server as a process of its own, that can be killed and is up again at once.

A parent makes the application once and forks servers on demand; a killed server is thus
replaced in a twentieth of a second, with the same code that "hall serve" runs.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from hall.cli.serve import port_fault

ROOT = Path(__file__).resolve().parents[2]
UP_SECONDS = 60

# Before it forks, the parent makes the application, reads the translations and casts one sheet, so
# that a server need not; it then lets go of its connections, so that none is shared.
PARENT = """
import ctypes, gc, json, os, signal, sys

def end_with_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)

end_with_parent()
import granian, hall.app
from hall.cli.serve import serve
from hall.db import db

app = hall.app.create_app()
hall.app.create_app = lambda settings=None: app
hall.app.warm()

def warm(path, form, cookie):
    answer = app.test_client(use_cookies=False).post(path, data=form, headers={"Cookie": cookie})
    with app.app_context():
        db.engine.dispose()
    gc.collect()
    gc.freeze()
    return answer.status_code

for line in sys.stdin:
    told = json.loads(line)
    if "path" in told:
        print(warm(**told), flush=True)
        continue
    pid = os.fork()
    if not pid:
        end_with_parent()
        os.setsid()
        sys.stdin.close()
        os._exit(serve("127.0.0.1", told["port"], told["workers"]))
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("gone", flush=True)
"""


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Servers:
    """start() and kill() servers of one installation; log() is all that they have said."""

    def __init__(self, folder: Path, database_url: str, secret: str) -> None:
        self.log_file = folder / "server.log"
        env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(ROOT),
            "HALL_INSTANCE": str(folder),
            "HALL_DATABASE_URL": database_url,
            "HALL_SECRET_KEY": secret,
            "HALL_TICKER": "0",
        }
        self._log = self.log_file.open("w")
        self._parent = subprocess.Popen(
            [sys.executable, "-c", PARENT],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.port = free_port()
        self.pid = 0

    def start(self, workers: int = 2) -> None:
        """Start a server and wait until it answers."""
        self.pid = self._ask(port=self.port, workers=workers)
        until = time.monotonic() + UP_SECONDS
        while not self._answers():
            if time.monotonic() > until:
                raise RuntimeError(f"no server: {self.log()}")
            time.sleep(0.005)

    def warm(self, path: str, form: dict[str, object], cookie: str) -> int:
        """The parent posts this form once; every server started afterwards is warm. The status."""
        return self._ask(path=path, form=form, cookie=cookie)

    def _ask(self, **what: object) -> int:
        print(json.dumps(what), file=self._parent.stdin, flush=True)
        told = self._parent.stdout.readline()
        if not told:
            raise RuntimeError(f"the server's parent is gone: {self.log()}")
        return int(told)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/static/img/favicon.svg")
            return connection.getresponse().status < 500
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """SIGKILL to the server with all its workers, in the middle of whatever they do."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        if self._parent.stdout.readline().strip() != "gone":
            raise RuntimeError(f"the server's parent is gone: {self.log()}")
        self.pid = 0
        # Its workers die by the same signal, but a moment later, and hold the port until then.
        until = time.monotonic() + UP_SECONDS
        while port_fault("127.0.0.1", self.port) and time.monotonic() < until:
            time.sleep(0.005)

    def log(self) -> str:
        """What the servers have written so far."""
        return self.log_file.read_text(encoding="utf-8")

    def close(self) -> None:
        """End everything."""
        if self.pid:
            self.kill()
        self._parent.stdin.close()
        self._parent.wait(20)
        self._parent.stdout.close()
        self._log.close()
