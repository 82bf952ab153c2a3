"""hall serve: the production server (granian), two workers with a few threads each, and the ticker."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

DEFAULT_PORT = 8000
WORKERS = 2
THREADS = 4  # many more would only queue for the interpreter and for SQLite's one writer
BACKLOG = 1024


def add_to(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("serve", help="serve the pages / 启动网站")
    add_arguments(parser)
    parser.set_defaults(run=lambda args: serve(args.host, args.port, args.workers, args.threads))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where and how to serve; shared with hall run."""
    parser.add_argument("--host", default=os.environ.get("HALL_HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=_port_from_environment())
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes / 进程数")
    parser.add_argument(
        "--threads", type=int, default=THREADS, help="threads in each / 每个进程的线程数"
    )


def _port_from_environment() -> int:
    text = os.environ.get("HALL_PORT", "")
    return int(text) if text.isdigit() else DEFAULT_PORT


def port_fault(host: str, port: int) -> str | None:
    """Why this address cannot be served on, as one sentence in either language; None when it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((host, port))
        except (OSError, OverflowError) as e:
            reason = getattr(e, "strerror", None) or str(e)
            return (
                f"端口 {port} 不能使用（可能已被占用），请换一个：HALL_PORT={port % 65000 + 1} make run\n"
                f"Cannot listen on {host}:{port} ({reason}); choose another: "
                f"HALL_PORT={port % 65000 + 1} make run"
            )
    return None


# The application made before the workers are forked; None in a worker that was not forked.
_made: Flask | None = None


def make_application() -> Any:
    """What each worker serves: the application, with the ticker unless HALL_TICKER=0."""
    from pathlib import Path

    from hall.app import create_app

    _end_with_parent()
    app = _made or create_app()
    if os.environ.get("HALL_TICKER") != "0":
        from hall.cli.tick import Ticker

        Ticker(app, Path(app.instance_path) / "ticker.lock").start()
    return app


def _end_with_parent() -> None:
    """A worker whose supervisor was killed must not serve on, holding port and database."""
    if sys.platform == "linux":
        import ctypes
        import signal

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def serve(host: str, port: int, workers: int = WORKERS, threads: int = THREADS) -> int:
    """Serve until stopped. 1 when the address is taken."""
    if fault := port_fault(host, port):
        print(fault, file=sys.stderr)
        return 1
    # The application is made once here, before it has any connection: a fault is told once, and
    # workers forked from this process share its memory.
    global _made
    import gc

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from hall.app import create_app, warm

    # Papers and QR codes lead to where this is served, unless HALL_PUBLIC_URL says otherwise; the
    # workers, forked or started anew, read it here too.
    os.environ["HALL_HOST"], os.environ["HALL_PORT"] = host, str(port)
    _made = create_app()
    warm()
    server = Granian(
        "hall.cli.serve:make_application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backlog=BACKLOG,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        factory=True,
        log_level=LogLevels.warning,
    )
    gc.collect()
    gc.freeze()
    server.serve()
    return 0
