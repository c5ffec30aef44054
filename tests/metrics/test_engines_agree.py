"""The fast engine gives the same bits as the slow one that says what a metric means."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sabai.engines import local, reference
from tests.metrics.engines import assert_same
from tests.metrics.histories import EXAMPLES, as_of_dates, definitions, histories, landed


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_local_agrees_with_the_reference(data: st.DataObject) -> None:
    history = data.draw(histories())
    meaning = data.draw(definitions(history))
    as_of = data.draw(as_of_dates)
    with landed(history) as facts:
        assert_same(reference.measure(facts, meaning, as_of), local.measure(facts, meaning, as_of))
