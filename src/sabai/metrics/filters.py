"""Filters without masks: every row gets a small code, its *kind*, and each metric says which kinds it wants.

A thousand names fold into as few kinds as the metrics can tell apart, so twenty filters cost one look-up a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sabai.definitions.model import Basic, Where
from sabai.metrics.conditions import COMPARE

Bools = NDArray[np.bool_]
Codes = NDArray[np.int32]


def matches(value: object, where: Where) -> bool:
    """Whether one cell passes a filter; an unknown cell passes only "unknown".

    >>> matches("login", Where("name", "in", ("login", "export"))), matches(None, Where("name", "not in", ("login",)))
    (True, False)
    >>> matches("12", Where("properties.rows", ">=", (10,))), matches("many", Where("properties.rows", ">=", (10,)))
    (True, False)
    """
    if value is None:
        return where.op == "unknown"
    if where.op in ("known", "unknown"):
        return where.op == "known"
    if where.op in ("in", "not in"):
        return _is_one_of(value, where.values) == (where.op == "in")
    number = _number(value)
    return number is not None and bool(COMPARE[where.op](number, float(where.values[0])))


def _is_one_of(value: object, values: Sequence[object]) -> bool:
    if isinstance(value, str):
        return value in {text for each in values for text in _texts(each)}
    number = _number(value)
    return any(number == _number(each) for each in values)


def _texts(value: object) -> tuple[str, ...]:
    """As files write it in a text column: 3 and not 3.0; yes and no in whatever letters the tool prefers."""
    if isinstance(value, bool):
        return (str(value), str(value).lower(), str(value).upper())
    return (str(int(value)) if isinstance(value, float) and value.is_integer() else str(value),)


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None


def filter_columns(metrics: Sequence[Basic]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(where.column for metric in metrics for where in metric.where))


def kinds(metrics: Sequence[Basic], columns: Mapping[str, pa.Array], rows: int) -> tuple[Codes, Bools]:
    """The kind of each row (empty: all alike) and, of shape (metrics, kinds), which kinds each metric wants."""
    codes = np.empty(0, dtype=np.int32)
    wanted = np.ones((len(metrics), 1), dtype=np.bool_)
    for column in filter_columns(metrics):
        asked = tuple(dict.fromkeys(where for metric in metrics for where in metric.where if where.column == column))
        patterns, truth = _patterns(columns.get(column), asked, rows)
        passes = np.array([[_passes(metric, asked, seen) for seen in truth] for metric in metrics])
        codes = patterns if not len(codes) else codes * np.int32(len(truth)) + patterns
        wanted = (wanted[:, :, None] & passes[:, None, :]).reshape(len(metrics), -1)
    return codes, wanted


def _passes(metric: Basic, asked: Sequence[Where], seen: Sequence[bool]) -> bool:
    return all(seen[asked.index(where)] for where in metric.where if where in asked)


def _patterns(column: pa.Array | None, asked: Sequence[Where], rows: int) -> tuple[Codes, list[tuple[bool, ...]]]:
    """For each row which of the `asked` filters it passes, as a code into the list of patterns that occur."""
    if column is None:
        return np.zeros(rows, dtype=np.int32), [tuple(matches(None, where) for where in asked)]
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    words = [*column.dictionary.to_pylist(), None]
    truth = [tuple(matches(word, where) for where in asked) for word in words]
    patterns = list(dict.fromkeys(truth))
    codes = np.array([patterns.index(seen) for seen in truth], dtype=np.int32)
    places = column.indices
    if places.null_count:
        places = pc.fill_null(places, len(words) - 1)
    return codes[places.to_numpy(zero_copy_only=False)], patterns
