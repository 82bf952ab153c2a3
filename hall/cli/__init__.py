"""The hall command. Every module beside this one that has add_to(subparsers) adds a subcommand.

add_to() only describes arguments and sets run=function(args) -> exit code; whatever takes time
to import is imported by that function, so that each command starts fast.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from hall.errors import HallError, Refused
from hall.settings import BadSettings


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(prog="hall", description="Hall 议事厅")
    subparsers = top.add_subparsers(metavar="COMMAND", dest="command", required=True)
    for found in iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        if hasattr(module, "add_to"):
            module.add_to(subparsers)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 refused or failed, 2 wrong use or settings."""
    args = parser().parse_args(argv)
    try:
        return int(args.run(args) or 0)
    except BadSettings as e:
        print(e, file=sys.stderr)
        return 2
    except Refused as e:
        for blocker in e.blockers:
            facts = ", ".join(f"{k}={v}" for k, v in blocker.facts.items())
            print(f"refused / 不能办理: {blocker.code} {facts}".rstrip(), file=sys.stderr)
        return 1
    except HallError as e:
        print(f"{type(e).__name__}: {e}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130
