"""What a spreadsheet may cost before anybody looks at it (trust.md T25).

Measured need: a 1.4 KB workbook with one far cell, or 30 KB with a million cells, brings a general
reader to a gigabyte or to sixteen seconds. A roll of 12,000 units stays far below every line here.
"""

from __future__ import annotations

MAX_BYTES = 3 * 1024 * 1024  # of the uploaded file
MAX_MEMBERS = 200  # files inside an XLSX
MAX_UNZIPPED = 20 * 1024 * 1024  # all members together, streamed
MAX_RATIO = 100  # unzipped ÷ zipped, per member larger than RATIO_FROM
RATIO_FROM = 1024 * 1024
MAX_SHEETS = 60
MAX_ROWS = 12_000
MAX_COLUMNS = 128
MAX_CELLS = 400_000  # with content, merged copies included
MAX_CELL_CHARS = 32_767  # what a spreadsheet program itself allows
MAX_MERGES = 30_000

CHILD_MEMORY = 512 * 1024 * 1024  # address space of the reading process
CHILD_CPU_SECONDS = 5
CHILD_WALL_SECONDS = 20  # a busy machine may make the five seconds of work last longer
