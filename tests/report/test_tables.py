from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import from_day
from sabai.errors import UsageError
from sabai.facts.landed import Facts
from sabai.health.scores import BANDS, Scores
from sabai.report.safe_text import safe_text
from sabai.report.tables import scores_frame, write_rejects_csv, write_scores_csv
from tests.report.workbook_made import DAYS, scores


@pytest.fixture(scope="module")
def made() -> Scores:
    return scores(60)


@pytest.fixture(scope="module")
def frame(made: Scores) -> pl.DataFrame:
    return scores_frame(made, DAYS)


def contributions(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col("^.*\\.contribution$"))


def test_columns_are_those_that_were_promised(frame: pl.DataFrame) -> None:
    factors = ["logins", "first_reply", "seat_use", "nps", "days_late"]
    assert frame.columns == [
        "account_id", "as_of", "score", "band", "coverage",
        *(f"{factor}.{part}" for factor in factors for part in ("value", "points", "contribution")),
        "asked_to_cancel.contribution", "silent_twice.contribution", "never_pays.contribution",
        "milestone.first_login.contribution", "milestone.half_the_seats.contribution", "floor.contribution",
    ]  # fmt: skip
    assert frame.schema["as_of"] == pl.Date
    assert set(frame.select(pl.selectors.float()).columns) == {*frame.columns} - {"account_id", "as_of", "band"}


def test_contributions_sum_to_the_score(frame: pl.DataFrame) -> None:
    scored = frame.filter(pl.col("score").is_not_null())
    total = contributions(scored).sum_horizontal().to_numpy()
    assert len(scored) > 400
    assert np.abs(total - scored["score"].to_numpy()).max() < 1e-9
    without_floor = contributions(scored).drop("floor.contribution").sum_horizontal().to_numpy()
    assert np.abs(without_floor - scored["score"].to_numpy()).max() > 1  # the twin: a column left out is seen


def test_only_customers_have_a_row_in_order(frame: pl.DataFrame, made: Scores) -> None:
    assert frame.height == made.grid.alive.sum()
    assert frame.select("account_id", "as_of").equals(frame.select("account_id", "as_of").sort("account_id", "as_of"))


def test_cells_are_those_of_the_scores(frame: pl.DataFrame, made: Scores) -> None:
    for account_id, as_of, score, band in (
        frame.select("account_id", "as_of", "score", "band").sample(50, seed=1).rows()
    ):
        row = made.grid.accounts.index(account_id)
        column = [from_day(day) for day in made.grid.as_of].index(as_of)
        assert (np.nan if score is None else score) == pytest.approx(made.score[row, column], nan_ok=True)
        assert band == BANDS[made.band[row, column]]


def test_unknown_is_null_and_never_zero(frame: pl.DataFrame) -> None:
    unknown = frame.filter(pl.col("score").is_null())
    assert unknown.height > 10
    assert set(unknown["band"]) == {"unknown"}
    assert contributions(unknown).null_count().sum_horizontal().item() == contributions(unknown).width * unknown.height
    assert frame["logins.value"].null_count() == frame["logins.points"].null_count() > 0
    assert not any(column.is_nan().any() for column in frame.select(pl.selectors.float()))


def test_the_floor_stands_only_where_it_cut(frame: pl.DataFrame) -> None:
    cut = frame.filter(pl.col("floor.contribution").is_not_null())
    assert 0 < cut.height < frame.height / 2
    assert set(cut["score"]) <= {0.0, 100.0}


def test_milestones_are_of_young_accounts_only(frame: pl.DataFrame, made: Scores) -> None:
    young = frame.filter(pl.col("milestone.first_login.contribution").is_not_null())
    assert young.height == (made.young & made.grid.alive).sum() > 0
    assert young["logins.contribution"].null_count() == young.height


def test_some_of_the_days(made: Scores, frame: pl.DataFrame) -> None:
    some = scores_frame(made, [DAYS[3], DAYS[1], DAYS[3]])
    assert some.equals(frame.filter(pl.col("as_of").is_in([from_day(DAYS[1]), from_day(DAYS[3])])))


def test_a_day_that_was_not_scored(made: Scores) -> None:
    with pytest.raises(UsageError, match="2024-01-02"):
        scores_frame(made, [DAYS[0], DAYS[0] + 1])


def test_csv_has_empty_cells_and_no_minus_zero(frame: pl.DataFrame, tmp_path: Path) -> None:
    write_scores_csv(frame, tmp_path / "scores.csv")
    text = (tmp_path / "scores.csv").read_text(encoding="utf-8")
    assert text.count("\n") == frame.height + 1
    assert not {"NaN", "null", "None", "-0.0"} & set(text.replace("\n", ",").split(","))
    again = pl.read_csv(tmp_path / "scores.csv", try_parse_dates=True)
    assert again.null_count().equals(frame.null_count())
    assert again["score"].equals(frame["score"])


def test_account_ids_cannot_become_formulas(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"account_id": ['=HYPERLINK("x")', "@SUM(1)", "ร้าน"], "as_of": date(2024, 1, 1), "score": -1.5}
    )
    write_scores_csv(frame, tmp_path / "scores.csv")
    again = pl.read_csv(tmp_path / "scores.csv")
    assert again["account_id"].to_list() == ['\'=HYPERLINK("x")', "'@SUM(1)", "ร้าน"]
    assert again["score"].to_list() == [-1.5] * 3


def test_rejects_as_csv(tmp_path: Path) -> None:
    rows = {"table": ["events"], "file": ["a.csv"], "row": [7], "field": ["name"], "code": ["FCT-003"],
            "value": ["-12.50"], "hint": ["Write a name."], "raw": ["=1+1,-12.50\n+2"]}  # fmt: skip
    pl.DataFrame(rows).write_parquet(tmp_path / "rejects.parquet")
    write_rejects_csv(Facts(tmp_path, (), (), {}), tmp_path / "rejects.csv")
    again = pl.read_csv(tmp_path / "rejects.csv", schema_overrides={"value": pl.String}).row(0, named=True)
    assert (again["row"], again["value"], again["raw"]) == (7, "-12.50", "'=1+1,-12.50\n'+2")


def made_safe(text: str) -> str:
    return str(pl.DataFrame({"text": [text]}).select(safe_text(pl.col("text"))).item())


DANGEROUS = [
    "=1",
    "+A1",
    "-A1",
    "@x",
    "\t=1",
    "\r=1",
    " =1",
    "＝1",
    "\u200b=1",
    "\ufeff=1",
    "\u00a0=1",
    "﹦1",
    "\n=1",
    "\thello",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_formulas_are_made_harmless(text: str) -> None:
    safe = made_safe(text)
    assert safe != text
    assert safe.startswith("'") or text.startswith("\n")
    assert safe.replace("'", "") == text


@pytest.mark.parametrize("text", ["Baan Coffee", "a=b", "-12.50", "+66", "1-2", "", "'quoted", "2024-01-01", "x@y.z"])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert made_safe(text) == text


@given(st.text(alphabet="=+-@＝'\t\r\n a1.,\u200b", max_size=8))
def test_no_line_of_any_text_begins_as_a_formula(text: str) -> None:
    safe = made_safe(text)
    if safe == text and text.replace(",", "").replace(".", "").lstrip("+-").isdigit():
        return
    for line in safe.replace("\r", "\n").split("\n"):
        assert not line.strip(" \t\u200b").startswith(("=", "+", "-", "@", "＝"))
