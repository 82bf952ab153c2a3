"""hall count on real cases and worked examples, as a person and as a program read it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from hall.cli import main
from hall.countfile import load, to_xlsx
from tests.countfile.documents import EXAMPLES, ROOT, encoded, put, renewal


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    code = main(["count", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_renewal_in_one_sentence_and_four_lines(capsys):
    code, out, _ = run(capsys, EXAMPLES / "renewal.json")
    assert code == 0
    assert "结论：四项都过线，通过。" in out
    assert "与文件所载结论一致。" in out
    for figures in (
        ("参与人数", "159 人", "238 人", "66.80%", "不少于 2/3", "159 人", "是"),
        ("参与面积", "19,080.00 ㎡", "28,560.00 ㎡", "19,040.00 ㎡"),
        ("同意人数", "80 人", "159 人", "超过 1/2"),
        ("同意面积", "9,600.00 ㎡", "19,080.00 ㎡"),
    ):
        assert any(all(part in line for part in figures) for line in out.splitlines()), figures


def test_e6_fifteen_flats_one_head(capsys):
    """Real case: with one head for fifteen flats 407 of 821 is no majority, whatever the areas."""
    code, out, _ = run(capsys, EXAMPLES / "fifteen-flats.json")
    assert code == 0
    assert "数字不全，得不出结论。" in out
    assert "即使补齐数字，也不会通过" in out
    assert any(
        "同意人数" in x and "407 人" in x and "49.57%" in x and x.endswith("否")
        for x in out.splitlines()
    )
    assert "无法确认：参与人数、参与面积、同意面积" in out


def test_e15_silent_votes_both_ways(capsys):
    """Real case, heads only: no quorum by the sheets; with the clause the heads' lines pass."""
    code, out, _ = run(capsys, EXAMPLES / "silent-votes.json")
    assert code == 0
    assert "54.45%" in out
    assert "77.77%" in out
    assert "只算实际交来的票：参与没有过线" in out
    assert "还差：158 人" in out
    assert "存在法律争议" in out
    assert "roll.area_m2" in out


def test_e16_a_poll_has_no_legal_words(capsys):
    code, out, _ = run(capsys, EXAMPLES / "branch-name.json")
    assert code == 0
    assert "最多的是 302" in out
    assert "不具有法律效力" in out
    for word in ("表决", "通过", "决议", "过线"):
        assert word not in out


def test_sheet_by_sheet(capsys):
    code, out, _ = run(capsys, EXAMPLES / "sheet-by-sheet.json", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["by"] == "sheets"
    assert [a["reason"] for a in found["sheets"]["set_aside"]] == [
        "contested",
        "contested",
        "duplicate",
        "late",
    ]
    first, second = found["questions"]
    # 1-101, 1-201, 1-202 for, 1-301 abstains: 4 heads, 400.50 m² of 620.50
    assert first["participating"] == {"heads": 4, "area_m2": "400.50"}
    assert first["verdict"] == "no_quorum"
    assert [c["code"] for c in first["cautions"]] == ["contested_decides_quorum"]
    assert second["invalid"] == [{"reason": "too_many", "heads": 1, "area_m2": "116.00"}]


def test_english(capsys):
    code, out, _ = run(capsys, EXAMPLES / "renewal.json", "--lang", "en")
    assert code == 0
    assert "Verdict: All four lines passed. Carried." in out
    assert "at least 2/3" in out


def test_a_wrong_claim_is_said_and_exits_1(capsys, tmp_path):
    path = tmp_path / "claim.json"
    path.write_bytes(encoded(put(renewal(), ("questions", 0, "claimed"), {"verdict": "no_quorum"})))
    code, out, _ = run(capsys, path)
    assert code == 1
    assert "与文件所载结论不一致：文件写的是“参与不够”。" in out


def test_a_claim_that_missing_figures_leave_open_is_not_called_different(capsys, tmp_path):
    area = ("questions", 0, "options", 0, "channels", 1, "area_m2")
    path = tmp_path / "open.json"
    path.write_bytes(encoded(put(renewal(), area, ...)))
    code, out, _ = run(capsys, path)
    assert code == 1
    assert "文件写的是“通过”；数字不全，核对不了。" in out
    assert "不一致" not in out


def test_the_class_is_named_with_the_line_of_its_own_rules(capsys, tmp_path):
    document = put(renewal(), ("ballot", "date"), "2019-06-01")
    path = tmp_path / "2007.json"
    path.write_bytes(encoded(put(document, ("ballot", "matter"), 5)))
    assert "特别事项（全体的三分之二以上）" in run(capsys, path)[1]
    assert "special matter (at least two thirds of all)" in run(capsys, path, "--lang", "en")[1]


def test_what_is_wrong_is_said_in_words_not_in_codes(capsys, tmp_path):
    path = tmp_path / "more.json"
    path.write_bytes(encoded(put(renewal(), ("roll", "heads"), 100)))
    _, _, err = run(capsys, path)
    assert "超过总数（人数）：159 人 > 100 人" in err
    path.write_bytes(encoded(put(renewal(), ("roll", "area_m2"), "100.00")))
    assert "超过总数（面积）：19,080.00 ㎡ > 100.00 ㎡" in run(capsys, path)[2]
    path.write_text(json.dumps({"format": "hall-decision", "number": "象外议〔2026〕1号"}))
    assert run(capsys, path)[2].count("\n") == 2
    book = tmp_path / "empty.xlsx"
    book.write_bytes(b"")
    assert run(capsys, book)[2].endswith(": 文件是空的。\n")
    assert run(capsys, book, "--lang", "en")[2].endswith(": The file is empty.\n")


def test_a_bad_file_exits_2_with_every_path(capsys, tmp_path):
    document = renewal()
    document["questions"][0]["options"][2]["area_m2"] = 840.5
    document["roll"]["heads"] = "many"
    path = tmp_path / "bad.json"
    path.write_bytes(encoded(document))
    code, out, err = run(capsys, path)
    assert code == 2
    assert out == ""
    assert "questions[0].options[2].area_m2: 面积要写成带引号的文字" in err
    assert "roll.heads: 应当是整数" in err
    code, out, _ = run(capsys, path, "--json")
    assert code == 2
    assert {p["code"] for p in json.loads(out)["problems"]} == {"area_not_text", "not_whole"}


def test_a_missing_file_exits_2(capsys, tmp_path):
    code, _, err = run(capsys, tmp_path / "nothing.json")
    assert code == 2
    assert "读不到文件" in err


@pytest.mark.parametrize("name", ["renewal", "sheet-by-sheet"])
def test_a_workbook_counts_like_its_document(capsys, tmp_path, name):
    source = EXAMPLES / f"{name}.json"
    path = tmp_path / "count.xlsx"
    path.write_bytes(to_xlsx(load(source.read_bytes())))
    _, by_json, _ = run(capsys, source, "--json")
    code, by_xlsx, _ = run(capsys, path, "--json")
    assert code == 0
    mine, its = json.loads(by_json), json.loads(by_xlsx)
    for question in (*mine["questions"], *its["questions"]):
        question.pop("claimed"), question.pop("agrees")
    assert mine == its


def test_the_shipped_workbooks_count(capsys):
    for path in sorted(EXAMPLES.glob("*.xlsx")):
        code, out, err = run(capsys, path)
        assert code == 0, err
        assert "结论：" in out


def test_needs_no_database_and_no_settings(tmp_path):
    """From an empty folder and environment, and without importing the web or the tables."""
    program = (
        "import sys; from hall.cli import main; code = main(sys.argv[1:]);"
        "assert 'sqlalchemy' not in sys.modules and 'flask' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "count", str(EXAMPLES / "renewal.json")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert "四项都过线" in done.stdout


def test_standard_input(capsys, monkeypatch):
    import io

    class Input:
        buffer = io.BytesIO((EXAMPLES / "renewal.json").read_bytes())

    monkeypatch.setattr("sys.stdin", Input)
    code, out, _ = run(capsys, "-")
    assert code == 0
    assert "通过" in out
