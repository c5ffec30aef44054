"""A made company of some sixty customers with names in four languages: scores by the real rules, facts by a seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from sabai.dates import to_day
from sabai.definitions.model import (
    Bands,
    Basic,
    Condition,
    Deduction,
    Definitions,
    Derived,
    Factor,
    Health,
    Milestone,
    Workspace,
    Young,
)
from sabai.errors import Issue
from sabai.facts.landed import Facts, Tally
from sabai.health.overrides import Override
from sabai.health.reference import take_reference
from sabai.health.score import score_grid
from sabai.health.scores import Scores
from sabai.metrics.grid import Grid

NASTY = ("<script>alert(1)</script>", '"onmouseover="alert(1)', "</script><svg onload=alert(1)>", "{{ 7 * 7 }} %(x)s")
NAMES = (
    "Harbour Logistics",
    "Baan Coffee Cloud",
    "Northwind Dental",
    "Ridgeline Solar",
    "Copper & Oak",
    "Fjord Analytics",
    "บริษัท สยามขนส่ง จำกัด",
    "ร้านกาแฟบ้านสวน",
    "โรงพยาบาลเมืองใหม่",
    "ธุรกิจดี",
    "เชียงใหม่ออร์แกนิก",
    "ครัวคุณยาย",
    "شركة النخيل للتجارة",
    "مجموعة الواحة",
    "مستشفى الشفاء",
    "متجر القمر",
    "دار المعرفة للنشر",
    "البحر الأزرق (2019)",
    "株式会社さくら商事",
    "北海道クラウド",
    "みらい工業",
    "東京デンタル",
    "京都茶房",
    "あおぞら物流",
)
START = to_day(date(2025, 6, 2))
WEEKS = 78

METRICS = {
    "logins": Basic("logins", "count", "events", window_days=28),
    "login_change": Derived("login_change", "change", ("logins", "logins.before")),
    "seat_use": Derived("seat_use", "ratio", ("people", "seats")),
    "urgent_open": Basic("urgent_open", "held", "tickets", "open"),
    "first_reply": Basic("first_reply", "mean", "tickets", "first_reply_hours", window_days=90),
    "nps": Basic("nps", "last", "responses", "score"),
    "days_late": Basic("days_late", "mean", "dues", "days_late", window_days=180),
    "last_contact": Basic("last_contact", "days_since", "touchpoints"),
    "recurring": Basic("recurring", "held", "subscriptions", "recurring"),
    "cancel_page": Basic("cancel_page", "count", "events", window_days=30),
}
HEALTH = Health(
    factors=(
        Factor("logins", "usage", 20, "higher"),
        Factor("login_change", "usage", 10, curve=((-0.5, 0), (0, 60), (0.5, 100))),
        Factor("seat_use", "usage", 15, curve=((0, 0), (0.5, 60), (0.9, 100))),
        Factor("urgent_open", "support", 10, curve=((0, 100), (1, 60), (3, 0))),
        Factor("first_reply", "support", 5, "lower"),
        Factor("nps", "sentiment", 15, curve=((0, 0), (6, 30), (8, 70), (10, 100))),
        Factor("days_late", "payment", 15, curve=((-5, 100), (0, 80), (30, 0))),
        Factor("last_contact", "engagement", 10, "lower"),
    ),
    dimensions=("usage", "support", "sentiment", "payment", "engagement"),
    deductions=(Deduction("asked_to_cancel", Condition("cancel_page", ">", 0), 15),),
    reference=(date(2025, 6, 2), date(2025, 12, 29)),
    bands=Bands(cut=(62, 42)),
    young=Young(
        60,
        (Milestone("first_login", Condition("logins", ">", 0)), Milestone("ten_logins", Condition("logins", ">=", 10))),
    ),
)
DEFINITIONS = Definitions(
    path="sabai.yaml",
    version="4f1d2c9a7be0aa01",
    workspace=Workspace("Baan Coffee Cloud", "Asia/Bangkok", "THB", ("th", "en")),
    sources={},
    metrics=METRICS,
    health=HEALTH,
)


@dataclass(frozen=True)
class Made:
    """As much of a run as a report needs."""

    scores: Scores
    definitions: Definitions
    facts: Facts
    overrides: tuple[Override, ...] = ()
    notices: tuple[Issue, ...] = ()


def made(folder: Path, accounts: int = 60, nasty: bool = False, weeks: int = WEEKS, facts: bool = True) -> Made:
    """The company; with `nasty`, its first accounts are called what an attacker would call them."""
    grid = _grid(accounts, weeks)
    scores = score_grid(grid, HEALTH, take_reference(grid, HEALTH), HEALTH.bands.cut)
    landed = _land(folder, grid, nasty) if facts else Facts(folder, grid.accounts, (), {})
    return Made(scores, DEFINITIONS, landed)


def _grid(accounts: int, weeks: int) -> Grid:
    rng = np.random.default_rng(20)
    as_of = np.arange(START, START + 7 * weeks, 7, dtype=np.int32)
    shape = (accounts, weeks)
    mood = np.clip(rng.normal(0.1, 0.6, (accounts, 1)) + np.cumsum(rng.normal(0, 0.12, shape), axis=1), -2.5, 2.5)
    plunge = rng.random(accounts) < 0.12
    mood[plunge, -3:] -= 1.6
    noise = lambda scale: rng.normal(0, scale, shape)  # noqa: E731
    seen = lambda share: np.where(rng.random((accounts, 1)) < share, 0.0, np.nan)  # noqa: E731
    logins = np.round(np.exp(3.2 + 0.8 * mood + noise(0.1)))
    before = np.roll(logins, 4, axis=1)
    quiet = np.where(rng.random((accounts, 1)) < 0.06, np.nan, 0.0)
    start = rng.integers(START - 900, START + 7 * weeks - 20, (accounts, 1)) * (np.arange(accounts)[:, None] % 3 == 0)
    start = np.where(start == 0, START - 400, start)
    start[12::13] = as_of[-1] - 35  # young ones
    tenure = (as_of[None, :] - start).astype(np.float64)
    values = {
        "logins": logins + quiet,
        "login_change": (logins - before) / np.maximum(before, 1) + quiet,
        "seat_use": np.clip(0.55 + 0.2 * mood + noise(0.03), 0, 1.2) + quiet,
        "urgent_open": np.maximum(0, np.round(0.6 - 0.8 * mood + noise(0.4))),
        "first_reply": np.maximum(0.2, 8 - 3 * mood + noise(2)) + seen(0.8),
        "nps": np.clip(np.round(7 + 1.6 * mood), 0, 10) + seen(0.6) + quiet,
        "days_late": 6 - 8 * mood + noise(2) + quiet,
        "last_contact": np.maximum(1, np.round(25 - 8 * mood + noise(6))),
        "recurring": np.repeat(np.round(np.exp(rng.normal(12.6, 0.9, (accounts, 1)))) * 100, weeks, axis=1),
        "cancel_page": ((mood < -1.2) & (rng.random(shape) < 0.3)).astype(np.float64),
    }
    ended = (rng.random((accounts, 1)) < 0.08) & (np.arange(weeks) > weeks * 0.7)
    return Grid(
        accounts=tuple(f"A{number:05d}" for number in range(accounts)),
        as_of=as_of,
        values=values,
        alive=(tenure > 0) & ~ended,
        tenure_days=tenure,
        segment=np.repeat((np.arange(accounts) % 3).astype(np.int32)[:, None], weeks, axis=1),
        segments=("business", "starter", "มาตรฐาน"),
    )


Rows = list[dict[str, object]]


def _land(folder: Path, grid: Grid, nasty: bool) -> Facts:
    land = _Land(grid.accounts, int(grid.as_of[-1]), nasty, np.random.default_rng(21))
    for table, rows in land.tables().items():
        _write(folder, table, rows)
    pl.DataFrame(_rejects(nasty)).write_parquet(folder / "rejects.parquet")
    tallies = (
        Tally("events", 84_210, 84_100, 0, 110, 0, 0, 0, 0.0),
        Tally("invoices", 2_412, 2_200, 180, 15, 5, 0, 12, 1.0),
        Tally("tickets", 900, 890, 0, 0, 0, 8, 1, 0.35),
    )
    return Facts(folder, grid.accounts, tallies, {"events": {"made": START - 300}})


@dataclass(frozen=True)
class _Land:
    """What became of the accounts until their last date; every row knows its `day`."""

    ids: tuple[str, ...]
    last: int
    nasty: bool
    chance: np.random.Generator

    def tables(self) -> dict[str, Rows]:
        return {
            "accounts": self.accounts(),
            "tickets": self.each(3, self.ticket),
            "dues": self.each(3, self.due),
            "responses": self.each(1, self.response),
            "touchpoints": self.each(2, self.touchpoint),
            "subscriptions": [{"account_id": key, **self.subscription()} for key in self.ids],
            "events": self.each(60, self.event),
        }

    def accounts(self) -> Rows:
        more = [f" {at // len(NAMES) + 1}" if at >= len(NAMES) else "" for at in range(len(self.ids))]
        names = [NAMES[at % len(NAMES)] + number for at, number in enumerate(more)]
        names[: len(NASTY)] = NASTY if self.nasty else names[: len(NASTY)]
        return [
            {
                "account_id": key,
                "name": name,
                "parent_id": self.ids[3] if at % 17 == 5 else None,
                "day": self.last - 500,
            }
            for at, (key, name) in enumerate(zip(self.ids, names, strict=True))
        ]

    def each(self, times: int, row: Callable[[int], dict[str, object]]) -> Rows:
        """So many rows for every account, at days of the last four months."""
        days = ((key, np.sort(self.last - self.chance.integers(1, 120, times)).tolist()) for key in self.ids)
        return [{"account_id": key, "day": day, **row(day)} for key, account_days in days for day in account_days]

    def ticket(self, day: int) -> dict[str, object]:
        return {
            "opened_day": day,
            "resolved_day": day + 4 if day % 3 else None,
            "severity": ("urgent", "normal")[day % 2],
            "topic": ("billing", "export", "التكامل", "同期エラー")[day % 4],
            "channel": "mail",
        }

    def due(self, day: int) -> dict[str, object]:
        return {
            "issued_day": day,
            "due_day": day + 30,
            "settled_day": day + 28 + day % 9,
            "days_late": day % 9 - 2,
            "base_minor": 1_250_000,
        }

    def response(self, day: int) -> dict[str, object]:
        comment = NASTY[0] if self.nasty else "ใช้ง่ายดี แต่รายงานช้ามาก"
        return {"answered_day": day, "kind": "nps", "score": float(day % 11), "scale_max": 10.0, "comment": comment}

    def touchpoint(self, day: int) -> dict[str, object]:
        return {
            "occurred_day": day,
            "channel": ("meeting", "mail", "phone", "fax")[day % 4],
            "direction": ("in", "out")[day % 2],
            "user": "พิม",
            "note": NASTY[2] if self.nasty else None,
        }

    def subscription(self) -> dict[str, object]:
        return {
            "day": self.last - 300,
            "starts_day": self.last - 300,
            "ends_day": self.last + 65,
            "product": "Pro",
            "recurring_minor": 1_250_000,
        }

    def event(self, day: int) -> dict[str, object]:
        return {"occurred_day": day, "name": ("login", "report.opened", NASTY[0] if self.nasty else "export")[day % 3]}


def _rejects(nasty: bool) -> Rows:
    invoice = {
        "table": "invoices",
        "file": "billing/2025.csv",
        "field": "Date",
        "code": "FCT-021",
        "hint": 'Write  format: "%d/%m/%Y"  or  "%m/%d/%Y".',
        "raw": "x",
    }
    ticket = {
        "table": "tickets",
        "file": "support.xlsx",
        "row": 7,
        "field": "closed",
        "code": "FCT-033",
        "value": "2024-01-02",
        "hint": "",
        "raw": "x",
    }
    values = [NASTY[1] if nasty else f"{at + 3}/04/2025" for at in range(12)]
    return [*({**invoice, "row": 40 + at, "value": value} for at, value in enumerate(values)), ticket]


def _write(folder: Path, table: str, rows: Rows) -> None:
    frame = pl.DataFrame(rows, infer_schema_length=None)
    common = [pl.col("day").alias("received_day").cast(pl.Int32), pl.lit(None, pl.Int32).alias("superseded_day")]
    frame.with_columns(common).drop("day").write_parquet(folder / f"{table}.parquet")
