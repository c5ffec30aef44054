"""`sabai erase`: take a customer or a person out of a store and its results, for good."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import FOLDER, STORE, alone_in
from sabai.cli.when import now
from sabai.errors import Issue, UsageError
from sabai.store.objects.copies import spoken, spoken_file


@verb
@click.argument("store", type=STORE)
@click.option("--account", help="The id of an account: all its rows go, and its people with it.")
@click.option("--contact", help="The id of a contact: who they were goes, what they did stays countable.")
@click.option("--email", help="The address of a contact: the same.")
@click.option(
    "--out", type=FOLDER, help="A folder with results: they go, and snapshots and forecasts forget the account."
)
def erase(store: Path, account: str | None, contact: str | None, email: str | None, out: Path | None) -> Answer:
    """Take a customer or a person out of a store and its results, for good.

    \b
        sabai erase store --account C-1042 --out sabai-out
        sabai erase store --email anna@example.com --out sabai-out

    Old files go at once, a receipt is left that names nobody, and later landings leave the same person out.
    """
    from sabai.facts.stored.erase import erase as take_out
    from sabai.facts.stored.suppressed import Name

    asked = {"account": account, "contact": contact, "email": email}
    given = [Name(kind, value) for kind, value in asked.items() if value]
    if len(given) != 1:
        raise UsageError(_whom(store))
    with ExitStack() as held:
        if out:
            held.enter_context(alone_in(out))
        erased = take_out(
            store, given[0], now(), lambda: click.echo(f"Somebody lands into {spoken(store)}; waiting.", err=True)
        )
        removed = _forgotten(out, erased.accounts) if out else ()
    receipt = spoken_file(erased.receipt, store)
    said = {"erasure": erased.number, "gone": dict(erased.gone), "changed": dict(erased.changed),
            "receipt": receipt, "removed": list(removed)}  # fmt: skip
    return Answer(said, "\n".join(_lines(erased.gone, erased.changed, receipt, removed)))


def _forgotten(out: Path, accounts: Collection[str]) -> tuple[str, ...]:
    from sabai.renewals.issued import forget as forget_forecasts
    from sabai.store.forgetting import forget

    forget_forecasts(out, accounts, now())
    return forget(out, accounts, now())


def _lines(
    gone: Mapping[str, int], changed: Mapping[str, int], receipt: str, removed: tuple[str, ...]
) -> Iterator[str]:
    yield f"Rows taken out: {_counted(gone) or 'none'}."
    if any(changed.values()):
        yield f"Rows that say of nobody now: {_counted(changed)}."
    if removed:
        yield f"Results that are gone; the same commands make them again: {', '.join(removed)}."
    yield f"The receipt is {receipt}. Erase them in the exports and in your backups too."


def _counted(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} of {table}" for table, count in sorted(rows.items()) if count)


def _whom(store: Path) -> Issue:
    return Issue(
        "CLI-013",
        "Say whom: one of --account, --contact and --email.",
        "sabai erase",
        "What is erased cannot be brought back.",
        f"sabai erase {spoken(store)} --account ID",
    )
