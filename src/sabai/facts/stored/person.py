"""Who is meant by a request to erase, and all the names that they go by in a store."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from sabai.facts.catalogue import TABLES
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.suppressed import Name

Kind = Literal["account", "contact", "email"]


@dataclass(frozen=True, slots=True)
class Person:
    """An account with all its people, or one person; `tools`: their ids elsewhere.

    `pseudonym` and `seed` are drawn for one erasure and forgotten with it, so that nothing leads back from them.
    """

    asked: Name
    pseudonym: str = field(default_factory=lambda: f"erased-{secrets.token_hex(8)}")
    seed: int = field(default_factory=lambda: secrets.randbits(63))
    accounts: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    invoices: frozenset[str] = frozenset()
    tools: frozenset[tuple[str, str]] = frozenset()

    def names(self) -> Iterator[Name]:
        """All that must not come in again. A contact goes by its id in another tool where nobody says otherwise."""
        yield self.asked
        yield from (Name("account", each) for each in self.accounts)
        yield from (Name("contact", each) for each in self.contacts)
        yield from (Name("email", each) for each in self.emails)
        yield from (Name("invoice", each) for each in self.invoices)
        for source_name, source_id in self.tools:
            yield Name.at(source_name, source_id)
            if not self.accounts:
                yield Name("contact", source_id)

    @property
    def words(self) -> frozenset[str]:
        """What a cell says that names them."""
        return self.accounts | self.contacts | self.emails | {source_id for _, source_id in self.tools}


def person(facts: StoredFacts, asked: Name) -> Person:
    """All that the store knows about who goes by that name; nothing but the name where it knows nobody."""
    people, tools = (_rows(facts, table) for table in ("contacts", "identities"))
    if asked.kind == "account":
        return _account(facts, asked, people, tools)
    address = asked.value if "@" in asked.value else ""
    contacts = {asked.value, *(_with_address(address, people, tools) if address else ())}
    own = people.filter(pl.col("contact_id").is_in(contacts))
    ids = tools.filter(pl.col("contact_id").is_in(contacts)).select("source_name", "source_id")
    emails = _only(own["email"], people.filter(~pl.col("contact_id").is_in(contacts))["email"])
    if address:
        emails |= {address}  # some tools know people by their addresses only
    return Person(asked, contacts=frozenset(contacts), emails=emails, tools=frozenset(ids.rows()))


def _account(facts: StoredFacts, asked: Name, people: pl.DataFrame, tools: pl.DataFrame) -> Person:
    here = pl.col("account_id") == asked.value
    own, others = people.filter(here), people.filter(~here.fill_null(False))
    ids = tools.filter(here)
    others_ids = tools.filter(~here.fill_null(False)).select("source_name", "source_id")
    return Person(
        asked,
        accounts=frozenset({asked.value}),
        contacts=_only(pl.concat([own["contact_id"], ids["contact_id"]]), others["contact_id"]),
        emails=_only(own["email"], others["email"]),
        invoices=frozenset(_rows(facts, "invoices").filter(here)["invoice_id"].drop_nulls()),
        tools=frozenset(ids.select("source_name", "source_id").rows()) - frozenset(others_ids.rows()),
    )


def _rows(facts: StoredFacts, table: str) -> pl.DataFrame:
    """Every version, with all the columns of ids that there could be."""
    wanted = [name for name in ("account_id", "contact_id", "email", "source_name", "source_id", "invoice_id")
              if name in TABLES[table].columns]  # fmt: skip
    return facts.scan(table).select(wanted).unique().collect()


def _with_address(address: str, people: pl.DataFrame, tools: pl.DataFrame) -> set[str]:
    same = pl.col("email").str.to_lowercase() == address.lower()
    by_id = tools.filter(pl.col("source_id").str.to_lowercase() == address.lower())
    return {*people.filter(same)["contact_id"].drop_nulls(), *by_id["contact_id"].drop_nulls()}


def _only(own: Iterable[str | None], others: Iterable[str | None]) -> frozenset[str]:
    """What is theirs and nobody else's."""
    return frozenset(each for each in own if each) - frozenset(each for each in others if each)
