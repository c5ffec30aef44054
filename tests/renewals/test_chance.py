"""How sure a renewal is: what was planted is found again, and too little to learn from is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sabai.metrics.grid import Floats
from sabai.renewals.chance import learned, too_little
from sabai.renewals.checked import calibrated
from sabai.renewals.model import fit
from sabai.renewals.seen import DUE, NOT_DUE, Seen
from tests.renewals.made import AS_OF, seen

SEED = 7


def planted(rows: int = 6000, weight: float = 3.0, seed: int = 1) -> Seen:
    """Half of the rows are due, and lost more often; risk moves the logit by `weight` for half the scale."""
    rng = np.random.default_rng(seed)
    risk, kind = rng.uniform(0, 100, rows), rng.integers(0, 2, rows).astype(np.int8)
    wait = np.where(kind == DUE, rng.uniform(0, 90, rows), np.nan)
    lost = rng.random(rows) < 1 / (1 + np.exp(-_logit(risk, kind, wait, weight)))
    as_of = (AS_OF - 1200 + 30 * rng.integers(0, 36, rows)).astype(np.int32)
    account = rng.integers(0, rows // 4, rows).astype(np.int32)
    return Seen(90, account, as_of, kind, wait, risk, np.full(rows, 1000.0), lost)


def _logit(risk: Floats, kind: np.ndarray, wait: Floats, weight: float) -> Floats:
    return -4 + 2 * (kind == DUE) + np.nan_to_num(wait) / 90 * (kind == DUE) + weight * (risk - 50) / 50


def test_what_was_planted_is_found() -> None:
    past = planted()
    model = fit(past)
    true = 1 / (1 + np.exp(-_logit(past.risk, past.kind, past.wait, 3.0)))
    assert model.lost(past.kind, past.wait, past.risk) == pytest.approx(true, abs=0.06)
    assert model.tells


def test_with_other_weights_it_is_something_else() -> None:
    """The twin: were the score to say nothing, the chances would not lie so near."""
    past = planted(weight=0.0)
    true = 1 / (1 + np.exp(-_logit(past.risk, past.kind, past.wait, 3.0)))
    assert np.abs(fit(past).lost(past.kind, past.wait, past.risk) - true).max() > 0.3


def test_a_worse_score_never_renews_more_surely() -> None:
    past = planted(weight=-2.0)  # upside down: the healthy leave
    model = fit(past)
    assert not model.tells
    assert np.ptp(model.lost(np.full(9, DUE, np.int8), np.full(9, 45.0), np.linspace(0, 100, 9))) == pytest.approx(
        0, abs=1e-6
    )
    assert "the score tells nothing" in learned(past, (0, 0), SEED).sentence


def test_an_unknown_score_has_a_chance_of_its_own() -> None:
    past = planted()
    past = replace(past, risk=np.where(np.arange(len(past)) % 5 == 0, np.nan, past.risk))
    said = fit(past).lost(past.kind, past.wait, past.risk)
    blind = np.isnan(past.risk)
    assert np.isfinite(said).all()
    assert said[blind].mean() == pytest.approx(past.lost[blind].mean(), abs=0.05)


def test_the_mean_is_right_for_renewals() -> None:
    past = planted()
    due = past.renewals
    assert learned(past, (0, 0), SEED).renews(due.wait, due.risk).mean() == pytest.approx(1 - due.lost.mean(), abs=0.01)


def test_it_is_judged_on_later_renewals() -> None:
    found = calibrated(planted(), SEED)
    assert found is not None
    assert found.slope.low < 1 < found.slope.high
    assert calibrated(planted(rows=60), SEED) is None


@pytest.mark.parametrize(
    ("past", "why"),
    [
        (seen(np.full(40, 50.0), np.arange(40) < 20), "20 accounts left"),
        (seen(np.full(400, 50.0), np.arange(400) < 100, kind=NOT_DUE), "no renewal of the past"),
        (seen(np.full(45, 50.0), np.arange(45) < 40), "40 accounts did not renew and 5 did"),
        (seen(np.full(100, np.nan), np.arange(100) < 40), "no score"),
    ],
)
def test_too_little_is_said(past: Seen, why: str) -> None:
    assert why in str(too_little(past))
    found = learned(past, (0, 0), SEED)
    assert found.model is None
    assert why in found.sentence


def test_then_the_plain_rate_stands_in_with_its_interval() -> None:
    found = learned(seen(np.linspace(0, 100, 10), np.arange(10) < 2), (0, 0), SEED)
    assert (found.rate.value, round(found.rate.low, 4), round(found.rate.high, 4)) == (0.8, 0.4902, 0.9433)
    assert found.renews(np.array([3.0, 80.0]), np.array([5.0, np.nan])).tolist() == [0.8, 0.8]
    assert found.how == "rate"


def test_without_any_renewal_nothing_is_known() -> None:
    found = learned(seen(np.zeros(0), np.zeros(0)), (0, 0), SEED)
    assert found.how == "unknown"
    assert np.isnan(found.renews(np.array([3.0]), np.array([5.0]))).all()


@pytest.mark.parametrize(("notices", "chance"), [((0, 0), 0), ((3, 9), 0), ((3, 12), 0.25)])
def test_notices_are_taken_back_as_often_as_they_were(notices: tuple[int, int], chance: float) -> None:
    assert learned(planted(rows=200), notices, SEED).notice == chance
