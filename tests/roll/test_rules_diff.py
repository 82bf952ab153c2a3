"""What a second import would change."""

from __future__ import annotations

from dataclasses import replace

from hall.roll.rules.diff import RollOwner, RollUnit, diff, units_of
from hall.roll.rules.preview import Preview
from hall.roll.rules.reading import read_roll
from hall.sheets import read

HEAD = "房号,业主,份额,产权面积,电话,用途\n"


def preview(*rows: str) -> Preview:
    return read_roll(read((HEAD + "\n".join(rows) + "\n").encode(), "a.csv"))


ONE = "5-1-801,甲子样,,89.42,19900000001,住宅"
TWO = "3-1-502,乙丑样,,92.46,19900000002,住宅"
THREE = "10-2-301,丙寅样,,89.42,,住宅"


def test_the_same_file_again_changes_nothing() -> None:
    file = preview(ONE, TWO, THREE)
    again = diff(units_of(file), file)
    assert again.is_empty
    assert (again.unchanged, again.area_before_cm2, again.area_after_cm2) == (
        3,
        2_713_000,
        2_713_000,
    )


def test_units_added_and_removed_in_the_order_of_their_names() -> None:
    found = diff(units_of(preview(ONE, THREE)), preview(TWO, "2-1-101,丁卯样,,80,,"))
    assert [u.label for u in found.added] == ["2栋1单元101", "3栋1单元502"]
    assert [u.label for u in found.removed] == ["5栋1单元801", "10栋2单元301"]
    assert (found.changed, found.unchanged) == ((), 0)


def test_what_changed_in_a_unit() -> None:
    before = units_of(preview(ONE, TWO, THREE))
    after = preview(
        "5-1-801,戊辰样,,89.42,19900000009,住宅",
        "3-1-502,乙丑样、己巳样,各50%,92.46,19900000002,住宅",
        "10-2-301,丙寅样,,89.24,,商业",
    )
    changes = {c.label: c.fields for c in diff(before, after).changed}
    assert changes == {
        "3栋1单元502": ("owners", "shares"),
        "5栋1单元801": ("owners",),
        "10栋2单元301": ("area", "kind"),
    }
    assert diff(before, after).area_after_cm2 - diff(before, after).area_before_cm2 == -1_800


def test_a_number_the_file_leaves_out_is_no_change() -> None:
    before = units_of(preview(ONE))
    assert diff(before, preview("5-1-801,甲子样,,89.42,,住宅")).is_empty
    changed = diff(before, preview("5-1-801,甲子样,,89.42,19900000003,住宅")).changed
    assert [c.fields for c in changed] == [("phones",)]


def test_an_owner_who_becomes_known() -> None:
    before = units_of(preview("5-1-801,,,89.42,,住宅"))
    (change,) = diff(before, preview(ONE)).changed
    assert change.fields == ("owners", "verified")
    assert (change.before.owners, change.after.owners) == (
        (),
        (RollOwner("甲子样", "19900000001"),),
    )


def test_the_source_and_the_state_count_too() -> None:
    (unit,) = units_of(preview(ONE))
    old: RollUnit = replace(unit, area_source="contract", status="undelivered")
    (change,) = diff([old], preview(ONE)).changed
    assert change.fields == ("area_source", "status")
