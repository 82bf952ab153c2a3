"""Voters at their phones: casting over HTTP and remembering what they were told."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.load.stage import DIGEST, Stage, Voter

SECONDS = 60


@dataclass(frozen=True)
class Try:
    """One attempt: which option was marked everywhere (0..2), and its request key."""

    voter: Voter
    choice: int
    key: str


def form(stage: Stage, attempt: Try) -> dict[str, object]:
    """The fields a browser would send."""
    fields: dict[str, object] = {"csrf_token": attempt.voter.token, "digest": DIGEST}
    fields |= {"sheet": attempt.voter.entry_id, "key": attempt.key}
    return fields | {f"q{q}": options[attempt.choice] for q, options in stage.questions.items()}


@dataclass
class Memory:
    """What came back: acknowledged (try, receipt code), statuses, tries that got no answer."""

    acknowledged: list[tuple[Try, str]] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    unanswered: list[Try] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, attempt: Try, status: int | None, location: str) -> None:
        with self._lock:
            if status is None:
                self.unanswered.append(attempt)
                return
            self.statuses[status] = self.statuses.get(status, 0) + 1
            if status == 303:
                self.acknowledged.append((attempt, location.rsplit("/", 1)[-1].replace("-", "")))


class Phone:
    """A connection that casts; one a thread."""

    def __init__(self, port: int, stage: Stage, memory: Memory) -> None:
        self.port, self.stage, self.memory = port, stage, memory
        self.connection: http.client.HTTPConnection | None = None

    def cast(self, attempt: Try) -> bool:
        """Cast and note the answer; False when the server went away."""
        fields = form(self.stage, attempt)
        headers = {
            "Cookie": attempt.voter.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=SECONDS
                )
            self.connection.request("POST", self.stage.path, urlencode(fields), headers)
            answer = self.connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            self.memory.note(attempt, None, "")
            return False
        self.memory.note(attempt, answer.status, answer.getheader("Location", ""))
        return True

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def all_at_once(
    port: int, stage: Stage, tries: Iterable[Try], threads: int, memory: Memory
) -> None:
    """That many threads take the attempts in order, all starting at the same moment."""
    source, lock = iter(tries), threading.Lock()
    start = threading.Barrier(threads)

    def work() -> None:
        phone = Phone(port, stage, memory)
        start.wait()
        while True:
            with lock:
                attempt = next(source, None)
            if attempt is None:
                break
            phone.cast(attempt)
        phone.hang_up()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()


class Crowd:
    """Threads that cast without pause until the server goes away; wait() joins them."""

    def __init__(
        self, port: int, stage: Stage, tries: Iterable[Try], threads: int, memory: Memory
    ) -> None:
        self.seen = threading.Semaphore(0)  # one for every acknowledged sheet
        source, lock = iter(tries), threading.Lock()

        def work() -> None:
            phone = Phone(port, stage, memory)
            while True:
                with lock:
                    attempt = next(source, None)
                if attempt is None or not phone.cast(attempt):
                    break
                self.seen.release()
            phone.hang_up()

        self.workers = [threading.Thread(target=work) for _ in range(threads)]
        for w in self.workers:
            w.start()

    def wait(self) -> None:
        for w in self.workers:
            w.join()
