"""T25: forty bad inputs, each with its exact refusal or its problems by row and column.

All are read in one process that may use 512 MB of address space, as may the processes it starts.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sheets.hostile import Bad, forty

LIMIT_MB = 512
PEAK_MB = 200
RUNNER = """
import json, pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
from hall.roll.rules.reading import read_roll
from hall.sheets import SheetRefused, read
out = {{}}
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    number, _, name = path.name.partition("-")
    try:
        out[number] = json.loads(read_roll(read(path.read_bytes(), name)).to_json())
    except SheetRefused as refused:
        out[number] = {{"refused": refused.code, "facts": dict(refused.facts)}}
# Our own peak from /proc: ru_maxrss would still hold what the test process had when it forked us.
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
peaks = [own // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024]
json.dump({{"out": out, "peaks": peaks}}, sys.stdout)
"""
ALL = forty()


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("bad")
    for bad in ALL:
        (folder / f"{bad.name[:2]}-{bad.filename}").write_bytes(bad.data)
    code = RUNNER.format(limit=LIMIT_MB * 1024 * 1024)
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        timeout=300,
        cwd=root,
        env={"PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_there_are_forty() -> None:
    assert [bad.name[:2] for bad in ALL] == [f"{n:02d}" for n in range(1, 41)]


@pytest.mark.parametrize("bad", ALL, ids=lambda bad: bad.name)
def test_a_bad_input_has_its_answer(bad: Bad, outcome: dict[str, Any]) -> None:
    got = outcome["out"][bad.name[:2]]
    assert got.get("refused", "") == bad.refused
    if bad.refused:
        return
    told = {(p["code"], p["row"], p["column_letter"]) for p in got["problems"]}
    assert set(bad.told) <= told
    assert (got["counts"]["blocks"] > 0) == bad.blocked
    if bad.units is not None:
        assert got["totals"]["units"] == bad.units
    if not bad.blocked and not bad.told:
        assert told <= {("area_source_assumed", 0, "")}


def test_none_took_more_memory_than_a_roll_may(outcome: dict[str, Any]) -> None:
    assert max(outcome["peaks"]) <= PEAK_MB


def test_values_of_odd_names_are_kept_whole(outcome: dict[str, Any]) -> None:
    persons = [p["name"] for p in outcome["out"]["40"]["persons"]]
    assert persons == ["甲子样", "乙丑样", "丙😀样", "𠮷卯样"]
    assert [p["name"] for p in outcome["out"]["07"]["persons"]] == ["甲子样", "乙丑样"]


def test_areas_in_every_spelling(outcome: dict[str, Any]) -> None:
    areas = [u["area_cm2"] for u in outcome["out"]["33"]["units"]]
    assert areas == [0, 0, 0, 0, 893_200, 893_200, 893_200, 893_250]
