"""A store, measured by Spark: one task for the accounts of one bucket, and no shuffle."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from socket import gethostname
from typing import Any, TypeVar

import pyarrow as pa

from sabai.cores import on_every_core
from sabai.definitions.model import Definitions
from sabai.engines.spark.pieces import SCHEMA, in_pieces, whole
from sabai.engines.spark.words import in_short
from sabai.errors import Issue, SabaiError, UsageError
from sabai.facts.catalogue import TABLES
from sabai.facts.landed import Facts
from sabai.facts.stored.facts import StoredFacts
from sabai.metrics.grid import Days, Grid
from sabai.metrics.ready import ascending, make_ready
from sabai.progress import Progress, quiet

T = TypeVar("T")

TASKS_FOR_A_CORE = 2
"""Buckets of a wave for each core: results of one wave come in while another one is measured."""
WAVES_AT_ONCE = 2
CORES_UNTOLD = 16
"""A Spark Connect server does not say how many cores it has."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Spark as an engine; `session` is a SparkSession, classic or of Spark Connect.

    Every worker must see the store under the same path, and have the same Sabai.
    """

    session: Any

    def each_run(
        self, facts: Facts, definitions: Definitions, as_of: Iterable[int], then: Callable[[Grid], T], *,
        progress: Progress = quiet,
    ) -> Iterator[T]:  # fmt: skip
        """What `then` makes of the grid of each bucket of accounts, in order; `then` is called by the worker.

        A task whose worker is lost is done again by another one. Few buckets are held here at a time. Raises UsageError
        ENG-004 where `facts` are not those of a store, SabaiError ENG-005 where Spark gives up, and ENG-007 where a
        worker does not see the store.
        """
        if not isinstance(facts, StoredFacts):
            raise UsageError(_not_divided(facts))
        parts, days, done = _buckets(facts), ascending(as_of), 0
        ask = partial(self._ask, definitions=definitions, days=days, then=then)
        for wave in on_every_core(ask, self._waves(parts), WAVES_AT_ONCE):
            for found in wave:
                done += 1
                progress("measuring", done, len(parts))
                yield found

    def _waves(self, parts: Sequence[StoredFacts]) -> Iterator[Sequence[StoredFacts]]:
        """So many buckets that no core waits, and no more; workers may come while others are at work."""
        first = 0
        while first < len(parts):
            size = TASKS_FOR_A_CORE * self._cores
            yield parts[first : first + size]
            first += size

    @property
    def _cores(self) -> int:
        try:
            return int(self.session.sparkContext.defaultParallelism)
        except Exception:  # a session of Spark Connect has no context
            return CORES_UNTOLD

    def _ask(
        self, wave: Sequence[StoredFacts], definitions: Definitions, days: Days, then: Callable[[Grid], T]
    ) -> list[T]:
        work = partial(_work, wave=wave, definitions=definitions, days=days, then=then)
        places = self.session.range(0, len(wave), 1, len(wave))
        try:
            told = places.mapInArrow(work, SCHEMA).toArrow()
        except Exception as error:  # of py4j, gRPC or Spark, whichever saw it first
            raise SabaiError(_gave_up(error)) from error
        return [_answer(pickle.loads(each)) for each in whole(told)]


@dataclass(frozen=True, slots=True)
class _Refused:
    """What a worker found wrong with facts or definitions: an answer, not a failure that Spark would try again."""

    kind: type[SabaiError]
    issues: tuple[Issue, ...]


def _buckets(facts: StoredFacts) -> list[StoredFacts]:
    """The facts of each bucket that has accounts; a worker has another working directory than we have."""
    folder, ends = facts.folder.resolve(), enumerate(pairwise(map(int, facts.edges)))
    return [
        replace(facts, folder=folder, account_ids=facts.account_ids[first:last], bucket=bucket, shelves={}, opened={})
        for bucket, (first, last) in ends
        if first < last
    ]


def _work(
    batches: Iterable[pa.RecordBatch],
    wave: Sequence[StoredFacts],
    definitions: Definitions,
    days: Days,
    then: Callable[[Grid], object],
) -> Iterator[pa.RecordBatch]:
    """Runs in a worker: measures the buckets of the wave whose places come in."""
    for batch in batches:
        for place in batch.column(0).to_pylist():
            yield from in_pieces(place, pickle.dumps(_measured(wave[place], definitions, days, then), protocol=5))


def _measured(facts: StoredFacts, definitions: Definitions, days: Days, then: Callable[[Grid], object]) -> object:
    try:
        if _is_hidden(facts):
            raise SabaiError(_not_there(facts))
        return then(make_ready(facts, definitions, days).measure_all())
    except SabaiError as error:
        return _Refused(type(error), error.issues)


def _is_hidden(facts: StoredFacts) -> bool:
    """Whether a table that the log knows is not there: for this machine it would just have no rows."""
    return not all(facts.has(table) for table, version in facts.versions.items() if table in TABLES and version >= 0)


def _answer(found: Any) -> Any:
    if isinstance(found, _Refused):
        raise found.kind(*found.issues)
    return found


def _not_divided(facts: Facts) -> Issue:
    return Issue(
        "ENG-004",
        "The Spark engine reads a store, and this is none.",
        str(facts.folder),
        "A task takes the accounts of one bucket; only a store is divided into buckets.",
        "Run  sabai land EXPORTS --store STORE  and score that, or leave out --engine spark.",
    )


def _gave_up(error: Exception) -> Issue:
    return Issue(
        "ENG-005",
        f"Spark gave up: {in_short(error)}",
        "",
        "A task failed again and again; nothing was written.",
        "Every worker must have the same Sabai as here, and memory enough for a bucket.",
    )


def _not_there(facts: StoredFacts) -> Issue:
    return Issue(
        "ENG-007",
        f"The Spark worker on {gethostname()} does not see the store.",
        str(facts.folder),
        "Facts that are not seen would count as if nothing had happened.",
        "Put the store where every worker has it under the same path.",
    )
