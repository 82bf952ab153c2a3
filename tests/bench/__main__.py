"""make bench: what performance.md asks for, measured as ratios in one run, targets beside results.

Everything runs on this machine, one after the other: the same server, client and disk for both
sides of every ratio. Differences under 1.5× between two runs mean nothing.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import select

from tests import postgres
from tests.bench import client, million, roll, rooms
from tests.bench.server import NULL, ROOT, Server, children, wait_for
from tests.load import stage as load_stage
from tests.load.servers import free_port

SECRET = "only for measuring, thirty-two bytes at least"
VOTERS = 2_600
CASTS = {1: 400, 8: 800, 32: 800}
SHEETS = 1_000_000
NEIGHBOURS = 1_000
ENTRIES = 1_000_000
POINTS = {1: 200, 2: 2_000}  # comments by number of the demo's proposal
PEOPLE = 300


@dataclass(frozen=True)
class Line:
    """A row of the table. ok None: for information."""

    what: str
    measured: str
    must: str
    ok: bool | None


@dataclass
class Installation:
    """A database with tables, and an application on it."""

    kind: str
    folder: Path
    url: str

    @contextmanager
    def application(self) -> Iterator[object]:
        """Inside an application context."""
        from hall.app import create_app
        from hall.db import db
        from hall.settings import Settings

        app = create_app(Settings(instance=self.folder, database_url=self.url, secret_key=SECRET))
        with app.app_context():
            yield app
            db.session.rollback()
            db.engine.dispose()


def main() -> int:
    """Measure and print; 1 when a target is missed."""
    args = argparse.ArgumentParser(prog="make bench ARGS=…")
    args.add_argument("--only", choices=("sqlite", "postgresql"), help="one database")
    args.add_argument(
        "--small", action="store_true", help="a thousandth of the data: is it working?"
    )
    options = args.parse_args()
    if options.small:
        globals().update(SHEETS=1_000, ENTRIES=1_000, NEIGHBOURS=10)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="hall-bench-") as temporary:
        folder = Path(temporary)
        if options.only != "postgresql":
            lines += _database(_sqlite(folder / "sqlite"))
        if options.only != "sqlite":
            # The tests' server does not wait for the disk; a measured one does.
            postgres.OPTIONS.update({"fsync": "on", "full_page_writes": "on"})
            running = postgres.Postgres()
            try:
                url = postgres.make_database(str(running.folder), "bench")
                lines += _database(_made(Installation("postgresql", folder / "pg", url)))
            finally:
                running.stop()
        lines += _pages(folder / "demo")
        lines += _roll(folder)
    _print(lines)
    return 1 if any(line.ok is False for line in lines) else 0


def _sqlite(folder: Path) -> Installation:
    return _made(Installation("sqlite", folder, f"sqlite:///{folder / 'hall.sqlite'}"))


def _made(one: Installation) -> Installation:
    from hall.cli import db
    from hall.settings import Settings

    one.folder.mkdir()
    db.upgrade(Settings(instance=one.folder, database_url=one.url, secret_key=SECRET))
    return one


# --- casting and counting ----------------------------------------------------------------------


def _database(one: Installation) -> list[Line]:
    say(f"{one.kind}: voters")
    with one.application() as app:
        stage = load_stage.build(app, VOTERS)  # type: ignore[arg-type]
        _settled(one)
        commit = _commit(one)
    ballots = _casts(stage)
    with Server(one.folder, one.url, SECRET) as server:
        say(f"{one.kind}: casting")
        client.run(server.port, ballots(server.port, 100), 4)  # warm
        null = {
            c: client.run(server.port, [client.get(server.port, NULL)] * 3000, c) for c in CASTS
        }
        cast = {c: _cast(server, ballots(server.port, n), c) for c, n in CASTS.items()}
    lines = _cast_lines(one.kind, null, cast, commit)
    lines.append(_crowded(one, ballots))
    lines.append(_count(one))
    _print(lines)  # at once: a long run that breaks off later has not been in vain
    return lines


def _settled(one: Installation) -> None:
    """PostgreSQL's own housekeeping looks at tables within a minute of their filling; we do not wait."""
    from hall.db import db

    if one.kind == "postgresql":
        with db.engine.connect() as c:
            c.exec_driver_sql("ANALYZE")


def _casts(stage: load_stage.Stage) -> Callable[[int, int], list[bytes]]:
    """Requests of voters who have not cast yet, in order."""
    voters = iter(stage.voters)

    def some(port: int, many: int) -> list[bytes]:
        out = []
        for _ in range(many):
            v = next(voters)
            fields = {"csrf_token": v.token, "sheet": v.entry_id, "digest": load_stage.DIGEST}
            fields |= {"key": f"bench-key-{v.n:08}-0000"}
            fields |= {f"q{q}": options[v.n % 3] for q, options in stage.questions.items()}
            out.append(client.post(port, stage.path, urlencode(fields), v.cookie))
        return out

    return some


def _cast(server: Server, requests: Sequence[bytes], clients: int) -> client.Timing:
    seen = client.run(server.port, requests, clients)
    if seen.statuses != {303}:
        raise RuntimeError(f"casting answered {sorted(seen.statuses)}: {server.said()}")
    return seen


def _commit(one: Installation) -> float:
    """Median seconds of one durable commit of one row, without any server."""
    from hall.db import db

    times = []
    with db.engine.connect().execution_options(hall_write=True) as c:
        c.exec_driver_sql("CREATE TABLE bench_commit (n INTEGER)")
        c.commit()
        for i in range(300):
            began = time.perf_counter()
            c.exec_driver_sql(f"INSERT INTO bench_commit VALUES ({i})")
            c.commit()
            times.append(time.perf_counter() - began)
    return sorted(times)[150]


def _cast_lines(
    kind: str, null: dict[int, client.Timing], cast: dict[int, client.Timing], commit: float
) -> list[Line]:
    floor = null[1].p50 + commit
    must = 2.5 if kind == "sqlite" else 3.0
    lines = [
        _ratio(f"B1 {kind}: cast, p50 at 1 client ÷ (null + commit)", cast[1].p50 / floor, must),
        Line(
            f"   {kind}: null, commit, cast p50",
            f"{null[1].p50 * 1e3:.2f}, {commit * 1e3:.2f}, {cast[1].p50 * 1e3:.2f} ms",
            "",
            None,
        ),
    ]
    for c in (8, 32):
        share = cast[c].rate / null[c].rate
        text = f"{share:.2f} ({cast[c].rate:.0f}/s)"
        lines.append(Line(f"B2 {kind}: casts ÷ null, {c} clients", text, "≥ 0.20", share >= 0.2))
    spread = cast[8].at(0.99) / cast[8].p50
    if kind == "postgresql":
        lines.append(_ratio(f"B3 {kind}: cast p99 ÷ p50 at 8 clients", spread, 5))
    return lines


def _crowded(one: Installation, ballots: Callable[[int, int], list[bytes]]) -> Line:
    """The same cast when the installation holds many estates and very many roll entries."""
    say(f"{one.kind}: a thousand neighbours")
    with Server(one.folder, one.url, SECRET) as server:
        client.run(server.port, ballots(server.port, 50), 2)
        alone = _cast(server, ballots(server.port, 150), 1)
    with one.application():
        million.neighbours(NEIGHBOURS, ENTRIES)
        _settled(one)
    with Server(one.folder, one.url, SECRET) as server:
        client.run(server.port, ballots(server.port, 50), 2)
        crowded = _cast(server, ballots(server.port, 150), 1)
    what = f"B12 {one.kind}: cast with {NEIGHBOURS} estates, {ENTRIES} entries ÷ with one"
    return _ratio(what, crowded.p50 / alone.p50, 1.2)


def _count(one: Installation) -> Line:
    """The application's count against the same sums asked of the database directly."""
    from hall.ballots.queries import facts
    from hall.ballots.queries.piles import count_piles
    from hall.db import db

    say(f"{one.kind}: {SHEETS} sheets")
    with one.application():
        million.sheets(SHEETS)
        marks = (
            "SELECT option_id, sum(heads), sum(area_cm2) FROM sheet_mark"
            " WHERE question_id = :q GROUP BY option_id"
        )
        returned = "SELECT sum(heads), sum(area_cm2) FROM sheet WHERE ballot_id = :b AND active"

        def bare() -> float:
            return million.timed(marks, q=million.QUESTION) + million.timed(
                returned, b=million.BALLOT
            )

        def ours() -> float:
            db.session.rollback()
            ballot = facts.by_id(million.BALLOT)
            began = time.perf_counter()
            count_piles(ballot)
            return time.perf_counter() - began

        floor, taken = client.best(bare), client.best(ours)
    text = f"{taken * 1e3:.0f} ms ÷ {floor * 1e3:.0f} ms"
    what = f"B6 {one.kind}: count of {SHEETS} sheets ÷ bare SQL"
    return Line(what, text, "≤ 1.2 + 20 ms", taken <= 1.2 * floor + 0.02)


# --- pages, memory, start ------------------------------------------------------------------------


def _pages(folder: Path) -> list[Line]:
    from hall.cli import demo

    say("demo: pages, memory, start")
    one = _sqlite(folder)
    from hall.settings import Settings

    settings = Settings(instance=folder, database_url=one.url, secret_key=SECRET)
    demo.load(settings)
    (folder / "secret.key").write_text(SECRET + "\n")
    (folder / "secret.key").chmod(0o600)
    paths = _demo_paths(one)
    chair = _full_rooms(one)
    lines = []
    with Server(folder, one.url, SECRET) as server:
        null = server.cost(NULL, 2000)
        for name, path in paths.items():
            lines.append(
                _ratio(f"B5 {name} page, server CPU ÷ null", server.cost(path, 300) / null, 5)
            )
        megabytes = server.memory() / 2**20  # after the pages, before the full rooms
        lines += _rooms(server, null, chair)
        heaviest = max((_weight(server.port, p), n) for n, p in paths.items())
    lines.append(
        Line(
            "B8 two workers and their parent, PSS",
            f"{megabytes:.0f} MiB",
            "≤ 160 MiB",
            megabytes <= 160,
        )
    )
    seconds = _second_start(folder)
    lines.append(
        Line("B9 make run, second start to first page", f"{seconds:.2f} s", "≤ 3 s", seconds <= 3)
    )
    size, name = heaviest
    text = f"{size / 1024:.1f} KB ({name})"
    lines.append(Line("B10 heaviest first visit, gzip", text, "≤ 40 KB", size <= 40 * 1024))
    return lines


def _full_rooms(one: Installation) -> str:
    """Fill proposals 1 and 2 and meeting 2 of the demo; the cookie of its committee's chair."""
    from hall import clock
    from hall.db import db
    from hall.estates import queries as estates
    from hall.meetings import queries as meetings
    from hall.people.models import AccountPerson, Post
    from hall.proposals import queries as proposals

    now = clock.now()
    with one.application() as app:
        estate = estates.find_by_slug("xiangcheng")
        assert estate is not None
        for n, points in POINTS.items():
            rooms.talk(proposals.get(estate.id, n).thread_id, points, now)
        meeting = meetings.get(estate.id, 2)
        rooms.crowd(meeting.id, PEOPLE, now)
        rooms.held(meeting.id, now)
        account = db.session.scalar(
            select(AccountPerson.account_id)
            .join(Post, Post.person_id == AccountPerson.person_id)
            .where(Post.body == "committee", Post.title == "chair", Post.to_on.is_(None))
            .where(AccountPerson.estate_id == estate.id)
        )
        return load_stage.signed_in(app, account, now)


def _rooms(server: Server, null: float, chair: str) -> list[Line]:
    """B4: full rooms, rendered anew and kept; the live page of the chair is never kept."""
    lines = []
    for n, points in POINTS.items():
        path = f"/e/xiangcheng/proposals/{n}"
        first = points == 200
        anew, kept = server.cost(path, 60, anew=True) / null, server.cost(path, 300) / null
        what = f"B4 proposal page, {points} comments, server CPU ÷ null"
        lines.append(_ratio(f"{what}, anew", anew, 8 if first else None))
        lines.append(_ratio(f"{what}, nothing changed", kept, 4))
        mine = server.cost(path, 60, cookie=chair) / null
        lines.append(_ratio(f"{what}, signed in", mine, None))
    what = f"   meeting of {PEOPLE} people, server CPU ÷ null"
    path = "/e/xiangcheng/meetings/2"
    lines.append(_ratio(f"{what}, anew", server.cost(path, 60, anew=True) / null, None))
    lines.append(_ratio(f"{what}, nothing changed", server.cost(path, 300) / null, 4))
    live = server.cost(path + "/live", 60, cookie=chair) / null
    lines.append(_ratio(f"{what}, live page", live, None))
    return lines


def _demo_paths(one: Installation) -> dict[str, str]:
    from hall.ballots import queries as ballots
    from hall.estates import queries as estates
    from hall.resolutions import queries as resolutions

    with one.application():
        estate = estates.find_by_slug("xiangcheng")
        if estate is None:
            raise RuntimeError("the demo is not there")
        docno = resolutions.of_ballot(ballots.get(estate.id, 1).id)
    base = "/e/xiangcheng"
    return {
        "home": f"{base}/",
        "ballot": f"{base}/ballots/2",
        "resolution": f"{base}/resolutions/{docno}",
        "sign-in": "/login",
    }


def _weight(port: int, path: str) -> int:
    """Bytes of a page with everything it links, compressed as a reverse proxy does."""
    line = client.Line(port)
    body = line.ask(client.get(port, path))[2]
    linked = set(re.findall(rb'(?:href|src)="(/static/[^"]+)"', body))
    total = len(gzip.compress(body, 6))
    while linked:
        asset = linked.pop().decode()
        content = line.ask(client.get(port, asset))[2]
        packed = asset.partition("?")[0].endswith((".woff2", ".png"))
        total += len(content) if packed else len(gzip.compress(content, 6))
        if ".css" in asset:
            found = re.findall(rb'url\("?([^")]+\.woff2[^")]*)"?\)', content)
            linked |= {b"/static/font/" + f.rsplit(b"/", 1)[-1] for f in found}
    line.close()
    return total


def _second_start(folder: Path) -> float:
    """Seconds from "make run" to the first page, with everything installed and the database there."""
    port = free_port()
    env = {**os.environ, "HALL_INSTANCE": str(folder), "HALL_PORT": str(port), "HALL_TICKER": "0"}
    env.pop("MAKEFLAGS", None)
    began = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(port, "/e/xiangcheng/")
        return time.perf_counter() - began
    finally:
        for pid in children(process.pid):
            os.kill(pid, signal.SIGTERM)
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _roll(folder: Path) -> list[Line]:
    say("roll of 3,600 units")
    file = folder / "roll.xlsx"
    roll.write(file)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.roll", str(file)], cwd=ROOT, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    seconds, peak, units = (float(x) for x in done.stdout.split())
    if units != roll.UNITS:
        raise RuntimeError(f"{units:.0f} units found")
    return [
        Line("B7 preview of 3,600 units", f"{seconds:.2f} s", "≤ 5 s", seconds <= 5),
        Line("B7 its peak memory", f"{peak / 2**20:.0f} MiB", "≤ 200 MiB", peak <= 200 * 2**20),
    ]


# --- the table -----------------------------------------------------------------------------------


def _ratio(what: str, value: float, most: float | None) -> Line:
    if most is None:
        return Line(what, f"{value:.2f}", "", None)
    return Line(what, f"{value:.2f}", f"≤ {most:g}", value <= most)


def say(what: str) -> None:
    """Where it is, on the error stream."""
    print(f"… {what}", file=sys.stderr, flush=True)


def _print(lines: Sequence[Line]) -> None:
    wide = max(len(line.what) for line in lines)
    middle = max(len(line.measured) for line in lines)
    print(f"{'':{wide}}  {'measured':>{middle}}  target")
    for line in lines:
        mark = {True: "met", False: "MISSED", None: ""}[line.ok]
        print(f"{line.what:{wide}}  {line.measured:>{middle}}  {line.must:14} {mark}".rstrip())


if __name__ == "__main__":
    sys.exit(main())
