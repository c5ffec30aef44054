"""The fast engine gives the same bits as the slow one that says what a metric means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.engines import local, reference
from tests.metrics.engines import assert_same
from tests.metrics.histories import SHRINKING, as_of_dates, definitions, histories, landed
from tests.tries import tries


@tries(10, phases=SHRINKING)
@given(st.data())
def test_local_agrees_with_the_reference(data: st.DataObject) -> None:
    agree(data)


@pytest.mark.long
@tries(500, 5_000, phases=SHRINKING)
@given(st.data())
def test_local_agrees_with_the_reference_on_thousands(data: st.DataObject) -> None:
    agree(data)


def agree(data: st.DataObject) -> None:
    history = data.draw(histories())
    meaning, as_of = data.draw(definitions(history)), data.draw(as_of_dates)
    with landed(history) as facts:
        assert_same(reference.measure(facts, meaning, as_of), local.measure(facts, meaning, as_of))
