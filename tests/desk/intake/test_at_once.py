"""One look at all messages of a request sees what looking at each of them sees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.intake.at_once import all_good
from sabai.desk.intake.checking import Item, checked
from sabai.desk.intake.refusals import Refusal
from tests.desk.intake.conftest import track
from tests.tries import tries

NOW = datetime(2026, 6, 29, 12, tzinfo=UTC)
NAMES = st.sampled_from([None, "", " ", 0, 7, "u-1", "x" * 301])
TIMES = st.sampled_from(
    [None, "2026-06-01T10:00:00Z", "2026-06-01T10:00:00", "2026-07-01T00:00:00+14:00", "1969-12-31T23:59:59Z",
     "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "soon"]
)  # fmt: skip
INSIDE = st.sampled_from([{}, {"a": "\0"}, {"a": "\\u0000"}, {"a": [[[]]] * 40}, {"a": "{" * 40}, {"a": "x" * 33_000}])
KINDS = ["track", "identify", "group", "page", "screen", "alias", "shrug", ""]
ODD = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(KINDS), "messageId": st.sampled_from([None, "", "m"]), "userId": NAMES,
        "anonymousId": NAMES, "groupId": NAMES, "previousId": NAMES, "event": NAMES, "timestamp": TIMES,
        "originalTimestamp": TIMES, "properties": INSIDE,
    },
)  # fmt: skip


@tries(50)
@given(odd=st.lists(ODD, min_size=1, max_size=2), sent=st.sampled_from([None, NOW, NOW + timedelta(days=3650)]))
def test_law_what_is_good_at_once_is_good_one_by_one(odd: list[dict[str, Any]], sent: datetime | None) -> None:
    raws = [msgspec.json.encode(track(number, **known)) for number, known in enumerate([*odd, {}])]
    items = all_good(raws, sent, NOW)
    assert items is None or items == [_one_by_one(index, raw, sent) for index, raw in enumerate(raws)]


def _one_by_one(index: int, raw: bytes, sent: datetime | None) -> Item | str:
    try:
        return checked(index, raw, sent, NOW)
    except Refusal as why:
        return why.issue.code


@pytest.mark.parametrize("kind", KINDS[:6])
def test_what_everybody_sends_needs_no_second_look(kind: str) -> None:
    known = {"type": kind, "groupId": "A-1", "previousId": "x", "timestamp": "2026-06-01T10:00:00Z"}
    raws = [msgspec.json.encode(track(number, **known, properties={"plan": "pro"})) for number in range(3)]
    assert all_good(raws, NOW, NOW) == [Item(number, f"m-{number}", raw) for number, raw in enumerate(raws)]


@pytest.mark.parametrize("raw", [b"{", b'{"a":NaN}', b'{"properties":{"a":"\\ud800"}}', b"[" * 5_000 + b"]" * 5_000])
def test_what_is_no_json_needs_a_second_look(raw: bytes) -> None:
    assert all_good([msgspec.json.encode(track(1)), raw], None, NOW) is None
