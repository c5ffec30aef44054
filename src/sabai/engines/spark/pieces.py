"""Results on their way through Spark: bytes in pieces, since Java holds each of them several times."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

LARGEST = 8 << 20
SCHEMA = "place long, piece int, told binary"
_ARROW = pa.schema([("place", pa.int64()), ("piece", pa.int32()), ("told", pa.binary())])  # what SCHEMA is in Arrow


def in_pieces(place: int, told: bytes) -> Iterator[pa.RecordBatch]:
    """
    >>> [batch.num_rows for batch in in_pieces(3, bytes(LARGEST + 1))]
    [1, 1]
    """
    for piece, first in enumerate(range(0, len(told), LARGEST)):
        yield pa.RecordBatch.from_pydict(
            {"place": [place], "piece": [piece], "told": [told[first : first + LARGEST]]}, schema=_ARROW
        )


def whole(pieces: pa.Table) -> list[bytes]:
    """What was told at each place, in the order of places, in whatever order the pieces came.

    >>> whole(pa.table({"place": [1, 0, 1], "piece": [1, 0, 0], "told": [b"c", b"a", b"b"]}))
    [b'a', b'bc']
    """
    ordered = pieces.sort_by([("place", "ascending"), ("piece", "ascending")])
    found: dict[int, list[bytes]] = {}
    for place, told in zip(ordered["place"].to_pylist(), ordered["told"].to_pylist(), strict=True):
        found.setdefault(place, []).append(told)
    return [b"".join(each) for each in found.values()]
