"""Everything the importer can say about a file, and how much it matters.

blocks: something written is wrong or contradicts itself, and a person must settle it; warns: it can
be imported, but somebody should look (missing data comes in as unverified); info: what was tidied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["blocks", "warns", "info"]
Fact = str | int

_BLOCKS = (
    "header_not_found",  # no sheet has a row with room and (owner or area)
    "area_column_missing",
    "area_is_site_area",  # the only area column is 占地/用地 (E1)
    "area_is_shared_area",  # the only area column is 公摊
    "column_repeated",  # two columns of one name with different content
    "no_units",
    "unit_missing",  # owner or area without a room
    "unit_unreadable",
    "unit_is_date",  # 1-2-3 that a program turned into a date
    "unit_contradicts_columns",  # facts: building, entrance
    "building_missing",
    "unit_repeated",  # facts: unit, rows; missing: the neighbour that is nowhere in the file
    "area_missing",
    "area_not_number",
    "area_not_positive",
    "area_too_precise",  # more than four decimals
    "area_absurd",  # facts: limit_m2
    "area_is_date",
    "area_merged_over_units",  # one merged area beside several rooms
    "total_is_site_area",  # Σ equals the estate's site area (E1)
    "owner_not_a_name",
    "cell_error",  # #REF! and the like
    "formula_without_value",
)
_WARNS = (
    "owner_column_missing",
    "owner_missing",
    "owner_deceased",
    "co_owners_not_named",
    "co_owner_row_assumed",
    "same_name_assumed",  # facts: units
    "same_name_different_phone",  # facts: units
    "same_name_ambiguous",  # facts: units
    "name_remark_ignored",
    "invisible_characters",
    "odd_characters",
    "phone_unreadable",
    "phone_lost_digits",
    "phone_masked",
    "share_unreadable",
    "shares_do_not_add_up",
    "status_unreadable",
    "unsold_with_owner",  # said to be unsold, yet a person is named: kept as the developer's
    "decimal_comma",
    "area_small",
    "area_large",
    "area_unlike_neighbours",  # facts: usual
    "area_inside_walls",  # 套内 or 使用面积 is all there is
    "several_area_columns",  # facts: chosen, others
    "several_owner_columns",  # facts: chosen, others
    "unit_repeated_same",  # facts: unit, rows
    "entrance_assumed",
    "total_differs",  # facts: what, declared, counted
    "households_differ",  # facts: estate, file
    "building_unknown",
    "sheet_hidden",
    "sheet_left_out",  # facts: same_as
    "rows_hidden",  # facts: count, rows
    "columns_hidden",  # facts: columns
)
_INFO = (
    "id_numbers_not_read",
    "full_width",  # facts: count
    "spaces_removed",  # facts: count
    "leading_zeros",  # facts: count
    "filled_down",  # facts: count
    "names_joined",  # 张 三 read as one name; facts: count
    "total_row",
    "header_repeated",
    "row_ignored",
    "rows_without_data",  # facts: count
    "area_source_assumed",  # facts: count
    "kind_unreadable",
    "not_counted",  # parking and storage, R-2.10; facts: count, area
    "sheet_not_a_roll",
    "more_problems",  # facts: count
)
SEVERITY: Mapping[str, Severity] = {
    **dict.fromkeys(_BLOCKS, "blocks"),
    **dict.fromkeys(_WARNS, "warns"),
    **dict.fromkeys(_INFO, "info"),
}
ORDER: Mapping[str, int] = {"blocks": 0, "warns": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to say about the file, with the cell it stands in.

    row: from 1, 0 when it concerns the whole sheet; column_letter and column_name: "" when no
    column; value: what stands in the cell, shortened; facts: placeholders of the sentence.
    """

    code: str
    sheet: str = ""
    row: int = 0
    column_letter: str = ""
    column_name: str = ""
    value: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """blocks, warns or info, fixed by the code."""
        return SEVERITY[self.code]
