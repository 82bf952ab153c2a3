"""A client that costs little beside the server: plain sockets, kept alive, answers read to the end."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

SECONDS = 60


@dataclass(frozen=True)
class Timing:
    """Seconds each answer took, how long everything took, and the statuses that came."""

    each: tuple[float, ...]
    whole: float
    statuses: frozenset[int]

    def at(self, share: float) -> float:
        """The time within which that share of the answers came."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    @property
    def p50(self) -> float:
        return self.at(0.5)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.each) / self.whole


class Line:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer."""
        self.socket.sendall(request)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        fields = head.lower()
        if b"content-length:" in fields:
            length = int(fields.split(b"content-length:")[1].split(b"\r\n")[0])
            while len(body) < length:
                body += self._more()
        elif b"transfer-encoding: chunked" in fields:
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more()
        return int(head.split(b" ", 2)[1]), head, body

    def close(self) -> None:
        self.socket.close()

    def _more(self) -> bytes:
        part = self.socket.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        return part


def get(port: int, path: str, cookie: str = "") -> bytes:
    """A GET request."""
    extra = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{extra}\r\n".encode()


def post(port: int, path: str, body: str, cookie: str) -> bytes:
    """A POST request as a form of our own pages sends it."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        f"Origin: http://127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def run(port: int, requests: Sequence[bytes], clients: int) -> Timing:
    """Send all requests, by that many clients at once."""
    shares = [requests[i::clients] for i in range(clients)]
    times: list[list[float]] = [[] for _ in shares]
    statuses: list[set[int]] = [set() for _ in shares]
    start = threading.Barrier(clients + 1)

    def work(i: int) -> None:
        line = Line(port)
        start.wait()
        for request in shares[i]:
            before = time.perf_counter()
            statuses[i].add(line.ask(request)[0])
            times[i].append(time.perf_counter() - before)
        line.close()

    threads = [threading.Thread(target=work, args=(i,)) for i in range(clients)]
    for t in threads:
        t.start()
    start.wait()
    began = time.perf_counter()
    for t in threads:
        t.join()
    whole = time.perf_counter() - began
    return Timing(tuple(t for share in times for t in share), whole, frozenset().union(*statuses))


def best(measure: Callable[[], float], times: int = 3) -> float:
    """The smallest of several measurements: noise only ever adds."""
    return min(measure() for _ in range(times))
