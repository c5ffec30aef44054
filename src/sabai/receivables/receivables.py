"""The door: who owes what, how old it is, how well it is collected, how each pays, and whom to remind next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sabai.definitions.model import Definitions
from sabai.errors import Issue
from sabai.facts.landed import Facts
from sabai.receivables.about import ABOUT, about_accounts
from sabai.receivables.accounts import accounts
from sabai.receivables.ageing import ageing
from sabai.receivables.balances import balances, receivable
from sabai.receivables.dealings import with_paid_since, with_promises, with_touches
from sabai.receivables.habits import judged
from sabai.receivables.ledger import Ledger, read_ledger
from sabai.receivables.months import Month, months_until
from sabai.receivables.notices import notices
from sabai.receivables.reminders.reminders import Reminder, reminders


@dataclass(frozen=True, slots=True)
class Receivables:
    """Money is in minor units of `currency`, the workspace's, whose own `language` is a code. `invoices` has every
    invoice that counts at `as_of`, as `balances` gives them, with promises, touches, name and owner; `accounts` one row
    for each account."""

    as_of: int
    currency: str
    language: str
    ledger: Ledger
    invoices: pl.DataFrame
    accounts: pl.DataFrame
    months: tuple[Month, ...]
    reminders: tuple[Reminder, ...]
    notices: tuple[Issue, ...]

    @property
    def open_invoices(self) -> pl.DataFrame:
        """Those with anything left, above or below zero."""
        return self.invoices.filter(pl.col("balance_minor") != 0)

    def ageing(self, by: str | None = None) -> pl.DataFrame:
        """As `ageing.ageing`, by a column of `invoices` such as owner or country, or in all."""
        return ageing(self.open_invoices, by)

    @property
    def receivable_minor(self) -> int:
        return receivable(self.invoices)

    @property
    def unapplied_minor(self) -> int:
        """Money without an invoice: beside the receivable, never in it."""
        return int(self.ledger.unapplied["base_minor"].sum())


def receivables(
    facts: Facts, definitions: Definitions, as_of: int, months: int = 12, bands: Mapping[str, str] | None = None
) -> Receivables:
    """How things stood when day `as_of` began; `months` whole months before it; `bands` (account_id to band of health)
    where they are known, for the tone of reminders.

    Nothing dated or received on `as_of` or later is read. Raises FactsError RCV-001 where there are no invoices.
    """
    ledger = read_ledger(facts, definitions.workspace.currency, as_of)
    about = about_accounts(facts, as_of)
    rows = with_touches(with_promises(balances(ledger, as_of), ledger), ledger)
    paying = judged(ledger, rows)
    rows = with_paid_since(rows, paying).join(
        about.select("account_id", "name", "owner", *ABOUT), on="account_id", how="left", maintain_order="left"
    )
    each = accounts(ledger, rows, paying, about)
    return Receivables(
        as_of, ledger.currency, definitions.workspace.languages[0], ledger, rows, each, months_until(ledger, months),
        reminders(rows, each, as_of, bands), notices(facts, ledger, rows),
    )  # fmt: skip
