"""What gets installed is named exactly: versions and hashes, no addresses, nothing left out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9-]+)==([0-9][^ ;]*)( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {m[1]: m[2] for line in lines if (m := PIN.match(line))}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_only_versions_and_hashes(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []
    assert len(pins(name)) > 20


def test_the_developers_lock_holds_the_same_versions():
    run, dev = pins(LOCKS[0]), pins(LOCKS[1])
    assert {n: dev.get(n) for n in run} == run


@pytest.mark.parametrize(("name", "group"), [(LOCKS[0], "run"), (LOCKS[1], "dev")])
def test_everything_that_the_project_asks_for_is_locked(name, group):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"].get(group, [])
    locked = pins(name)
    for text in wanted:
        need = Requirement(text)
        assert need.specifier.contains(locked[canonicalize_name(need.name)]), text
