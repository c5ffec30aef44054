"""What moves all renewals together: the mean stays, and past quarters say how strong it is."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.renewals.shock import nodes, shocked
from sabai.renewals.tau import PRIOR, Quarter, estimated


def test_without_solving_the_intercept_90_would_be_891() -> None:
    s, weight = nodes(0.5)
    assert float(weight @ (1 / (1 + np.exp(-np.log(9) - s)))) == pytest.approx(0.891, abs=5e-4)


@pytest.mark.parametrize("tau", [0.0, 0.05, 0.5, 2.0])
def test_the_mean_over_all_shocks_is_p(tau: float) -> None:
    p = np.array([0.0, 1e-6, 0.1, 0.5, 0.9, 0.999, 1.0])
    at_nodes = shocked(p, tau)
    assert at_nodes @ nodes(tau)[1] == pytest.approx(p, abs=1e-9)
    assert (np.ptp(at_nodes[[0, -1]], axis=1) == 0).all()
    assert (np.ptp(at_nodes[1:-1], axis=1) > 0).all() == bool(tau)


def _quarters(tau: float, count: int) -> list[Quarter]:
    rng, p = np.random.default_rng(4), np.full(200, 0.85)
    logits = np.log(p / (1 - p)) + rng.normal(0, tau, count)[:, None]
    return [Quarter(p, rng.random(200) < 1 / (1 + np.exp(-each))) for each in logits]


def test_tau_is_found_again() -> None:
    calm, stormy = estimated(_quarters(0.05, 16)), estimated(_quarters(1.0, 16))
    assert calm.tau < 0.25
    assert 0.7 < stormy.tau < 1.4
    assert stormy.low < stormy.tau < stormy.high


def test_without_a_past_it_is_the_prior() -> None:
    found = estimated([Quarter(np.zeros(0), np.zeros(0, np.bool_))])
    assert (found.tau, found.quarters) == (PRIOR, 0)
    assert found.low < 0.3
    assert found.high > 0.8


def test_one_quiet_quarter_moves_it_little() -> None:
    assert PRIOR / 2 < estimated(_quarters(0.0, 1)).tau < PRIOR * 1.1
