"""Makes the company "Baan Coffee Cloud": its customers, what truly happens to them, what its tools export."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import polars as pl

from sabai.dates import from_day, to_day
from sabai.demo import crm, exits, feedback, money, programme, spending, success, support, usage, write
from sabai.demo.calendar import LAST, calendar, chance
from sabai.demo.customers import customers
from sabai.demo.latent import BASE, DIMENSIONS, STEEPNESS, UNSEEN_PER_WEEK, WEIGHTS, true_course
from sabai.demo.later import said_later
from sabai.demo.mess import FLAWS, spoil
from sabai.demo.overrides import overrides
from sabai.demo.world import World
from sabai.progress import Progress, quiet

_LATE_SHARE = 0.005  # of web events that arrive days after they happened
_OLD_TOOL_UNTIL = "2025-01-01"


def make_company(
    folder: Path, seed: int = 7, accounts: int = 400, months: int = 24, progress: Progress = quiet, *,
    weeks_later: int = 0,
) -> Path:  # fmt: skip
    """Writes what a made company has: exports, definitions, overrides, the hidden truth; returns where `sabai.yaml` is.

    The same arguments give the same bytes. The months end on 30 June 2026, or so many `weeks_later`. `truth.json` and
    `truth/` say what a score could have known; nothing in `sabai.yaml` reads them.
    """
    world = replace(make_world(seed, accounts, months), weeks_later=weeks_later)
    for done, export in enumerate(_EXPORTS):
        progress("making a company", done, len(_EXPORTS))
        export(world, folder)
    progress("making a company", len(_EXPORTS), len(_EXPORTS))
    definitions = folder / "sabai.yaml"
    told = files("sabai.demo").joinpath("sabai.yaml").read_text(encoding="utf-8")
    definitions.write_text(said_later(told, weeks_later), encoding="utf-8")
    return definitions


def weeks_until(day: int) -> int:
    """How many `weeks_later` the company has to be for its months to end on that day, or within the week before."""
    return (day - to_day(LAST)) // 7


def make_world(seed: int, accounts: int, months: int) -> World:
    """The hidden side of the company, before any tool has seen it."""
    span = calendar(months)
    who = customers(chance(seed, "customers"), span, accounts)
    return World(seed, span, who, true_course(chance(seed, "truth"), span, who))


def _spoiled(world: World, export: str, rows: pl.DataFrame) -> pl.DataFrame:
    return spoil(world.chance(f"mess in {export}"), rows, FLAWS[export])


def _write_usage(world: World, folder: Path) -> None:
    events = _spoiled(world, "product", usage.product_events(world))
    write.parquet_by_month(world.told(events), folder / "usage", "at")


def _write_web(world: World, folder: Path) -> None:
    rng = world.chance("arrivals")
    events = usage.web_events(world)
    late = rng.random(len(events)) < _LATE_SHARE
    wait = pl.Series(np.where(late, rng.integers(1, 10, len(events)) * 86_400, 2)) * 1_000_000
    told = events.with_row_index("number").select(
        messageId=pl.format("w{}", pl.col("number").cast(pl.String).str.zfill(6)),
        event="action",
        shop=pl.col("account").replace_strict(dict(enumerate(world.who.shops)), return_dtype=pl.String),
        timestamp=pl.col("at").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        receivedAt=(pl.col("at") + wait.cast(pl.Duration("us"))).dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    spoiled = _spoiled(world, "web", told)
    rows = world.told(spoiled).with_columns(context=pl.struct("shop")).drop("shop")
    write.json_lines(rows, folder / "web" / "events.jsonl.gz")


def _write_crm(world: World, folder: Path) -> None:
    for table in (crm.accounts, crm.contacts, crm.owners, crm.identities):
        write.csv(world.told(table(world)), folder / "crm" / f"{table.__name__}.csv")


def _write_billing(world: World, folder: Path) -> None:
    """Until the end of 2024 an older tool wrote the bills."""
    spans = money.stretches(world)
    book = money.ledger(world, spans)
    billing = folder / "billing"
    subscriptions = _spoiled(world, "subscriptions", money.subscriptions(world, spans))
    write.csv(world.told(subscriptions), billing / "subscriptions.csv")
    write.csv(world.told(money.rates(world)), billing / "rates.csv")
    dates = {"invoices": ("Date", "Due", "Disputed", "Dispute settled"), "payments": ("Date",)}
    for name, rows in (("invoices", book.invoices), ("payments", book.payments)):
        spoiled = _spoiled(world, name, pl.DataFrame(rows))
        old = spoiled["Date"] < _OLD_TOOL_UNTIL
        told, old_told = world.told(spoiled.filter(~old)), world.told(spoiled.filter(old))
        write.csv_of_the_old_tool(old_told, billing / f"{name}_2024.csv", dates[name])
        write.csv(told, billing / f"{name}_2025_on.csv")


def _write_support(world: World, folder: Path) -> None:
    tickets = world.told(_spoiled(world, "tickets", support.tickets(world)))
    write.workbook(tickets, folder / "support" / "tickets.xlsx", "Tickets")


def _write_surveys(world: World, folder: Path) -> None:
    responses = world.told(_spoiled(world, "responses", feedback.responses(world)))
    write.csv(responses, folder / "surveys" / "responses.tsv", "\t")
    write.csv(world.told(exits.exits(world)), folder / "surveys" / "exits.csv")


def _write_success(world: World, folder: Path) -> None:
    contacts = _spoiled(world, "touchpoints", success.touchpoints(world))
    write.csv(world.told(contacts), folder / "success" / "touchpoints.csv")
    for table in (success.pulses, success.goals, success.returns, success.advocacy, success.churn):
        write.csv(world.told(table(world)), folder / "success" / f"{table.__name__}.csv")
    write.csv(world.told(programme.vouchers(world)), folder / "success" / "vouchers.csv")


def _write_finance(world: World, folder: Path) -> None:
    for table in (spending.marketing, spending.sales, spending.care):
        rows = _spoiled(world, table.__name__, table(world))
        write.csv(world.told(rows), folder / "finance" / f"{table.__name__}.csv")
    write.csv(world.told(spending.gifts(world)), folder / "finance" / "gifts.csv")


def _write_overrides(world: World, folder: Path) -> None:
    write.csv(world.told(overrides(world)), folder / "overrides.csv")


def _write_truth(world: World, folder: Path) -> None:
    told = {
        "seed": world.seed,
        "weights": dict(zip(DIMENSIONS, (100 * WEIGHTS).round(6).tolist(), strict=True)),
        "notice_per_week": {"base": BASE, "steepness": STEEPNESS, "unseen": UNSEEN_PER_WEEK},
        "accounts": len(world.who),
        "left": int(world.truth.left.sum()),
        "left_for_a_cause_that_could_be_seen": int(world.truth.seen.sum()),
        "mess": {export: flaws.tally for export, flaws in FLAWS.items()},
    }
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    (folder / "truth.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    world.told(_leavers(world)).write_parquet(folder / "truth" / "churn.parquet")
    world.told(_paths(world)).write_parquet(folder / "truth" / "health.parquet")


def _leavers(world: World) -> pl.DataFrame:
    """account_id, notice and effective (dates), cause, seen: one row for each account that leaves."""
    truth = world.truth
    columns = {"notice": truth.notice, "effective": truth.effective, "cause": truth.cause, "seen": truth.seen}
    everybody = pl.DataFrame({"account_id": world.who.ids, **columns})
    return everybody.filter(pl.col("cause") != "").with_columns(
        pl.col("notice", "effective").cast(pl.Int32).cast(pl.Date)
    )


def _paths(world: World) -> pl.DataFrame:
    """account_id, week (its first day), and the hidden health in each dimension."""
    weeks = [from_day(world.calendar.first + 7 * week) for week in range(world.calendar.weeks)]
    flat = world.truth.health.reshape(-1, len(DIMENSIONS))
    return pl.DataFrame(
        {
            "account_id": np.repeat(world.who.ids, len(weeks)).tolist(),
            "week": weeks * len(world.who),
            **{name: flat[:, index] for index, name in enumerate(DIMENSIONS)},
        }
    )


_EXPORTS = (
    _write_usage,
    _write_web,
    _write_crm,
    _write_billing,
    _write_support,
    _write_surveys,
    _write_success,
    _write_finance,
    _write_overrides,
    _write_truth,
)
