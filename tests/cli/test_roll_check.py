"""hall roll check: the importer's preview on the command line, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hall.cli import main
from hall.cli.roll import _table
from hall.roll.rules.preview import from_json

DATA = Path(__file__).resolve().parents[1] / "data" / "roll"
GOOD = "房号,业主,产权面积\n1-101,甲子样,89.32\n1-102,乙丑样,90.10\n合计,2户,179.42\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "名册.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_good_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roll", "check", str(file)]) == 0
    out = capsys.readouterr().out
    assert "名册.csv" in out
    assert any(line.split()[-2:] == ["179.42", "179.42"] for line in out.splitlines())
    assert any(line.startswith("1栋") and line.endswith("179.42") for line in out.splitlines())
    assert "必须改 0" in out


def test_the_messy_demo_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roll", "check", str(DATA / "xiangcheng.xlsx"), "--households", "238"]) == 0
    out = capsys.readouterr().out
    assert "23,244.48" in out
    assert "业主清册 E246 业主姓名: 没有业主姓名。导入后记为" in out
    assert "(owner_missing unit=6栋1单元1101)" in out


def test_json_is_the_stored_preview(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roll", "check", str(file), "--json"]) == 0
    out = capsys.readouterr().out
    body = json.loads(out)
    assert body["totals"]["heads"] == 2
    assert body["totals"]["area_cm2"] == 1_794_200
    assert [e["label"] for e in body["entries"]] == ["1栋101", "1栋102"]
    assert from_json(out).to_json() + "\n" == out


def test_what_blocks_is_exit_one(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(GOOD.replace("90.10", "-1"), encoding="utf-8")
    assert main(["roll", "check", str(file)]) == 1
    said = '名册 C3 产权面积: "-1" 面积是零或负数。请对照产权证改过来。 (area_not_positive)'
    assert said in capsys.readouterr().out
    assert main(["roll", "check", str(file), "--lang", "en"]) == 1
    assert "zero or negative" in capsys.readouterr().out


def test_site_area_is_never_taken_for_the_areas(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["roll", "check", str(file), "--site-area", "179"]) == 1
    assert "total_is_site_area" in capsys.readouterr().out


@pytest.mark.parametrize("as_json", [False, True])
def test_a_refused_file_is_exit_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"<html><table></table></html>")
    assert main(["roll", "check", str(path), *(["--json"] if as_json else [])]) == 2
    captured = capsys.readouterr()
    if as_json:
        assert json.loads(captured.out)["refused"] == "html_not_xls"
    else:
        assert "这其实是一张网页" in captured.err
        assert "html_not_xls" in captured.err


def test_a_file_that_is_not_there_is_exit_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["roll", "check", str(tmp_path / "keine.xlsx")]) == 2
    assert "cannot_open" in capsys.readouterr().err


def test_a_file_over_the_limit_is_not_read_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2\n" * 1_000_000)
    assert main(["roll", "check", str(path)]) == 2
    assert "too_large" in capsys.readouterr().err


def test_chinese_characters_take_two_places() -> None:
    assert _table([("楼栋", "n"), ("a", "12")], right=(1,)) == ["楼栋   n", "a     12"]
