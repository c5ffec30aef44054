"""Numbers of health are changed in the file as it was written, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.definitions.edits import edits, rewritten
from sabai.definitions.model import Factor, Health
from sabai.definitions.reader import read_definitions, read_text
from sabai.definitions.starter import starter
from sabai.errors import DefinitionsError
from tests.definitions.good import GOOD, changed, write
from tests.tries import tries


def health(path: Path, **numbers: object) -> Health:
    """That of the file with other numbers: weights by factor, points and condition by deduction, the rest by name."""
    stands = read_definitions(path).health
    own = {name: numbers.pop(name) for name in ("bands", "deduction_cap", "needs_coverage") if name in numbers}
    cut = own.pop("bands", stands.bands.cut)
    return replace(
        stands, **own, bands=replace(stands.bands, cut=cut),
        factors=tuple(reweighted(each, numbers.get(each.name)) for each in stands.factors),
        deductions=tuple(
            replace(each, points=numbers.get(each.name, each.points),
                    when=replace(each.when, value=numbers.get(f"{each.name}_from", each.when.value)))
            for each in stands.deductions
        ),
    )  # fmt: skip


def reweighted(factor: Factor, number: object) -> Factor:
    if isinstance(number, tuple):
        return replace(factor, curve=number)
    return factor if number is None else replace(factor, weight=number)


def test_only_the_number_changes(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert rewritten(path, health(path, logins=20)) == changed(("weight: 15", "weight: 20"))


def test_several_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert rewritten(path, health(path, urgent=7.5, logins=0, seat_use=123)) == changed(
        ("weight: 15", "weight: 0"), ("weight: 10, curve", "weight: 123, curve"),
        ("weight: 10, better", "weight: 7.5, better"),
    )  # fmt: skip


def test_everything_that_a_workbook_can_change(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    wanted = health(
        path, seat_use=((0.0, 5.0), (0.455, 60.0), (0.9, 100.0)), asked_to_cancel=12, nobody_from=2, needs_coverage=0.4,
        deduction_cap=25, bands=(72.5, 40.0),
    )  # fmt: skip
    assert rewritten(path, wanted) == changed(
        ("0%: 0, 50%: 60", "0%: 5, 45.5%: 60"), ("points: 15", "points: 12"), ('"< 1"', '"< 2"'),
        ("needs_coverage: 50%", "needs_coverage: 40%"), ("deduction_cap: 30", "deduction_cap: 25"),
        ("cut: quartiles", "cut: { healthy: 72.5, at_risk: 40 }"),
    )  # fmt: skip
    assert [str(edit) for edit in edits(read_definitions(path).health, wanted)] == [
        "curve of seat_use: { 0: 0, 0.5: 60, 0.9: 100 } → { 0: 5, 0.455: 60, 0.9: 100 }",
        "points of asked_to_cancel: 15 → 12",
        "condition of nobody: < 1 → < 2",
        "deduction_cap: 30 → 25",
        "needs_coverage: 0.5 → 0.4",
        "bands: quartiles → { healthy: 72.5, at_risk: 40 }",
    ]


def test_stated_cut_points_change_in_their_place(tmp_path: Path) -> None:
    stated = ("cut: quartiles", "cut: { at_risk: 40, healthy: 70 }")
    path = write(tmp_path, changed(stated))
    assert rewritten(path, health(path, bands=(75.0, 45.0))) == changed(
        (stated[0], "cut: { at_risk: 45, healthy: 75 }")
    )


def test_what_was_left_to_its_default_is_added_where_it_belongs(tmp_path: Path) -> None:
    silent = [("  needs_coverage: 50%\n", ""), ("  deduction_cap: 30\n", ""), ("cut: quartiles, ", "")]
    path = write(tmp_path, changed(*silent))
    text = rewritten(path, health(path, needs_coverage=0.3, deduction_cap=20, bands=(60.0, 30.0)))
    assert "health:\n  deduction_cap: 20\n  needs_coverage: 0.3\n  segments: [segment, properties.plan]\n" in text
    assert "bands: { cut: { healthy: 60, at_risk: 30 }, hold: { points: 2, days: 14 } }" in text
    path.write_text(changed(("  bands: { cut: quartiles, hold: { points: 2, days: 14 } }\n", "")), encoding="utf-8")
    text = rewritten(path, health(path, bands=(60.0, 30.0)))
    assert "health:\n  bands: { cut: { healthy: 60, at_risk: 30 } }\n  segments" in text


def test_comments_line_ends_and_letters_of_any_length_stay(tmp_path: Path) -> None:
    text = starter("My company").replace("usage:\n", "usage:  # การใช้ 🎈 使う\n", 1).replace("\n", "\r\n")
    path = tmp_path / "sabai.yaml"
    path.write_bytes(text.encode())
    assert rewritten(path, health(path, logins=9, unhappy_talks_from=2.5)) == text.replace(
        "logins:         { weight: 8,", "logins:         { weight: 9,"
    ).replace('"< 2"', '"< 2.5"')


def test_weights_in_blocks(tmp_path: Path) -> None:
    block = "logins:\n        weight: '15'  # much\n        better: higher\n"
    text = changed(("logins: { weight: 15, better: higher }\n", block))
    path = write(tmp_path, text)
    assert rewritten(path, health(path, logins=16)) == text.replace("'15'", "16")


def test_the_same_numbers_change_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    assert rewritten(path, health(path)) == GOOD
    assert edits(health(path), health(path)) == ()


SMALL = """\
sabai: 1
workspace: { name: Baan Coffee Cloud }
metrics: { people: { distinct: contact, of: events, window: 4w } }
health:
  dimensions: { usage: { people: { weight: 15, curve: { 0%: 0, 50%: 60, 90%: 100 } } } }
  deductions: { nobody: { when: { people: "< 50%" }, points: 5 } }
  bands: { cut: { healthy: 70, at_risk: 40 } }
"""


@given(weight=st.floats(0.001, 1e6), middle=st.floats(0.001, 0.899), below=st.integers(-999_999, 999_999))
@tries(5)
def test_whatever_the_numbers_are_they_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, weight: float, middle: float, below: int
) -> None:
    path = write(tmp_path_factory.mktemp("edits"), SMALL)
    wanted = health(path, people=weight, needs_coverage=middle, nobody_from=below / 1000)
    (people,) = wanted.factors
    wanted = replace(wanted, factors=(replace(people, curve=((0.0, 0.0), (middle, 60.0), (0.9, 100.0))),))
    assert edits(read_text(rewritten(path, wanted), path).health, wanted) == ()


@pytest.mark.parametrize(
    ("text", "numbers", "code"),
    [
        (GOOD, {"logins": -3}, "DEF-032"),
        (GOOD, {"logins": 0, "seat_use": 0, "urgent": 0}, "DEF-032"),
        (GOOD, {"seat_use": ((0.0, 0.0), (0.95, 60.0), (0.9, 100.0))}, "DEF-035"),
        (GOOD, {"deduction_cap": 101}, "DEF-053"),
        (GOOD, {"bands": (40.0, 70.0)}, "DEF-039"),
        (GOOD, {"asked_to_cancel_from": 2}, "DEF-061"),
        (
            changed(("weight: 15", "weight: &w 10"), ("weight: 10, curve", "weight: *w, curve")),
            {"seat_use": 3},
            "DEF-004",
        ),
    ],
)
def test_what_cannot_be_changed(text: str, numbers: dict[str, object], code: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(DefinitionsError) as caught:
        rewritten(path, health(path, **numbers))
    assert caught.value.issues[0].code == code
    assert path.read_text(encoding="utf-8") == text
