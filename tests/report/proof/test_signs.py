"""Intervals with signs, as they stand in text that runs right to left."""

from __future__ import annotations

from sabai.intervals import Interval
from sabai.language.language import speak
from sabai.report.proof.told import Written


def test_a_sign_turns_nothing_but_its_own_number() -> None:
    """Each end is kept apart, so that the lower one is read first in Arabic as it is without signs."""
    said = Written(speak("ar")).plain(Interval(-0.547, -1.278, 0.378))
    assert said == "\u2066\u200e-0.547\u2069 (\u2066\u200e-1.278\u2069–0.378)"


def test_nothing_is_added_where_no_mark_stands() -> None:
    assert Written(speak("en")).plain(Interval(-0.547, -1.278, 0.378)) == "-0.547 (-1.278–0.378)"
    assert Written(speak("ar")).plain(Interval(0.766, 0.699, 0.833)) == "0.766 (0.699–0.833)"
