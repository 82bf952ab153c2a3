"""hall count FILE: recount a vote from a document, without a database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall.countfile import CountFileError

GOOD, DIFFERS, BAD = 0, 1, 2


def add_to(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "count",
        help="recount a vote from a JSON or XLSX file / 从文件重新计票",
        description="Recount a vote from a JSON or XLSX file (docs/count-format.md). "
        "Exit: 0 counted, 1 counted but the result the file states differs, 2 bad file.",
    )
    parser.add_argument("file", metavar="FILE", help="JSON or XLSX; - reads standard input")
    parser.add_argument("--json", action="store_true", help="codes and numbers for programs")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh (default) or en")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Count and print; see add_to for the exit codes."""
    from hall.cli.count_text import Words, as_text
    from hall.countfile import CountFileError, count, load

    words = Words(args.lang)
    try:
        data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    except OSError as error:
        print(words("no_file", name=f"{args.file} ({error.strerror})"), file=sys.stderr)
        return BAD
    try:
        report = count(load(data, args.file))
    except CountFileError as error:
        _print_problems(error, words, as_json=args.json)
        return BAD
    if args.json:
        import json

        from hall.countfile.report_out import as_document

        print(json.dumps(as_document(report), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_text(report, words)))
    return GOOD if report.agrees else DIFFERS


def _print_problems(error: CountFileError, words: object, *, as_json: bool) -> None:
    from hall.cli.count_text import Words

    if as_json:
        import json

        found = [{"path": p.path, "code": p.code, **p.facts} for p in error.problems]
        print(json.dumps({"problems": found}, ensure_ascii=False, indent=2, default=str))
        return
    assert isinstance(words, Words)  # noqa: S101
    print(words("bad_file"), file=sys.stderr)
    for problem in error.problems:
        print(f"  {problem.path}: {words.problem(problem)}", file=sys.stderr)
