"""What every way is given, and what it answers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.sizes import Size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sabai.definitions.model import Definitions
    from sabai.facts.landed import Facts

CORES = os.cpu_count() or 1
WEEKS = 52
LAST_MONDAY = 20_087  # 2024-12-30, the last Monday of the made facts
AS_OF = tuple(range(LAST_MONDAY - 7 * (WEEKS - 1), LAST_MONDAY + 1, 7))
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Answer:
    """`counted[metric]` has shape (accounts, dates) for the as-of `dates`; empty where nothing is to be compared.

    `rows`: facts that were read. `seconds`: set where a part was timed and scaled, which `note` then says.
    """

    rows: int
    counted: Mapping[str, NDArray[np.number[Any]]] = field(default_factory=dict)
    dates: Sequence[int] = AS_OF
    seconds: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Work:
    """`facts_folder` holds landed facts. Facts and definitions are read when first asked for: a scan needs neither."""

    facts_folder: Path
    events: int
    accounts: int

    @classmethod
    def of(cls, size: Size) -> Work:
        folder = cache() / f"{size.name}-{_making_of_facts()}"
        return cls(folder, size.events, size.accounts)

    @cached_property
    def facts(self) -> Facts:
        from benchmarks.made import make_facts

        return make_facts(self.facts_folder, self.events, self.accounts)

    @cached_property
    def definitions(self) -> Definitions:
        from sabai.definitions.reader import read_definitions

        return read_definitions(HERE / "sabai.yaml")

    @cached_property
    def event_definitions(self) -> Definitions:
        """The same definitions with metrics of events only."""
        from sabai.definitions.model import Basic

        metrics = self.definitions.metrics.items()
        of_events = {name: each for name, each in metrics if isinstance(each, Basic) and each.table == "events"}
        return replace(self.definitions, metrics=of_events)

    @property
    def events_file(self) -> Path:
        return self.facts_folder / "events.parquet"


def cache() -> Path:
    """Where made facts are kept: the folder named in SABAI_BENCH, else one in the user's cache."""
    return Path(os.environ.get("SABAI_BENCH") or Path.home() / ".cache" / "sabai-bench")


def _making_of_facts() -> str:
    """Changes whenever the code that makes or writes the facts does, so that stale ones are never measured."""
    facts = HERE.parent / "src" / "sabai" / "facts"
    sources = [*sorted((HERE / "made").glob("*.py")), facts / "catalogue.py", facts / "write.py"]
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:8]
