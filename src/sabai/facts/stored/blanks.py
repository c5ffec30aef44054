"""What is left of a table when somebody is taken out of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from sabai.facts.catalogue import FactTable
from sabai.facts.stored.person import Person
from sabai.facts.stored.suppressed import REFERENCES, scrubbed, values

OWN_WORDS = ("text", "comment", "note", "request", "reason")
"""Columns in which somebody says something in their own words."""


@dataclass(frozen=True, slots=True)
class Left:
    """`rows` as they stand now, of which so many are `changed`; those that are `gone`."""

    rows: pl.DataFrame
    gone: pl.DataFrame
    changed: int = 0

    @property
    def differs(self) -> bool:
        return self.gone.height > 0 or self.changed > 0


def without(person: Person, rows: pl.DataFrame, table: FactTable) -> Left:
    """The rows of a fact table without them: an account's rows go; a contact's stay, and say of nobody."""
    theirs = _theirs(person, rows, table)
    kept, gone = rows.filter(~theirs), rows.filter(theirs)
    told = _blanked(person, kept)
    texts = [name for name, kind in kept.schema.items() if kind == pl.String]
    differs = pl.any_horizontal(pl.col(name).ne_missing(told[name]) for name in texts)
    return Left(told, gone, int(kept.select(differs).to_series().sum()))


def _theirs(person: Person, rows: pl.DataFrame, table: FactTable) -> pl.Expr:
    theirs = pl.lit(False)
    if "account_id" in rows.columns:
        theirs = theirs | pl.col("account_id").is_in(person.accounts)
    if table.name in ("contacts", "identities"):
        theirs = theirs | pl.col("contact_id").is_in(person.contacts)
    if table.name == "contacts":
        theirs = theirs | _lower("email").is_in(_all_lower(person.emails))
    if table.name == "identities":
        pairs = pl.concat_str("source_name", pl.lit("\0"), "source_id")
        theirs = theirs | pairs.is_in([f"{name}\0{source_id}" for name, source_id in person.tools])
        theirs = theirs | _lower("source_id").is_in(_all_lower(person.emails))
    return theirs.fill_null(False)


def _blanked(person: Person, rows: pl.DataFrame) -> pl.DataFrame:
    own = rows["contact_id"].is_in(person.contacts).fill_null(False) if "contact_id" in rows.columns else None
    theirs = own if own is not None else pl.Series([False]).new_from_index(0, rows.height)
    texts = [name for name, kind in rows.schema.items() if kind == pl.String and name != "source"]
    return rows.with_columns(_cells(person, rows[name], theirs) for name in texts)


def _cells(person: Person, cells: pl.Series, own: pl.Series) -> pl.Series:
    """A column of text. Who is only referred to is unknown; the id of a contact becomes one that means nobody; what
    they said is unknown, and their address is gone wherever it stands: so a landing makes it too."""
    addresses = {each.lower() for each in person.emails}
    if cells.name in REFERENCES:
        return cells.set(cells.is_in(person.accounts).fill_null(False), None)
    if cells.name in OWN_WORDS:
        cells = cells.set(own, None)
    told = scrubbed(cells, lambda text: text.lower() in addresses) if addresses else cells
    names_them = told.is_in(person.words).fill_null(False)
    if cells.name == "key":
        parts = cells.str.split("|").list.eval(pl.element().is_in(person.words)).list.any()
        others = pl.concat_str(pl.lit(f"{person.pseudonym}-"), pl.col("key").hash(person.seed).cast(pl.String))
        theirs = (parts & own) | (told != cells)
        return cells.to_frame().select(pl.when(theirs).then(others).otherwise("key").alias("key")).to_series()
    return told.set(own & names_them, person.pseudonym)


def without_in_aside(person: Person, rows: pl.DataFrame) -> Left:
    """What was set aside and does not name them, as far as its cells say. An id that is as short as a number may
    stand in rows of others, which go too."""
    words, addresses = person.words, _all_lower(person.emails)

    def names_them(raw: str | None, value: str | None) -> bool:
        said = f"{raw or ''} {value or ''}".lower()
        if any(address in said for address in addresses) or value in words:
            return True
        return any(each in words for each in values(json.loads(raw))) if raw else False

    found = [names_them(*each) for each in rows.select("raw", "value").iter_rows()]
    theirs = pl.Series(found, dtype=pl.Boolean)
    return Left(rows.filter(~theirs), rows.filter(theirs))


def _lower(name: str) -> pl.Expr:
    return pl.col(name).str.to_lowercase()


def _all_lower(texts: Iterable[str]) -> list[str]:
    return [each.lower() for each in texts]
