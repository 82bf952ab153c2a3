"""Imports only go down: the contracts of pyproject.toml hold, and each is seen broken by a planted fault."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FAULTS = {
    # a new room that nobody placed in the stack, and a lower room that reaches up
    "The stack: imports only go down": ("hall/cellar/__init__.py", "from hall.web import access\n"),
    "Inside a room: service, queries, models, rules": (
        "hall/estates/models.py",
        "from hall.estates import queries\n",
    ),
    "Rules are pure": ("hall/bodies/rules.py", "import sqlalchemy\n"),
    "Domain rooms know no HTTP": ("hall/journal/queries.py", "import flask\n"),
    "The web wing touches no tables": ("hall/web/paging.py", "from hall.db import db\n"),
}


def lint(folder: Path) -> str:
    """What lint-imports says of the package in a folder."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
        ],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def verdicts(report: str) -> dict[str, str]:
    lines = [line.rsplit(maxsplit=1) for line in report.splitlines()]
    return {line[0]: line[1] for line in lines if len(line) == 2 and line[1] in ("KEPT", "BROKEN")}


def test_every_contract_is_kept():
    report = lint(ROOT)
    assert verdicts(report) == dict.fromkeys(FAULTS, "KEPT"), report


def test_every_contract_sees_its_fault(tmp_path):
    shutil.copytree(ROOT / "hall", tmp_path / "hall", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, text in FAULTS.values():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        before = file.read_text(encoding="utf-8") if file.exists() else ""
        file.write_text(before + "\n" + text, encoding="utf-8")
    report = lint(tmp_path)
    assert verdicts(report) == dict.fromkeys(FAULTS, "BROKEN"), report
