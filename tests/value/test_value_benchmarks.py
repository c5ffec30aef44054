"""What is timed is right: made customers have the parameters that they were made with, and foretelling is shown."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import clv_simulation
from benchmarks.agree import Disagreement
from benchmarks.made.buyers import LEAVING, RATE, SPENDING, back, made_buyers
from benchmarks.needed import missing
from benchmarks.peer_lifetimes import beside
from benchmarks.sizes import VALUE
from benchmarks.timed import way_of
from benchmarks.work import Work
from sabai.value import gammagamma, paretonbd
from sabai.value.fitting import Fit


@pytest.mark.parametrize("way", [way for way in VALUE if not missing(way)])
def test_every_way_runs(way: str, tmp_path: Path) -> None:
    assert way_of(way)(Work(tmp_path, 0, 3_000), tmp_path).rows == 3_000


def test_made_customers_are_as_they_were_made() -> None:
    made = made_buyers(20_000)
    assert paretonbd.fit(made.customers).values == pytest.approx((*RATE, *LEAVING), rel=0.25)
    assert gammagamma.fit(made.amounts).values == pytest.approx(SPENDING, rel=0.1)
    assert (back(made.amounts).paid > 0).all()


def test_a_peer_that_says_something_else_is_seen() -> None:
    fit = Fit(("a",), np.array([2.0]), 0.0, np.eye(1))
    theirs = type("Theirs", (), {"params_": [2.01]})()
    assert beside(lambda: theirs, lambda: fit, 7).note == "parameters within 0.50% of ours"
    theirs.params_ = [2.1]
    with pytest.raises(Disagreement):
        beside(lambda: theirs, lambda: fit, 7)


def test_curves_foretell_better_than_one_rate() -> None:
    rng = np.random.default_rng(7)
    told = list(clv_simulation.contracts(rng, "customers unlike each other", 7))
    model, rate = told
    assert (model.model, rate.model) == ("sBG or BdW", "one rate")
    assert abs(model.foretold / model.seen - 1) < 0.25 < abs(rate.foretold / rate.seen - 1)
