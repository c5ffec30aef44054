"""One landing: the tables in the order in which they need each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import polars as pl

from sabai.dates import ALWAYS
from sabai.definitions.model import Definitions, Source
from sabai.errors import FactsError, Issue
from sabai.facts import accounts, derive
from sabai.facts.aside import Check, sift, together
from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.codes import ERASED
from sabai.facts.collected import FirstDays
from sabai.facts.duplicates import with_key
from sabai.facts.files import Found
from sabai.facts.identities import resolved
from sabai.facts.incoming import Inbox, Incoming, incoming
from sabai.facts.landed import Tally
from sabai.facts.rejects import with_raw
from sabai.facts.settled import Settled
from sabai.progress import Progress

ORDER = ("rates", "identities", "accounts", "contacts", "invoices")
"""Tables that others look into come first, accounts last if they must be gathered from the others."""

GATHERED = ""
"""The source of accounts that nobody listed, and that facts named."""

_IDENTITIES = {
    "source_name": pl.String,
    "source_id": pl.String,
    "account_id": pl.String,
    "contact_id": pl.String,
    "from_day": pl.Int32,
    "until_day": pl.Int32,
}


class Shelves(Protocol):
    """Where the facts of a landing go: into an empty folder, or beside all that a store has."""

    def known(self, table: FactTable) -> pl.DataFrame | None:
        """The newest version of everything in a table that others look into; None where there is nothing."""

    def settle(self, rows: pl.DataFrame, table: FactTable) -> Settled:
        """What of `rows` is new."""

    def keep(self, rows: pl.DataFrame, table: FactTable) -> list[str]:
        """Writes them; the accounts that they name."""


@dataclass(frozen=True, slots=True)
class Landed:
    """What came of a landing besides the facts; `first_days` says from which day on each source is known."""

    tallies: tuple[Tally, ...]
    first_days: FirstDays
    rejects: pl.DataFrame


class Landing:
    def __init__(
        self, definitions: Definitions, inbox: Inbox, shelves: Shelves, *, progress: Progress, strict: bool
    ) -> None:
        self._definitions, self._inbox, self._shelves, self._strict = definitions, inbox, shelves, strict
        self._progress, self._done, self._total = progress, 0, sum(map(len, inbox.found.values()))
        self._aside: list[pl.DataFrame] = []
        self._tallies: list[Tally] = []
        self._first_days: FirstDays = {}
        self._seen: set[str] = set()  # accounts
        self._looked_into: dict[str, pl.DataFrame] = {}

    def run(self) -> Landed:
        for name in ORDER:
            self._look_into(TABLES[name])
        mapped = {source.table for source in self._definitions.sources.values()}
        for name in sorted(mapped, key=lambda each: (ORDER.index(each) if each in ORDER else len(ORDER), each)):
            self._land(TABLES[name])
        if self._accounts is None:
            self._gather_accounts()
        return Landed(tuple(self._tallies), self._first_days, with_raw(together(self._aside), self._inbox))

    def _land(self, table: FactTable) -> None:
        came = incoming(self._inbox, table, self._resolve, self._started)
        if not came.rows:
            return
        rows = self._with_accounts(pl.concat(came.rows, how="diagonal_relaxed", rechunk=True))
        came.rows.clear()
        rows = self._sifted(came, rows, table, list(accounts.checks(rows, table, self._accounts)))
        rows = derive.derived(rows, table, self._rates(), self._definitions.workspace.currency, "_day")
        rows = with_key(self._sifted(came, rows, table, _without_rate(rows, table)), table)
        new = self._shelves.settle(rows, table)
        came.aside.append(new.conflicts)
        self._finish(table, came, new)

    def _finish(self, table: FactTable, came: Incoming, new: Settled) -> None:
        set_aside = together(came.aside)
        tally = _tally(table, came.rows_in, new, set_aside)
        assert tally.holds, tally
        if self._strict:
            _refuse_rejects(set_aside)
        self._tallies.append(tally)
        self._aside.append(set_aside)
        self._seen.update(self._shelves.keep(new.rows, table))
        self._remember(table, new.rows)

    @property
    def _accounts(self) -> pl.DataFrame | None:
        """The accounts that somebody listed; those that were only gathered from facts keep nobody waiting."""
        known = self._looked_into.get("accounts")
        return None if known is None or not known.filter(pl.col("source") != GATHERED).height else known

    def _sifted(self, came: Incoming, rows: pl.DataFrame, table: FactTable, checks: list[Check]) -> pl.DataFrame:
        kept, set_aside = sift(table.name, rows, checks)
        came.aside.append(set_aside)
        return kept

    def _with_accounts(self, rows: pl.DataFrame) -> pl.DataFrame:
        for table, name in (("contacts", "contact_id"), ("invoices", "invoice_id")):
            if table in self._looked_into:
                rows = accounts.by_other(rows, name, self._looked_into[table])
        return accounts.spelled_as_known(rows, self._looked_into.get("accounts"))

    def _resolve(self, rows: pl.DataFrame, source: Source) -> pl.DataFrame:
        return resolved(rows, source, self._looked_into.get("identities", pl.DataFrame(schema=_IDENTITIES)))

    def _rates(self) -> pl.DataFrame:
        empty = pl.DataFrame(schema={"day": pl.Int32, "currency": pl.String, "rate": pl.Float64})
        return self._looked_into.get("rates", empty)

    def _remember(self, table: FactTable, rows: pl.DataFrame) -> None:
        """What later tables look into, and from when each source is known."""
        dated = rows.lazy().filter(pl.col("received_day") != ALWAYS).group_by("source")
        first = dated.agg(pl.max_horizontal("_day", "received_day").min().alias("first")).sort("source").collect()
        if first.height:
            self._first_days[table.name] = dict(first.iter_rows())
        if table.name in ORDER:
            self._look_into(table)

    def _look_into(self, table: FactTable) -> None:
        newest = self._shelves.known(table)
        if newest is not None:
            self._looked_into[table.name] = _looked_into(table, newest)

    def _gather_accounts(self) -> None:
        """Without a table of accounts, everybody whom a fact names is one; nobody knows since when."""
        known = self._looked_into.get("accounts")
        new = self._seen if known is None else self._seen.difference(known["account_id"])
        if known is not None and not new:
            return
        rows = pl.DataFrame({"account_id": sorted(new)}, schema={"account_id": pl.String}).with_columns(
            pl.lit(GATHERED).alias("source"),
            pl.col("account_id").alias("key"),
            pl.lit(None, dtype=pl.Datetime("us", "UTC")).alias("received_at"),
            pl.lit(True).alias("received_assumed"),
            pl.lit(ALWAYS, dtype=pl.Int32).alias("received_day"),
            pl.lit(False).alias("_every"),
        )
        self._shelves.keep(self._shelves.settle(rows, TABLES["accounts"]).rows, TABLES["accounts"])

    def _started(self, file: Found) -> None:
        self._progress(f"reading {file.name}", self._done, self._total)
        self._done += 1


def _without_rate(rows: pl.DataFrame, table: FactTable) -> list[Check]:
    if "_rate" not in rows.columns:
        return []
    return [Check("currency", "FCT-110", rows["_rate"].is_null(), rows["currency"])]


def _looked_into(table: FactTable, newest: pl.DataFrame) -> pl.DataFrame:
    if table.name == "rates":
        return newest.select(pl.col("day_day").alias("day"), "currency", "rate")
    if table.name == "identities":
        until = pl.col("until_on").cast(pl.Int32) if "until_on" in newest.columns else pl.lit(None, dtype=pl.Int32)
        newest = newest.with_columns(until.alias("until_day"))
        missing = [name for name in _IDENTITIES if name not in newest.columns]
        newest = newest.with_columns(pl.lit(None, dtype=_IDENTITIES[name]).alias(name) for name in missing)
        return newest.select(*_IDENTITIES)
    told = ("account_id", "contact_id", "invoice_id", "source")
    return newest.select(name for name in told if name in newest.columns)


def _tally(table: FactTable, rows_in: int, settled: Settled, set_aside: pl.DataFrame) -> Tally:
    fates = dict(set_aside.group_by("fate").len().iter_rows())
    share = settled.rows["received_assumed"].mean()
    return Tally(
        table.name,
        rows_in,
        settled.facts,
        settled.versions,
        settled.duplicates,
        fates.get("conflict", 0),
        fates.get("waiting", 0),
        fates.get("reject", 0),
        float(share) if isinstance(share, float) else 0.0,
    )


def _refuse_rejects(set_aside: pl.DataFrame) -> None:
    first = set_aside.filter(pl.col("fate") == "reject", pl.col("code") != ERASED).head(1)
    for row in first.iter_rows(named=True):
        what = f"Row {row['_row']} for {row['table']} breaks its contract: {row['field']} is {row['value']}."
        raise FactsError(Issue(row["code"], what, row["table"], "With --strict no row may be set aside.", row["hint"]))
