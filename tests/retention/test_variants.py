"""As other tools say it: each figure from the same movements, and why it differs from ours."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.retention.movements import movements
from sabai.retention.periods import Periods
from sabai.retention.rates import Rates, rates
from sabai.retention.variants import as_others_say
from tests.proof.twins import Case, twins

SPAN = Periods("span", np.array([10, 41], dtype=np.int32))
START, END = [50, 80, 600, 270, 0, 0, 0], [0, 50, 720, 270, 200, 60, 0]
FIRST = [0, 0, 0, 0, 10, 0, 10]  # the sixth had paid before: it comes back


def whole(start: list[int] = START, end: list[int] = END) -> Rates:
    monthly = np.array([start, end], dtype=np.int64).T
    return rates(movements(monthly, np.array(FIRST, dtype=np.int32), SPAN), draws=0)[0]


def said(tool: str, figure: str, of: Rates | None = None, due: Rates | None = None) -> float | None:
    [value] = [each.value for each in as_others_say(of or whole(), due) if (each.tool, each.figure) == (tool, figure)]
    return value


def due() -> Rates:
    """Only those of 50 and of 600 were due."""
    return whole([50, 0, 600, 0, 0, 0, 0], [0, 0, 720, 0, 0, 0, 0])


GOLDEN: list[Case] = [
    ("sabai gross", lambda: said("sabai", "gross revenue retention") or 0, 0.92, 0.95),
    ("sabai net", lambda: said("sabai", "net revenue retention") or 0, 1.04, 1.10),
    ("chartmogul gross", lambda: said("chartmogul", "gross MRR churn rate") or 0, 0.08, 0.05),
    ("chartmogul nets who came back", lambda: said("chartmogul", "net MRR churn rate") or 0, -0.10, -0.04),
    ("baremetrics leaves out contraction", lambda: said("baremetrics", "net revenue retention") or 0, 1.07, 1.04),
    ("over renewals due", lambda: said("renewals", "gross renewal rate", due=due()) or 0, 600 / 650, 0.92),
]


@pytest.mark.parametrize(("measured", "value"), twins(GOLDEN))
def test_golden(measured: object, value: float) -> None:
    assert measured() == pytest.approx(value, abs=1e-12)


def test_ours_are_those_of_the_page_also_with_credits() -> None:
    """An amount below nothing at the start is not part of what could stay."""
    credits_too = whole([100, -40, 0, 0, 0, 0, 0], [90, 0, 0, 0, 0, 0, 0])
    assert said("sabai", "gross revenue retention", credits_too) == credits_too.gross.value == 0.9
    assert said("sabai", "net revenue retention", credits_too) == credits_too.net.value == 0.9


def test_without_terms_nothing_was_due() -> None:
    assert "renewals" not in {each.tool for each in as_others_say(whole(), None)}


def test_nothing_at_the_start_is_unknown() -> None:
    nothing = whole([0] * 7)
    assert {each.value for each in as_others_say(nothing, nothing)} == {None}


def test_each_says_how_and_why() -> None:
    for each in as_others_say(whole(), due()):
        assert "start" in each.formula
        assert each.why.endswith(".")
