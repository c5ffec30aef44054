"""Things that are of no account, such as rates: a store reads their versions like those of any other."""

from __future__ import annotations

from pathlib import Path

from sabai.facts.stored.store import stored
from tests.facts.conftest import same, source
from tests.facts.stored.bench import Growing, meaning

RATES = meaning(source("rates", "rates.csv", same("day_on", "currency", "rate")), currency="THB")


def test_rates_are_read(tmp_path: Path) -> None:
    store = Growing(tmp_path, RATES)
    data = tmp_path / "exports"
    data.mkdir()
    (data / "rates.csv").write_text("day_on,currency,rate\n2024-01-01,USD,34\n2024-02-01,USD,36\n")
    store.again(data)
    rates = stored(RATES, store.store).scan("rates").sort("day_on").collect()
    assert rates["rate"].to_list() == [34.0, 36.0]
    assert "superseded_day" in rates.columns
