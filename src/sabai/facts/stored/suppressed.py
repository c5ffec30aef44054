"""Who was erased and must not come back: salted hashes, out of which no name can be read."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import polars as pl

from sabai.definitions.model import ColumnMap, Definitions, Source
from sabai.facts.aside import aside, nothing
from sabai.facts.catalogue import FactTable
from sabai.facts.codes import ERASED, HINTS
from sabai.facts.identities import normal
from sabai.facts.landing import Landed
from sabai.store.aside import aside as written_aside

NAME = "suppressed.json"
REFERENCES = ("parent_id", "referred_account_id")
"""Columns by which a row of one account names another."""

ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']+@[\w.-]+\w")
GONE = "erased"
"""What stands in a text where their address stood."""

_KINDS = {"account_id": "account", "contact_id": "contact", "email": "email", "invoice_id": "invoice"}


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody goes by: the id of an account, a contact, an invoice; an address; or an id in another tool."""

    kind: str
    value: str

    @classmethod
    def at(cls, source_name: str, source_id: str) -> Name:
        return cls(f"source {source_name}", str(normal(pl.Series([source_id]), source_name)[0]))

    def said(self) -> bytes:
        return f"{self.kind}\0{self.value.casefold() if self.kind == 'email' else self.value}".encode()


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The list of a store."""

    salt: bytes
    hashes: frozenset[str]

    def __contains__(self, name: Name) -> bool:
        return self.hash(name) in self.hashes

    def hash(self, name: Name) -> str:
        return blake2b(name.said(), key=self.salt, digest_size=16).hexdigest()

    def named(self, rows: pl.DataFrame, column: str) -> pl.Series:
        """Which of the rows name one of them in the column."""
        kind = "account" if column in REFERENCES else _KINDS[column]
        known = [each for each in rows[column].drop_nulls().unique().to_list() if Name(kind, each) in self]
        return rows[column].is_in(known).fill_null(False)

    def sifted(self, rows: pl.DataFrame, table: FactTable) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The rows that name none of them, and the others as they are set aside; who is only referred to is unknown."""
        if not self.hashes:
            return rows, nothing()
        names = pl.Series([False]).new_from_index(0, rows.height)
        for column in ("account_id", "contact_id", "email"):
            if column in rows.columns:
                names = names | self.named(rows, column)
        if table.name == "identities":
            names = names | self._ids(rows)
        kept = rows.filter(~names)
        kept = kept.with_columns(
            kept[name].set(self.named(kept, name), None) for name in REFERENCES if name in kept.columns
        )
        told = [scrubbed(kept[name], self._is_address) for name in kept.columns if _may_hold_addresses(kept, name)]
        return kept.with_columns(told), _as_erased(table, rows.filter(names))

    def _ids(self, rows: pl.DataFrame) -> pl.Series:
        pairs = rows.select("source_name", "source_id").rows()
        return pl.Series([Name.at(*pair) in self for pair in pairs], dtype=pl.Boolean)

    def _is_address(self, text: str) -> bool:
        return Name("email", text) in self

    def left_out(self, landed: Landed, definitions: Definitions) -> Landed:
        """What was set aside and names one of them is only counted: nothing of what it says is kept."""
        if not self.hashes or not landed.rejects.height:
            return landed
        rows = landed.rejects
        about = [self._in(row, definitions.sources) for row in rows.iter_rows(named=True)]
        names = pl.Series(about, dtype=pl.Boolean)
        mentions = [row["fate"] != "waiting" and self._mentioned(row["raw"]) for row in rows.iter_rows(named=True)]
        unsaid = names | pl.Series(mentions, dtype=pl.Boolean)
        told = {"field": "", "code": ERASED, "hint": HINTS[ERASED], "fate": "reject"}
        blank = [pl.when(names).then(pl.lit(word)).otherwise(pl.col(name)).alias(name) for name, word in told.items()]
        blank += [pl.when(~unsaid).then(pl.col(name)).alias(name) for name in ("raw", "value")]
        moved = rows.filter(names).group_by("table", "fate").len().iter_rows()
        counts = {(table, fate): count for table, fate, count in moved}
        tallies = (
            replace(
                tally,
                waiting=tally.waiting - counts.get((tally.table, "waiting"), 0),
                conflicts=tally.conflicts - counts.get((tally.table, "conflict"), 0),
                rejects=tally.rejects + sum(counts.get((tally.table, fate), 0) for fate in ("waiting", "conflict")),
            )
            for tally in landed.tallies
        )
        return replace(landed, rejects=rows.with_columns(blank), tallies=tuple(tallies))

    def _mentioned(self, raw: str | None) -> bool:
        """Whether any cell of the row is one of their names, mapped or not."""
        return any(
            Name(kind, each) in self
            for value in values(json.loads(raw) if raw else None)
            for each in (value, *ADDRESS.findall(value))
            for kind in ("account", "contact", "email")
        )

    def _in(self, row: Mapping[str, str], sources: Mapping[str, Source]) -> bool:
        if row["code"] == ERASED:
            return True
        source = sources.get(row["source"])
        raw = json.loads(row["raw"]) if source and row["raw"] else None
        return raw is not None and source is not None and any(name in self for name in _names(raw, source))


def _names(raw: Mapping[str, object], source: Source) -> Iterator[Name]:
    """Everybody whom a foreign row names, as its source maps it."""
    for column, kind in _KINDS.items():
        mapped = source.columns.get(column)
        told = _text(raw, mapped)
        if told and mapped:
            yield Name.at(mapped.through, told) if mapped.through else Name(kind, told)
    name, source_id = (_text(raw, source.columns.get(each)) for each in ("source_name", "source_id"))
    if name and source_id:
        yield Name.at(name, source_id)


def _text(raw: Mapping[str, object], column: ColumnMap | None) -> str | None:
    if column is None:
        return None
    if column.value is not None:
        return str(column.value)
    parts = [raw.get(name) for name in column.columns]
    return None if None in parts else column.glue.join(str(part) for part in parts)


def _as_erased(table: FactTable, rows: pl.DataFrame) -> pl.DataFrame:
    """As they are set aside; accounts that were only gathered from facts came in no row of their own."""
    if not rows.height:
        return nothing()
    return aside(table.name, rows, "", ERASED, pl.Series([None], dtype=pl.String).new_from_index(0, rows.height))


def values(told: object) -> Iterator[str]:
    """Every value in what JSON says, also where it is the text of JSON again."""
    if isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from values(each)
    elif isinstance(told, str) and told[:1] in ("{", "["):
        try:
            yield from values(json.loads(told))
        except ValueError:
            yield told
    elif told is not None:
        yield str(told)


def scrubbed(texts: pl.Series, is_theirs: Callable[[str], bool]) -> pl.Series:
    """The texts without their addresses.

    >>> scrubbed(pl.Series(["ask Ann@x.org, or bob@x.org"]), lambda address: address.lower() == "ann@x.org").to_list()
    ['ask erased, or bob@x.org']
    """

    def without(text: str) -> str:
        return ADDRESS.sub(lambda found: GONE if is_theirs(found.group()) else found.group(), text)

    found = texts.filter(texts.str.contains("@", literal=True)).unique().to_list()
    told = {text: after for text in found if (after := without(text)) != text}
    return texts.replace(told) if told else texts


def _may_hold_addresses(rows: pl.DataFrame, name: str) -> bool:
    return rows.schema[name] == pl.String and name not in ("source", "key") and not name.startswith("_")


def read(store: Path) -> Suppressed:
    try:
        told = json.loads((store / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Suppressed(secrets.token_bytes(32), frozenset())
    return Suppressed(bytes.fromhex(told["salt"]), frozenset(told["hashes"]))


def add(store: Path, names: Iterable[Name]) -> Suppressed:
    """The list with these names on it, which is on the disk before anything is erased."""
    before = read(store)
    after = replace(before, hashes=before.hashes | {before.hash(name) for name in names})
    with written_aside(store / NAME) as unfinished:
        unfinished.write_text(_as_json(after.salt, after.hashes), encoding="utf-8")
    return after


def _as_json(salt: bytes, hashes: Collection[str]) -> str:
    return json.dumps({"salt": salt.hex(), "hashes": sorted(hashes)}, indent=1) + "\n"
