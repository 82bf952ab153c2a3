"""The wheel is whole: installed in a place of its own it serves page and styles from any folder."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import sysconfig
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from tests.load.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
INSTALL = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built with what the lock file holds."""
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(out),
            str(ROOT),
        ],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


def shipped(folder: str, pattern: str) -> set[str]:
    """Files of the checkout that must be in the wheel, relative to folder."""
    files = (
        p for p in (ROOT / folder).rglob(pattern) if p.is_file() and "__pycache__" not in p.parts
    )
    return {p.relative_to(ROOT / folder).as_posix() for p in files}


def test_the_wheel_holds_everything_that_runs_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"hall/_assets/templates/{n}" for n in shipped("templates", "*")} <= names
    assert {f"hall/_assets/static/{n}" for n in shipped("static", "*")} <= names
    assert {f"hall/{n}" for n in shipped("hall", "*.py")} <= names
    assert {f"hall/translations/{n}" for n in shipped("hall/translations", "*.po")} <= names
    assert {"hall/migrations/script.py.mako"} <= names
    assert any(n.endswith("licenses/LICENSE") for n in names)
    wrong = ("tests/", "instance/", "docs/", "hall/templates/")
    assert [
        n for n in names if n.startswith(wrong) or n.endswith((".sqlite", ".key", ".pyc"))
    ] == []


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with Hall in it; its libraries are read from ours, nothing is fetched."""
    home = tmp_path_factory.mktemp("elsewhere")
    venv = home / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    site = next((venv / "lib").glob("python*/site-packages"))
    subprocess.run(
        [sys.executable, "-m", "pip", *INSTALL, "--target", str(site), str(wheel)],
        check=True,
        capture_output=True,
    )
    # Path files in a path file's folder are not read, so the checkout itself stays out of reach.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (venv / "bin" / "hall").write_text(
        f"#!/bin/sh\nexec '{venv}/bin/python' -c 'import sys; from hall.cli import main; sys.exit(main())' \"$@\"\n"
    )
    (venv / "bin" / "hall").chmod(0o755)
    return venv


def test_it_serves_from_another_folder(installed, tmp_path):
    port = free_port()
    env = {"PATH": os.defpath, "HALL_TICKER": "0"}
    common = {"cwd": tmp_path, "env": env, "capture_output": True, "text": True, "check": True}
    command = "import hall; print(hall.__file__)"
    where = subprocess.run([installed / "bin" / "python", "-c", command], **common)
    assert str(installed) in where.stdout
    subprocess.run([installed / "bin" / "hall", "db", "upgrade"], **common)
    log = tmp_path / "log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [installed / "bin" / "hall", "serve", "--port", str(port), "--workers", "1"],
            cwd=tmp_path,
            env=env,
            stdout=out,
            stderr=out,
        )
    try:
        base = f"http://127.0.0.1:{port}"
        page = wait_for(base + "/", server, log)
        css = page.split('rel="stylesheet" href="', 1)[1].split('"', 1)[0]
        with urllib.request.urlopen(base + css) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"].startswith("text/css")
    finally:
        server.terminate()
        server.wait(PATIENCE)
    # State lies where the command was run.
    assert (tmp_path / "instance" / "hall.sqlite").is_file()


def wait_for(url: str, server: subprocess.Popen, log: Path) -> str:
    """The page, as soon as the server answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url) as answer:
            return answer.read().decode()
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))
