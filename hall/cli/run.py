"""hall run: everything that "make run" does after installing. Safe to repeat; data is kept."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from hall.cli import db, serve
from hall.settings import load_settings


def add_to(subparsers: argparse._SubParsersAction[Any]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "run", help="upgrade the database, load the demo the first time, serve / 一步启动"
    )
    serve.add_arguments(parser)
    parser.set_defaults(run=command)


def command(args: argparse.Namespace) -> int:
    """Upgrade, load the demo into an empty database, say where to go, serve."""
    if fault := serve.port_fault(args.host, args.port):
        print(fault, file=sys.stderr)
        return 1
    settings = load_settings()
    new = db.upgrade(settings)
    demo = import_module("hall.cli.demo") if find_spec("hall.cli.demo") else None
    if demo is not None and new:
        print("正在载入演示数据 / Loading the demo …", flush=True)
        demo.load(settings)
    host = "127.0.0.1" if args.host in ("0.0.0.0", "::") else args.host  # noqa: S104 (only shown)
    print(f"\n  议事厅 Hall: http://{host}:{args.port}\n")
    if demo is not None:
        print(demo.who_can_sign_in(settings))
    print("  按 Ctrl+C 停止 / Ctrl+C stops\n", flush=True)
    return serve.serve(args.host, args.port, args.workers, args.threads)
