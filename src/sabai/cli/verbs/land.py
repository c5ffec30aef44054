"""`sabai land`: add exports to a store of facts that stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import STORE, data_argument, definitions_option, place
from sabai.cli.verbs.facts import table
from sabai.cli.waiting import waiting
from sabai.cli.when import now
from sabai.store.objects.copies import spoken

if TYPE_CHECKING:
    from sabai.facts.stored.store import Added


@verb
@data_argument
@definitions_option
@click.option(
    "--store", type=STORE, envvar="SABAI_STORE", default="sabai-store", show_default=True,
    help="Folder of the store, or its address in an object store; also the variable SABAI_STORE.",
)  # fmt: skip
@click.option(
    "--buckets", type=click.IntRange(1, 4096), default=16, show_default=True,
    help="Into how many parts a new store divides its accounts: about one for each million facts.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Stop at the first row that breaks its contract, or damaged file.")
@click.option("--mend", is_flag=True, help="First set damaged files of the store aside; land all exports with it.")
def land(data: Path, definitions: Path | None, store: Path, buckets: int, strict: bool, mend: bool) -> Answer:
    """Add exports to a store; what it has already adds nothing.

    \b
        sabai land exports --store store
        sabai score store --definitions sabai.yaml
        sabai land exports --store s3://bucket/store

    rows in = facts + versions + duplicates + conflicts + waiting + rejects

    A damaged file is set aside, everything else lands, and the exit code is 1.
    """
    from sabai.facts.stored import mend as damaged
    from sabai.facts.stored.store import Stops, land_into
    from sabai.facts.unread import told

    here = place(data, definitions, store)
    waits = partial(click.echo, f"Somebody else lands into {spoken(store)}; waiting.", err=True)
    with waiting() as progress:
        aside = damaged.mend(store, now(), waits) if mend else ()
        landed = land_into(
            here.definitions(), here.data, store, now(), buckets=buckets, progress=progress, waits=waits,
            stops=Stops.AT_A_BAD_ROW if strict else Stops.NEVER,
        )  # fmt: skip
    said = {
        "store": spoken(store),
        "landing": landed.number,
        "tallies": landed.tallies,
        "retried": dict(landed.retried),
        "set_aside": [*aside, *landed.unread],
    }
    issues = (*landed.issues, *told(landed.unread, str(here.data)), *damaged.missing(store))
    return Answer(said, _text(landed, store), issues, exit_code=1 if said["set_aside"] else 0)


def _text(landed: Added, store: Path) -> str:
    if not landed.tallies and not landed.unread:
        return f"Nothing new: just these files were landed into {spoken(store)} before."
    return "\n".join([table(landed.tallies), *_retried(landed.retried)])


def _retried(counts: Mapping[str, int]) -> Iterator[str]:
    if counts:
        named = ", ".join(f"{count:,} of {table}" for table, count in counts.items())
        yield f"Among the rows in are those that had waited for their account: {named}."
