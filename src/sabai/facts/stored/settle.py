"""Which happenings of a landing are new to the store: the same again is a duplicate, and another word on one that is
known is a conflict."""

from __future__ import annotations

import numpy as np
import polars as pl

from sabai.facts.aside import aside
from sabai.facts.catalogue import FactTable
from sabai.facts.settled import Settled, settled
from sabai.facts.stored.keys import Hashes, Keys, hashes


def settled_happenings(rows: pl.DataFrame, table: FactTable, keys: Keys) -> tuple[Settled, Hashes]:
    """What is new, and its hashes."""
    came = settled(rows, table)
    asked = hashes(came.rows, table)
    known, same = keys.known(asked)
    if not known.any():
        return came, asked
    other = came.rows.filter(known & ~same)
    conflicts = pl.concat([came.conflicts, aside(table.name, other, "key", "FCT-120", other["key"])])
    new = came.rows.filter(~known)
    return Settled(new, new.height, 0, came.duplicates + int(same.sum()), conflicts), np.asarray(asked[:, ~known])
