from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sabai.dates import from_day
from sabai.definitions.model import Factor
from sabai.errors import FactsError
from sabai.health.overrides import all_in_force, in_force, overrides_beside, read_overrides, shown_bands
from sabai.health.reference import take_reference
from sabai.health.score import score_grid

HEAD = "kind,account_id,band,reason,who,from,until\n"


@pytest.fixture
def read(tmp_path):
    def of(*lines, head=HEAD):
        path = tmp_path / "overrides.csv"
        path.write_text(head + "".join(line + "\n" for line in lines), encoding="utf-8")
        return read_overrides(path, ("a0", "a1"))

    return of


def test_a_line_is_an_override_from_until(read):
    (override,), issues = read("override,a0,unhealthy,sponsor left,สมชาย,2026-01-05,2026-02-01")
    assert (override.band, override.who, override.reason) == ("unhealthy", "สมชาย", "sponsor left")
    assert (from_day(override.from_day).isoformat(), from_day(override.until_day).isoformat()) == (
        "2026-01-05",
        "2026-02-01",
    )
    assert issues == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (",a9,healthy,why,Ann,2026-01-05,2026-02-01", "HLT-022"),
        (",a0,green,why,Ann,2026-01-05,2026-02-01", "HLT-023"),
        (",a0,unknown,why,Ann,2026-01-05,2026-02-01", "HLT-023"),
        ("guess,a0,healthy,why,Ann,2026-01-05,2026-02-01", "HLT-024"),
        (",a0,healthy,,Ann,2026-01-05,2026-02-01", "HLT-025"),
        (",a0,healthy,why,,2026-01-05,2026-02-01", "HLT-025"),
        (",a0,healthy,why,Ann,05/01/2026,2026-02-01", "HLT-026"),
        (",a0,healthy,why,Ann,2026-01-05,", "HLT-026"),
        (",a0,healthy,why,Ann,2026-02-01,2026-02-01", "HLT-027"),
        (",a0,healthy,why", "HLT-025"),
    ],
)
def test_a_bad_line_is_left_out_with_its_place(read, line, code):
    good = ",a1,healthy,why,Ann,2026-01-05,2026-02-01"
    overrides, issues = read(good, line)
    assert [override.account_id for override in overrides] == ["a1"]
    assert code in [issue.code for issue in issues]
    assert {issue.where for issue in issues} == {"overrides.csv:3"}


def test_a_file_without_the_columns_or_not_text_is_an_error(read, tmp_path):
    with pytest.raises(FactsError, match=r"HLT-021.*missing columns: until"):
        read(head="account_id,band,reason,who,from\n")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    for name in ("bytes.csv", "absent.csv"):
        with pytest.raises(FactsError, match="HLT-021"):
            read_overrides(tmp_path / name, ())


def test_the_file_is_looked_for_beside_the_definitions(tmp_path, make_definitions, make_health):
    definitions = replace(make_definitions(make_health()), path=str(tmp_path / "sabai.yaml"))
    assert overrides_beside(definitions, ["a0"]) == ((), ())
    lines = ",a0,healthy,why,Ann,2026-01-05,2026-02-01\n,a9,healthy,why,Ann,2026-01-05,2026-02-01\n"
    (tmp_path / "overrides.csv").write_text(HEAD + lines, encoding="utf-8")
    overrides, issues = overrides_beside(definitions, ["a0"])
    assert [override.account_id for override in overrides] == ["a0"]
    assert [(issue.code, issue.where) for issue in issues] == [("HLT-022", "overrides.csv:3")]


def test_twin_another_folder_says_nothing(tmp_path, make_definitions, make_health):
    (tmp_path / "overrides.csv").write_text(HEAD + ",a0,healthy,why,Ann,2026-01-05,2026-02-01\n", encoding="utf-8")
    definitions = replace(make_definitions(make_health()), path=str(tmp_path / "elsewhere" / "sabai.yaml"))
    assert overrides_beside(definitions, ["a0"]) == ((), ())


@pytest.fixture
def scores(make_grid, make_health):
    grid = make_grid({"use": [[90, 90, 90], [10, 10, 10]]}, alive=[[True, True, True], [True, True, False]])
    health = make_health(Factor("use", "usage", 1, curve=((0, 0), (100, 100))))
    return score_grid(grid, health, take_reference(grid, health), (70, 40))


def line(kind, account_id, band, first, until):
    return f"{kind},{account_id},{band},why,Ann,{from_day(first)},{from_day(until)}"


def test_an_override_shows_in_its_time_and_never_enters_the_scores(read, scores, monday):
    overrides, _ = read(
        line("", "a0", "unhealthy", monday + 7, monday + 14), line("", "a1", "healthy", monday, monday + 99)
    )
    before = scores.band.copy()
    assert shown_bands(scores, overrides).tolist() == [[0, 2, 0], [0, 0, 3]]  # a1 is no customer at the last date
    assert np.array_equal(scores.band, before)


def test_a_pulse_changes_no_band(read, scores, monday):
    overrides, _ = read(line("pulse", "a0", "unhealthy", monday, monday + 99))
    assert np.array_equal(shown_bands(scores, overrides), scores.band)
    assert in_force(overrides, "a0", monday) is None
    assert in_force(overrides, "a0", monday, kind="pulse") == overrides[0]


def test_of_several_the_one_that_began_last_holds(read, scores, monday):
    overrides, _ = read(
        line("", "a0", "unhealthy", monday + 7, monday + 14),
        line("", "a0", "at_risk", monday, monday + 21),
        line("", "a0", "healthy", monday, monday + 21),
    )
    assert shown_bands(scores, overrides)[0].tolist() == [0, 2, 0]
    assert [in_force(overrides, "a0", monday + days).band for days in (0, 7, 14)] == ["healthy", "unhealthy", "healthy"]
    assert in_force(overrides, "a0", monday + 21) is None


def test_all_in_force_agrees_with_one_by_one(read, scores, monday):
    overrides, _ = read(
        line("", "a0", "at_risk", monday, monday + 21),
        line("", "a1", "healthy", monday + 7, monday + 14),
        line("pulse", "a1", "unhealthy", monday, monday + 99),
    )
    for kind in ("override", "pulse"):
        for day in (monday - 1, monday, monday + 7, monday + 14, monday + 21):
            one_by_one = {name: in_force(overrides, name, day, kind) for name in ("a0", "a1")}
            assert all_in_force(overrides, day, kind) == {name: held for name, held in one_by_one.items() if held}
    assert set(all_in_force(overrides, monday + 7)) == {"a0", "a1"}
