"""The two commands on a bare machine: what they need is said in one clear sentence, in both languages."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Makefile", ".ci", "requirements.lock", "requirements-dev.lock")
CHINESE = re.compile("[一-龥]")


def make(*words: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["make", *words], cwd=cwd, env=clean | env, capture_output=True, text=True, check=False
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """What make needs of a checkout, in a folder with spaces and Chinese in its name."""
    folder = tmp_path / "我的 议事厅 (new)"
    folder.mkdir()
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def is_one_sentence_in_both_languages(text: str) -> bool:
    lines = [line for line in text.strip().splitlines() if not line.startswith("make")]
    return len(lines) == 2 and bool(CHINESE.search(lines[0])) and not CHINESE.search(lines[1])


def fake(folder: Path, name: str, script: str) -> str:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return str(file)


def test_help_lists_every_command():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)[1].split())
    shown = make("help", cwd=ROOT).stdout
    assert set(re.findall(r"^  make (\w+)", shown, re.MULTILINE)) == phony
    assert phony >= {"help", "run", "install", "test", "check", "bench", "demo", "migration"}


def test_it_works_from_any_folder(house, tmp_path):
    done = make("-f", str(house / "Makefile"), "help", cwd=tmp_path)
    assert done.returncode == 0
    assert "make run" in done.stdout


def test_an_old_python_is_one_sentence(house, tmp_path):
    old = fake(tmp_path, "python3.9", "exit 1")
    done = make("install", cwd=house, PYTHON=old)
    assert done.returncode != 0
    assert "3.11" in done.stderr
    assert is_one_sentence_in_both_languages(done.stderr)
    assert not (house / ".venv").exists()


def test_a_python_without_venv_is_one_sentence(house, tmp_path):
    bare = fake(
        tmp_path,
        "python3.11",
        f'case "$2" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"',
    )
    done = make("install", cwd=house, PYTHON=bare)
    assert done.returncode != 0
    assert "python3-venv" in done.stderr
    assert is_one_sentence_in_both_languages(done.stderr)


def test_a_read_only_folder_is_one_sentence(house, tmp_path):
    """As nobody, for root may write anywhere."""
    house.chmod(0o555)
    done = as_nobody(["sh", str(house / ".ci" / "environment"), "run"], house)
    house.chmod(0o755)
    assert done.returncode != 0
    said = done.stderr.replace(str(house), "folder")
    assert is_one_sentence_in_both_languages(said), said
    assert "Cannot write" in done.stderr


def test_a_read_only_data_folder_is_one_sentence(tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    done = as_nobody(
        [sys.executable, "-m", "hall", "db", "upgrade"],
        tmp_path,
        HALL_INSTANCE=str(locked / "instance"),
        PYTHONPATH=str(ROOT),
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert CHINESE.search(done.stderr)


def as_nobody(command: list[str], folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run without root's rights. Root drops only the right to write everywhere, not the one to read."""
    if os.geteuid() == 0:
        command = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", *command]
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        command, cwd=folder, env=clean | env, capture_output=True, text=True, check=False
    )


def test_a_busy_port_is_one_sentence(tmp_path):
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        port = s.getsockname()[1]
        env = {"PATH": os.environ["PATH"], "HALL_INSTANCE": str(tmp_path), "HALL_PORT": str(port)}
        for verb in ("run", "serve"):
            done = subprocess.run(
                [sys.executable, "-m", "hall", verb],
                cwd=ROOT,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 1
            assert is_one_sentence_in_both_languages(done.stderr), done.stderr
            assert f"HALL_PORT={port + 1}" in done.stderr


def test_nothing_is_installed_twice(house):
    """The environment is current when it was made from these very lock files in this very folder."""
    venv = house / ".venv"
    (venv / "bin").mkdir(parents=True)
    python = fake(venv / "bin", "python", "echo installing again; exit 1")
    (venv / "hall-root").write_text(f"{house}\n", encoding="utf-8")
    shutil.copy(house / "requirements-dev.lock", venv / "hall-dev.lock")
    assert make("install", cwd=house).returncode == 0
    # Another lock, or a folder that was moved: not current any more.
    (house / "requirements-dev.lock").write_text("changed\n", encoding="utf-8")
    done = make("install", cwd=house, PYTHON=python)
    assert done.returncode != 0
