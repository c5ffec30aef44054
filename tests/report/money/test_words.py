"""So many days, weeks and months: each language has its own forms, and Arabic six."""

from __future__ import annotations

import pytest

from sabai.language.language import speak
from sabai.report.money.words import Unit, how_long


@pytest.mark.parametrize(
    ("unit", "few", "many"), [("day", "أيام", "يومًا"), ("week", "أسابيع", "أسبوعًا"), ("month", "أشهر", "شهرًا")]
)
def test_arabic_says_few_and_many_in_other_forms(unit: Unit, few: str, many: str) -> None:
    arabic = speak("ar")
    said = [how_long(num, unit, arabic) for num in (1, 2, 3, 11, 100)]
    assert few in said[2]
    assert many in said[3]
    assert many not in said[4]


@pytest.mark.parametrize(("code", "one", "span"), [("en", "1 month", "4–6 months"), ("ja", "1か月", "4–6か月")])
def test_a_span_stands_where_the_number_would(code: str, one: str, span: str) -> None:
    assert how_long(1, "month", speak(code)) == one
    assert how_long(6, "month", speak(code), "4–6") == span
