"""One landing: the tables in the order in which they need each other."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from sabai.dates import ALWAYS, to_day
from sabai.definitions.model import Definitions, Source
from sabai.errors import FactsError, Issue
from sabai.facts import accounts, derive
from sabai.facts.aside import Check, nothing, sift, together
from sabai.facts.catalogue import TABLES, FactTable
from sabai.facts.days import with_days
from sabai.facts.dues import dues
from sabai.facts.duplicates import with_key, without_repeats
from sabai.facts.files import Found
from sabai.facts.identities import resolved
from sabai.facts.incoming import Inbox, Incoming, incoming
from sabai.facts.landed import Facts, Tally
from sabai.facts.rejects import with_raw
from sabai.facts.versions import Versioned, versioned
from sabai.facts.write import write
from sabai.progress import Progress

ORDER = ("rates", "identities", "accounts", "contacts", "invoices")
"""Tables that others look into come first, accounts last if they must be gathered from the others."""

_IDENTITIES = {
    "source_name": pl.String,
    "source_id": pl.String,
    "account_id": pl.String,
    "contact_id": pl.String,
    "from_day": pl.Int32,
    "until_day": pl.Int32,
}


class Landing:
    def __init__(
        self,
        definitions: Definitions,
        found: dict[str, list[Found]],
        joined: dict[str, Found],
        folder: Path,
        progress: Progress,
        strict: bool,
    ) -> None:
        scratch = folder / "unpacked"
        scratch.mkdir()
        self._definitions, self._folder, self._strict = definitions, folder, strict
        self._inbox = Inbox(definitions, found, joined, scratch)
        self._progress, self._done, self._total = progress, 0, sum(map(len, found.values()))
        self._aside: list[pl.DataFrame] = []
        self._tallies: list[Tally] = []
        self._first_days: dict[str, dict[str, int | None]] = {}
        self._seen_ids: list[pl.Series] = []
        self._looked_into: dict[str, pl.DataFrame] = {}

    def run(self, issues: tuple[Issue, ...]) -> Facts:
        mapped = {source.table for source in self._definitions.sources.values()}
        for name in sorted(mapped, key=lambda each: (ORDER.index(each) if each in ORDER else len(ORDER), each)):
            self._land(TABLES[name])
        if "invoices" in self._looked_into:
            self._land_dues()
        if "accounts" not in self._looked_into:
            self._gather_accounts()
        rejects = with_raw(together(self._aside), self._inbox)
        rejects.write_parquet(self._folder / "rejects.parquet")
        self._inbox.clear()
        return Facts(self._folder, (), tuple(self._tallies), self._first_days, issues)

    def _land(self, table: FactTable) -> None:
        came = incoming(self._inbox, table, self._resolve, self._started)
        if not came.rows:
            return
        rows = self._with_accounts(pl.concat(came.rows, how="diagonal_relaxed"))
        came.rows.clear()
        rows = self._sifted(came, rows, table, list(accounts.checks(rows, table, self._looked_into.get("accounts"))))
        rows = derive.derived(rows, table, self._rates(), self._definitions.workspace.currency, "_day")
        rows = with_key(self._sifted(came, rows, table, _without_rate(rows, table)), table)
        conflicts, settled = nothing(), Versioned(rows, rows.height, 0, 0)
        if table.kind == "thing":
            settled = versioned(rows)
        else:
            rows, conflicts, duplicates = without_repeats(table.name, rows)
            settled = Versioned(rows, rows.height, 0, duplicates)
        came.aside.append(conflicts)
        self._finish(table, came, settled)

    def _finish(self, table: FactTable, came: Incoming, settled: Versioned) -> None:
        set_aside = together(came.aside)
        tally = _tally(table, came.rows_in, settled, set_aside)
        assert tally.holds, tally
        if self._strict:
            _refuse_rejects(set_aside)
        self._tallies.append(tally)
        self._aside.append(set_aside)
        self._remember(table, settled.rows)
        write(settled.rows, table, self._folder)

    def _land_dues(self) -> None:
        """Nothing comes in for dues: they are made of what has landed."""
        table, payments = TABLES["dues"], self._folder / "payments.parquet"
        paid = pl.read_parquet(payments) if payments.exists() else pl.DataFrame()
        rows = dues(pl.read_parquet(self._folder / "invoices.parquet"), paid)
        write(with_days(rows, table, self._definitions.workspace.time_zone), table, self._folder)
        if "invoices" in self._first_days:
            self._first_days["dues"] = {**self._first_days["invoices"], **self._first_days.get("payments", {})}

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
        """What later tables look into, who was seen, and since when the table is known to be collected."""
        days = self._since_when(table, rows)
        if any(day is not None for day in days.values()):
            self._first_days[table.name] = days
        if table.name in ORDER:
            self._looked_into[table.name] = _looked_into(table, rows)
        if "account_id" in rows.columns:
            self._seen_ids.append(rows["account_id"].unique())

    def _since_when(self, table: FactTable, rows: pl.DataFrame) -> dict[str, int | None]:
        """As the source says, or else from its first fact on; a source that has no fact yet says nothing."""
        dated = rows.filter(pl.col("received_day") != ALWAYS)
        known = dated.group_by("source").agg(pl.max_horizontal("_day", "received_day").min().alias("first"))
        days: dict[str, int | None] = dict(known.select("source", "first").sort("source").iter_rows())
        for source in self._definitions.sources.values():
            if source.table == table.name and source.since:
                days[source.name] = to_day(source.since)
            if source.table == table.name and not self._inbox.found[source.name]:
                days[source.name] = None
        return days

    def _gather_accounts(self) -> None:
        rows = accounts.from_others(self._seen_ids).with_columns(
            pl.lit("").alias("source"),
            pl.col("account_id").alias("key"),
            pl.lit(True).alias("received_assumed"),
            pl.lit(ALWAYS, dtype=pl.Int32).alias("received_day"),
        )
        write(rows, TABLES["accounts"], self._folder)

    def _started(self, file: Found) -> None:
        self._progress(f"reading {file.name}", self._done, self._total)
        self._done += 1


def _without_rate(rows: pl.DataFrame, table: FactTable) -> list[Check]:
    if "_rate" not in rows.columns:
        return []
    return [Check("currency", "FCT-110", rows["_rate"].is_null(), rows["currency"])]


def _looked_into(table: FactTable, rows: pl.DataFrame) -> pl.DataFrame:
    newest = rows.filter(pl.col("superseded_day").is_null())
    if table.name == "rates":
        return newest.select(pl.col("_day").alias("day"), "currency", "rate")
    if table.name == "identities":
        until = pl.col("until_on").cast(pl.Int32) if "until_on" in newest.columns else pl.lit(None, dtype=pl.Int32)
        newest = newest.with_columns(until.alias("until_day"))
        missing = [name for name in _IDENTITIES if name not in newest.columns]
        newest = newest.with_columns(pl.lit(None, dtype=_IDENTITIES[name]).alias(name) for name in missing)
        return newest.select(*_IDENTITIES)
    return newest.select(*(name for name in ("account_id", "contact_id", "invoice_id") if name in newest.columns))


def _tally(table: FactTable, rows_in: int, settled: Versioned, set_aside: pl.DataFrame) -> Tally:
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
    first = set_aside.filter(pl.col("fate") == "reject").head(1)
    for row in first.iter_rows(named=True):
        what = f"Row {row['_row']} for {row['table']} breaks its contract: {row['field']} is {row['value']}."
        raise FactsError(Issue(row["code"], what, row["table"], "With --strict no row may be set aside.", row["hint"]))
