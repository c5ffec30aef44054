"""The events of one run of accounts, each with who did it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sabai.dates import NEVER
from sabai.definitions.model import Basic
from sabai.facts.runs import Batch
from sabai.metrics.filters import kinds
from sabai.metrics.grid import Days
from sabai.retention.cohorts.seen import Flags

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """`unit` says who did each, on which `day`, and whether it `counts`. `account` of shape (units,) says to whom each
    unit belongs, counted from the first account of the run. In order of account, then time."""

    unit: Codes
    day: Days
    counts: Flags
    account: Codes
    action: pa.DictionaryArray | None = None  # what was done

    def first_days(self) -> Days:
        """The day on which each unit first did something that counts; NEVER for whoever never did. Shape (units,)."""
        first = np.full(len(self.account), NEVER, dtype=np.int32)
        np.minimum.at(first, self.unit[self.counts], self.day[self.counts])
        return first

    def first_actions(self) -> tuple[tuple[str, ...], Codes]:
        """What each unit did first, whether it counts or not; the last name is empty, for whoever did nothing."""
        if self.action is None:
            return ("",), np.zeros(len(self.account), dtype=np.int64)
        names = (*(word or "" for word in self.action.dictionary.to_pylist()), "")
        done = _codes(self.action, len(names) - 1)
        first = np.full(len(self.account), len(done), dtype=np.int64)
        np.minimum.at(first, self.unit, np.arange(len(done)))
        return names, np.append(done, len(names) - 1)[first]

    def active_days(self) -> tuple[Codes, Days]:
        """Each unit and day on which it did something that counts; neighbours that say the same are one."""
        unit, day = self.unit[self.counts], self.day[self.counts]
        new = np.ones(len(unit), dtype=np.bool_)
        new[1:] = (unit[1:] != unit[:-1]) | (day[1:] != day[:-1])
        return unit[new], day[new]


def rows_of(batch: Batch, counted: Basic, customers: Flags, until: int, *, contacts: bool = False) -> Rows:
    """What `customers`, of the run's accounts, did and was known of it before the day `until`."""
    columns, offsets = batch
    account = np.repeat(np.arange(len(customers), dtype=np.int64), np.diff(offsets))
    day, received = (_days(columns[name]) for name in ("occurred_day", "received_day"))
    kept = (day < until) & (received < until) & customers[account]
    whose = np.arange(len(customers), dtype=np.int64)
    unit = account
    if contacts:
        kept &= _known(columns, "contact_id", len(day))
        unit, whose = _by_contact(columns, account, kept)
    action = columns.get("name")
    return Rows(
        unit[kept],
        day[kept],
        _passing(columns, counted, len(day))[kept],
        whose,
        None if action is None else _as_codes(action).filter(pa.array(kept)),
    )


def _by_contact(columns: Mapping[str, pa.Array], account: Codes, kept: Flags) -> tuple[Codes, Codes]:
    """The unit of each row (0 where it is not kept), and the account of each unit."""
    unit = np.zeros(len(account), dtype=np.int64)
    if not kept.any():
        return unit, np.zeros(0, dtype=np.int64)
    codes, mine = _codes(_as_codes(columns["contact_id"]), 0)[kept], account[kept]
    whose = np.full(codes.max() + 1, -1, dtype=np.int64)
    whose[codes] = mine
    if np.array_equal(whose[codes], mine):  # a contact belongs to one account, as it mostly does
        place = np.cumsum(whose >= 0) - 1
        unit[kept] = place[codes]
        return unit, whose[whose >= 0]
    found, unit[kept] = np.unique(mine << 32 | codes, return_inverse=True)
    return unit, found >> 32


def _passing(columns: Mapping[str, pa.Array], counted: Basic, rows: int) -> Flags:
    codes, wanted = kinds([counted], columns, rows)
    return wanted[0][codes] if len(codes) else np.full(rows, wanted[0, 0])


def _known(columns: Mapping[str, pa.Array], name: str, rows: int) -> Flags:
    return np.asarray(columns[name].is_valid()) if name in columns else np.zeros(rows, dtype=np.bool_)


def _as_codes(column: pa.Array) -> pa.DictionaryArray:
    return column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)


def _codes(column: pa.DictionaryArray, unknown: int) -> Codes:
    indices = column.indices
    return np.asarray(pc.fill_null(indices, unknown) if indices.null_count else indices, dtype=np.int64)


def _days(column: pa.Array) -> Days:
    return np.asarray(pc.fill_null(column, NEVER) if column.null_count else column, dtype=np.int32)
