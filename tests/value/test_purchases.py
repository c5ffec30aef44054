"""Purchases out of facts: by day, refunds and free ones apart, and nothing of the future."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sabai.value.purchases import buyers, buying
from tests.value.made import day, facts

AS_OF = day("2026-01-29")


def paid(account: str, on: str, minor: int | None, kind: str = "payment", **more: Any) -> dict[str, Any]:
    return {"account_id": account, "occurred_day": day(on), "base_minor": minor, "kind": kind, **more}


def test_one_day_is_one_purchase(tmp_path: Path) -> None:
    rows = [paid("A", "2026-01-01", 1000), paid("A", "2026-01-01", 500), paid("A", "2026-01-15", 2000)]
    found = buying(facts(tmp_path, payments=rows), AS_OF, 100)
    assert found.days.rows() == [("A", day("2026-01-01"), 15.0), ("A", day("2026-01-15"), 20.0)]
    seen = buyers(found.days, AS_OF)
    assert (seen.customers.repeats[0], seen.customers.last[0], seen.customers.age[0]) == (1, 2, 27 / 7)
    assert (seen.amounts.paid[0], seen.amounts.mean[0], seen.spent[0]) == (1, 20, 35)
    assert seen.amounts.mean[0] != 17.5  # the first purchase is not among the repeats


def test_refunds_free_and_unknown_amounts_are_counted_apart(tmp_path: Path) -> None:
    rows = [
        paid("A", "2026-01-01", 1000), paid("A", "2026-01-02", -400), paid("A", "2026-01-03", 300, "refund"),
        paid("A", "2026-01-04", 0), paid("A", "2026-01-05", None), paid("A", "2026-01-06", 700, "failed attempt"),
        paid("A", "2026-01-07", 5, "credit"), paid("A", "2026-01-08", None, "reminder"),
    ]  # fmt: skip
    found = buying(facts(tmp_path, payments=rows), AS_OF, 100)
    assert found.days["day"].to_list() == [day("2026-01-01"), day("2026-01-04")]
    assert (found.refunds, found.refunded, found.free, found.unknown) == (3, pytest.approx(7.05), 1, 1)
    assert len(list(found.notices)) == 3
    seen = buyers(found.days, AS_OF)
    assert (seen.customers.repeats[0], seen.amounts.paid[0]) == (1, 0)
    assert np.isnan(seen.amounts.mean[0])


def test_only_what_is_known_is_read(tmp_path: Path) -> None:
    rows = [
        paid("A", "2026-01-01", 1000), paid("A", "2026-01-29", 1), paid("A", "2026-01-10", 1, received_day=AS_OF),
        paid("A", "2026-01-11", 1, superseded_day=AS_OF - 3),
    ]  # fmt: skip
    assert buying(facts(tmp_path, payments=rows), AS_OF, 100).days.height == 1


def test_invoices_come_before_payments_and_events_with_a_value_last(tmp_path: Path) -> None:
    bill = {"account_id": "A", "issued_day": day("2026-01-01"), "base_minor": 900}
    event = {"account_id": "A", "occurred_day": day("2026-01-02"), "name": "bought", "value": 2.5, "quantity": 4.0}
    without = {"account_id": "A", "occurred_day": day("2026-01-03"), "name": "login", "value": None, "quantity": None}
    both = facts(tmp_path, invoices=[bill], events=[event, without])
    assert buying(both, AS_OF, 100).table == "invoices"
    (tmp_path / "invoices.parquet").unlink()
    assert buying(both, AS_OF, 100).days["amount"].to_list() == [2.5]
    assert buying(both, AS_OF, 100, times_quantity=True).days["amount"].to_list() == [10.0]
    assert buying(facts(tmp_path / ".", events=[without]), AS_OF, 100).table is None


def test_what_was_bought_later(tmp_path: Path) -> None:
    rows = [paid("A", "2026-01-01", 1000), paid("A", "2026-01-15", 2000), paid("A", "2026-01-20", 50)]
    found = buying(facts(tmp_path, payments=rows), AS_OF, 100)
    assert found.between(day("2026-01-15"), day("2026-01-20")).rows() == [("A", 1, 20.0)]
