"""The real server with one endpoint more that does nothing, to measure everything else against."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench import client
from tests.load.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
NULL = "/bench/null"
UP_SECONDS = 60
SCRIPT = """
import sys
import hall.cli.serve as s
from tests.bench import server
s.make_application = server.with_null(s.make_application)
sys.exit(s.serve("127.0.0.1", int(sys.argv[1]), int(sys.argv[2])))
"""


def with_null(make: Any) -> Any:
    """The application's maker, with a bare Flask application answering NULL beside it."""

    def both() -> Any:
        from flask import Flask
        from werkzeug.middleware.dispatcher import DispatcherMiddleware

        bare = Flask("null")
        bare.add_url_rule("/null", view_func=lambda: "ok")
        return DispatcherMiddleware(make(), {"/bench": bare})

    return both


class Server:
    """A running server on an installation; cpu() and memory() of its processes."""

    def __init__(self, folder: Path, url: str, secret: str, workers: int = 2) -> None:
        self.port = free_port()
        self.log_file = folder / "bench.log"
        self.log = self.log_file.open("w")
        env = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(ROOT),
            "HALL_INSTANCE": str(folder),
            "HALL_DATABASE_URL": url,
            "HALL_SECRET_KEY": secret,
            "HALL_TICKER": "0",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(self.port), str(workers)],
            env=env,
            cwd=ROOT,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        wait_for(self.port, NULL)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)
        self.log.close()

    def said(self) -> str:
        """The end of what the server wrote."""
        return self.log_file.read_text(encoding="utf-8")[-4000:]

    def pids(self) -> list[int]:
        """The supervisor and its workers."""
        return [self.process.pid, *children(self.process.pid)]

    def cpu(self) -> float:
        """Seconds of processor time all processes have taken."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Proportional set size of all processes, bytes."""
        kilobytes = 0
        for pid in self.pids():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kilobytes += int(line.split()[1])
        return kilobytes * 1024

    def cost(self, path: str, times: int, *, cookie: str = "", anew: bool = False) -> float:
        """Processor seconds one GET of a page takes. anew: each time a page nobody has kept."""
        query = "?anew={}" if anew else ""

        def asked(first: int, many: int) -> list[bytes]:
            n = range(first, first + many)
            return [client.get(self.port, path + query.format(i), cookie) for i in n]

        client.run(self.port, asked(0, 40), 2)
        before = self.cpu()
        seen = client.run(self.port, asked(40, times), 2)
        if seen.statuses != {200}:
            raise RuntimeError(f"{path}: {sorted(seen.statuses)}")
        return (self.cpu() - before) / times


def children(pid: int) -> list[int]:
    """Processes started by a process."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(p) for p in text.split()]


def wait_for(port: int, path: str) -> float:
    """Wait for a page; seconds it took."""
    began = time.perf_counter()
    while True:
        try:
            line = client.Line(port)
            status, _, _ = line.ask(client.get(port, path))
            line.close()
            if status == 200:
                return time.perf_counter() - began
        except OSError:
            pass
        if time.perf_counter() - began > UP_SECONDS:
            raise RuntimeError("the server did not come up")
        time.sleep(0.005)
