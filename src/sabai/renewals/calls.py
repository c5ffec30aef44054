"""What owners themselves say of a renewal. A call stands beside the forecast and never enters it: both are judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sabai.dates import from_day


@dataclass(frozen=True, slots=True)
class Call:
    """`probability` that it renews, of whatever size."""

    account_id: str
    call: str
    probability: float
    who: str
    day: int


def last_before(calls: Iterable[Call], as_of: int) -> dict[str, Call]:
    """account_id -> the newest call dated before `as_of`; of one day the later line."""
    said = [call for call in calls if call.day < as_of]
    return {call.account_id: call for call in sorted(said, key=lambda call: call.day)}


def too_late(calls: Iterable[Call], as_of: int) -> Iterator[str]:
    """A sentence about those that cannot count yet."""
    later = sum(call.day >= as_of for call in calls)
    if later:
        yield f"{later:,} calls of {from_day(as_of)} or later are not read: nothing dated as-of or later is."
