"""A roll of 3,600 units as a spreadsheet, to measure its preview."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[2]
UNITS = 3_600


def write(file: Path) -> None:
    """Thirty buildings of two entrances, thirty floors, two homes a floor."""
    book = Workbook()
    sheet = book.active
    sheet.append(["样本小区业主名册"])
    sheet.append(["楼栋", "单元", "房号", "业主姓名", "建筑面积（㎡）", "联系电话"])
    i = 0
    for building in range(1, 31):
        for entrance in (1, 2):
            for floor in range(1, 31):
                for door in (1, 2):
                    area = f"{70 + i % 60}.{i % 100:02}"
                    phone = f"199{i:08}"
                    row = [
                        f"{building}栋",
                        f"{entrance}单元",
                        floor * 100 + door,
                        f"样本{_letters(i)}",
                    ]
                    sheet.append([*row, float(area), phone])
                    i += 1
    book.save(file)


def preview(file: Path) -> tuple[float, int, int]:
    """Seconds and peak bytes of `hall roll check`, and the units it found."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "hall", "roll", "check", str(file), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - began
    if not done.stdout:
        raise RuntimeError(done.stderr)
    peak = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024
    return seconds, peak, len(json.loads(done.stdout)["units"])


def _letters(i: int) -> str:
    signs = "甲乙丙丁戊己庚辛壬癸"
    return "".join(signs[int(d)] for d in str(i))


if __name__ == "__main__":
    print(*preview(Path(sys.argv[1])))
