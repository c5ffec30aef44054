"""One customer or one person in the store of a workspace: who they are, what it knows of them, and that it forgets.

Only jobs come here, through `scoring/door.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import polars as pl

from sabai.desk.scoring.company import Company
from sabai.errors import FactsError
from sabai.facts.catalogue import TABLES
from sabai.facts.stored import settings as begun
from sabai.facts.stored.aside import NAME, Aside
from sabai.facts.stored.blanks import without_in_aside
from sabai.facts.stored.erase import erase
from sabai.facts.stored.facts import StoredFacts
from sabai.facts.stored.log import Log
from sabai.facts.stored.person import Person, person
from sabai.facts.stored.store import is_store
from sabai.facts.stored.suppressed import Name
from sabai.renewals.issued import forget as forget_forecasts
from sabai.store.forgetting import forget

NOBODY = "FCT-204"


def names(company: Company, kind: str, value: str) -> dict[str, list[str]]:
    """accounts, contacts, emails, names and tools that the store knows them by; as good as nothing without a store."""
    facts = _facts(company)
    who = person(facts, Name(kind, value)) if facts else Person(Name(kind, value))
    asked = {"account": "accounts", "contact": "contacts", "email": "emails"}[kind]
    told = {
        "accounts": sorted(who.accounts),
        "contacts": sorted(who.contacts),
        "emails": sorted(who.emails),
        "names": sorted(_called(facts, who)) if facts else [],
        "tools": sorted({source_id for _, source_id in who.tools}),
    }
    return told | {asked: sorted({*told[asked], value})}


def rows(company: Company, kind: str, value: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every table that says anything of them, with the rows that do, as they landed; what was set aside last."""
    facts = _facts(company)
    if facts is None:
        return
    who = person(facts, Name(kind, value))
    for table in TABLES:
        if table != "dues" and facts.has(table):
            scanned = facts.scan(table)
            found = scanned.filter(_about(who, scanned.collect_schema().names())).collect()
            if found.height:
                yield table, found.select(pl.exclude("^_.*$")).to_dicts()
    aside = Aside(facts.folder, facts.versions.get(NAME, -1)).scan().collect()
    if (told := without_in_aside(who, aside).gone).height:
        yield "aside", told.to_dicts()


def forgotten(company: Company, kind: str, value: str, at: datetime) -> dict[str, Any]:
    """Takes them out of the store and its results; what the receipt says. Nobody there by that name is no fault."""
    if not is_store(company.store):
        return {}
    try:
        erased = erase(company.store, Name(kind, value), at)
    except FactsError as error:
        if NOBODY in [issue.code for issue in error.issues]:
            return {}
        raise
    forget_forecasts(company.out, erased.accounts, at)
    forget(company.out, erased.accounts, at)
    told = {"gone": erased.gone, "changed": erased.changed}
    counted = {name: {table: count for table, count in each.items() if count} for name, each in told.items()}
    return {"number": erased.number, **counted}


def _about(who: Person, columns: list[str]) -> pl.Expr:
    """Rows of theirs, and rows that refer to them."""
    of = {
        "account_id": who.accounts, "parent_id": who.accounts, "referred_account_id": who.accounts,
        "contact_id": who.contacts, "invoice_id": who.invoices, "source_id": {each for _, each in who.tools},
    }  # fmt: skip
    found = pl.lit(False)
    for column, words in of.items():
        if column in columns and words:
            found = found | pl.col(column).is_in(list(words)).fill_null(False)
    if "email" in columns:
        theirs = [each.lower() for each in who.emails]
        found = found | pl.col("email").str.to_lowercase().is_in(theirs).fill_null(False)
    return found


def _called(facts: StoredFacts, who: Person) -> set[str]:
    """What accounts and contacts of theirs are called, now or before."""
    found: set[str] = set()
    for table, key, ids in (("accounts", "account_id", who.accounts), ("contacts", "contact_id", who.contacts)):
        if ids and facts.has(table):
            called = facts.scan(table)
            if "name" in called.collect_schema().names():
                found |= {*called.filter(pl.col(key).is_in(list(ids))).select("name").drop_nulls().collect()["name"]}
    return found - {""}


def _facts(company: Company) -> StoredFacts | None:
    settings = begun.read(company.store) if is_store(company.store) else None
    entries = Log(company.store).entries() if settings else []
    if settings is None or not entries:
        return None
    return StoredFacts(company.store, (), (), {}, settings=settings, versions=entries[-1].versions)
