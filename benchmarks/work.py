"""What every way is given and what it answers; a scan needs no more, so nothing heavy is imported here."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.sizes import Size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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


@dataclass(frozen=True, slots=True)
class Work:
    """`facts_folder` holds landed facts: that many events of that many accounts, and what stands beside them."""

    facts_folder: Path
    events: int
    accounts: int

    @classmethod
    def of(cls, size: Size) -> Work:
        folder = cache() / f"{size.name}-{_making_of_facts()}"
        return cls(folder, size.events, size.accounts)

    def forget_older(self) -> None:
        """Removes facts of this size that older code has made; at 100 million events they are gigabytes."""
        size, _, _ = self.facts_folder.name.partition("-")
        for made in self.facts_folder.parent.glob(f"{size}-*"):
            if made != self.facts_folder:
                shutil.rmtree(made)

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
