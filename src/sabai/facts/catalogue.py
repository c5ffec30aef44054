"""The fact tables and what can be measured in them: the one place that knows their columns.

Two kinds of table. *Happenings* are written once. *Things* have versions: what is known of a thing at an as-of date is
its newest version received before that date.

On disk a table is a Parquet file sorted by account_id, then its own time, then source and key. Besides the columns below
every row has COMMON; and every instant or date named as start or end of a measure also stands as an integer day
(`day_column`) in the workspace's time zone, which is all that windows ever look at.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Type = Literal["text", "instant", "date", "number", "integer", "money", "flag", "instants", "properties"]

COMMON = ("source", "key", "received_at", "received_assumed", "received_day", "superseded_day")
"""source: its name in sabai.yaml; key: unique in that source; received_assumed: true where the received time is the
fact's own time plus the source's lag; superseded_day: received day of the next version of a thing (null: none)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What can be counted, summed or held over time. It holds from day `start` until day `end`, both exclusive-inclusive
    as as-of dates: as_of in (start, end]. Without `end` it is a point in time and needs a window.

    `value` is the column that is summed (None: the row itself); shown value = column / `per`.
    """

    start: str
    end: str | None = None
    value: str | None = None
    per: float = 1.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FactTable:
    name: str
    kind: Literal["happening", "thing"]
    key: tuple[str, ...]  # the columns that identify a row within its source
    time: str  # the fact's own time: orders rows, and is the assumed received time
    columns: dict[str, Type]
    required: tuple[str, ...] = ()
    measures: dict[str, Measure] = field(default_factory=dict)
    derived: dict[str, Type] = field(default_factory=dict)  # computed when landing, never mapped
    known: tuple[str, ...] = ()  # where filled, the assumed received time; else it is the fact's own time


def _hours(start: str, value: str) -> Measure:
    return Measure(start=start, value=value, per=3600.0, unit="hours")


TABLES: dict[str, FactTable] = {
    table.name: table
    for table in (
        FactTable(
            "accounts", "thing", ("account_id",), "started_on",
            {"account_id": "text", "name": "text", "parent_id": "text", "lifecycle": "text", "test": "flag",
             "segment": "text", "industry": "text", "country": "text", "language": "text", "started_on": "date",
             "ended_on": "date", "properties": "properties", "updated_at": "instant"},
            required=("account_id",),
            measures={"rows": Measure("started_on", "ended_on")},
        ),
        FactTable(
            "contacts", "thing", ("contact_id",), "updated_at",
            {"account_id": "text", "contact_id": "text", "name": "text", "email": "text", "role": "text",
             "decision_maker": "flag", "language": "text", "time_zone": "text", "updated_at": "instant"},
            required=("contact_id",),
        ),
        FactTable(
            "identities", "thing", ("source_name", "source_id", "account_id", "contact_id", "from_on"), "from_on",
            {"source_name": "text", "source_id": "text", "account_id": "text", "contact_id": "text", "from_on": "date",
             "until_on": "date", "updated_at": "instant"},
            required=("source_name", "source_id"),
        ),
        FactTable(
            "owners", "thing", ("account_id", "user", "role", "from_on"), "from_on",
            {"account_id": "text", "user": "text", "role": "text", "from_on": "date", "until_on": "date",
             "updated_at": "instant"},
            required=("account_id", "user"),
        ),
        FactTable(
            "goals", "thing", ("goal_id",), "agreed_on",
            {"goal_id": "text", "account_id": "text", "kind": "text", "text": "text", "measure": "text",
             "target": "number", "agreed_on": "date", "due_on": "date", "met_on": "date", "updated_at": "instant"},
            required=("goal_id", "account_id", "agreed_on"),
            measures={"rows": Measure("agreed_on"), "open": Measure("agreed_on", "met_on"),
                      "overdue": Measure("due_on", "met_on"), "met": Measure("met_on")},
        ),
        FactTable(
            "subscriptions", "thing", ("subscription_id", "item_id"), "starts_at",
            {"subscription_id": "text", "item_id": "text", "account_id": "text", "product": "text",
             "starts_at": "instant", "ends_at": "instant", "amount_minor": "money", "interval": "text",
             "quantity": "number", "currency": "text", "seats": "number", "term_months": "integer",
             "auto_renew": "flag", "status": "text", "notice_at": "instant", "cancel_at_period_end": "flag",
             "updated_at": "instant"},
            required=("subscription_id", "account_id", "starts_at"),
            derived={"recurring_minor": "money"},  # amount per month in the workspace's currency
            measures={"rows": Measure("starts_at"), "open": Measure("starts_at", "ends_at"),
                      "seats": Measure("starts_at", "ends_at", "seats"),
                      "quantity": Measure("starts_at", "ends_at", "quantity"),
                      "recurring": Measure("starts_at", "ends_at", "recurring_minor", unit="minor"),
                      "notice": Measure("notice_at", "ends_at")},
        ),
        FactTable(
            "invoices", "thing", ("invoice_id",), "issued_on",
            {"invoice_id": "text", "account_id": "text", "issued_on": "date", "due_on": "date", "paid_on": "date",
             "amount_minor": "money", "currency": "text", "status": "text", "disputed_from": "date",
             "disputed_until": "date", "promised_on": "date", "updated_at": "instant"},
            required=("invoice_id", "account_id", "issued_on"),
            derived={"base_minor": "money"},
            measures={"rows": Measure("issued_on"), "amount": Measure("issued_on", value="base_minor", unit="minor"),
                      "disputed": Measure("disputed_from", "disputed_until", "base_minor", unit="minor")},
        ),
        FactTable(
            "payments", "happening", ("payment_id",), "occurred_at",
            {"payment_id": "text", "invoice_id": "text", "account_id": "text", "occurred_at": "instant",
             "amount_minor": "money", "currency": "text", "kind": "text"},
            required=("payment_id", "occurred_at"),
            derived={"base_minor": "money"},
            measures={"rows": Measure("occurred_at"), "amount": Measure("occurred_at", value="base_minor", unit="minor")},
        ),
        FactTable(  # made when landing, out of invoices and payments: one row for each part of an invoice and its payment
            "dues", "thing", ("invoice_id", "part"), "issued_on",
            {"invoice_id": "text", "part": "integer", "account_id": "text", "issued_on": "date", "due_on": "date",
             "settled_on": "date", "closes_on": "date", "base_minor": "money", "days_late": "integer",
             "reminded": "flag"},
            measures={"unpaid": Measure("issued_on", "settled_on", "base_minor", unit="minor"),
                      "overdue": Measure("due_on", "settled_on", "base_minor", unit="minor"),
                      "days_late": Measure("closes_on", value="days_late", unit="days")},
        ),
        FactTable(
            "tickets", "thing", ("ticket_id",), "opened_at",
            {"ticket_id": "text", "account_id": "text", "contact_id": "text", "opened_at": "instant",
             "first_response_at": "instant", "resolved_at": "instant", "reopened_at": "instants", "merged_into": "text",
             "severity": "text", "topic": "text", "channel": "text", "satisfaction": "number", "text": "text",
             "request": "text", "updated_at": "instant"},
            required=("ticket_id", "opened_at"),
            derived={"first_reply_seconds": "integer", "resolution_seconds": "integer"},
            measures={"rows": Measure("opened_at"), "open": Measure("opened_at", "resolved_at"),
                      "first_reply_hours": _hours("first_response_at", "first_reply_seconds"),
                      "resolution_hours": _hours("resolved_at", "resolution_seconds"),
                      "satisfaction": Measure("resolved_at", value="satisfaction")},
        ),
        FactTable(
            "events", "happening", ("event_id",), "occurred_at",
            {"event_id": "text", "account_id": "text", "contact_id": "text", "name": "text", "occurred_at": "instant",
             "value": "number", "quantity": "number", "properties": "properties"},
            required=("name", "occurred_at"),
            measures={"rows": Measure("occurred_at"), "value": Measure("occurred_at", value="value"),
                      "quantity": Measure("occurred_at", value="quantity")},
        ),
        FactTable(
            "responses", "thing", ("response_id",), "asked_at",
            {"response_id": "text", "account_id": "text", "contact_id": "text", "survey": "text", "kind": "text",
             "scale_min": "number", "scale_max": "number", "asked_at": "instant", "answered_at": "instant",
             "score": "number", "reason": "text", "comment": "text", "language": "text", "updated_at": "instant"},
            required=("response_id",),
            measures={"rows": Measure("asked_at"), "open": Measure("asked_at", "answered_at"),
                      "answered": Measure("answered_at"), "score": Measure("answered_at", value="score")},
        ),
        FactTable(
            "touchpoints", "happening", ("touchpoint_id",), "occurred_at",
            {"touchpoint_id": "text", "account_id": "text", "contact_id": "text", "user": "text", "channel": "text",
             "direction": "text", "occurred_at": "instant", "satisfaction": "number", "note": "text"},
            required=("touchpoint_id", "occurred_at"),
            measures={"rows": Measure("occurred_at"), "satisfaction": Measure("occurred_at", value="satisfaction")},
        ),
        FactTable(
            "advocacy", "happening", ("advocacy_id",), "occurred_at",
            {"advocacy_id": "text", "account_id": "text", "contact_id": "text", "kind": "text",
             "referred_account_id": "text", "occurred_at": "instant", "value_minor": "money", "currency": "text"},
            required=("advocacy_id", "kind", "occurred_at"),
            derived={"base_minor": "money"},
            measures={"rows": Measure("occurred_at"), "value": Measure("occurred_at", value="base_minor", unit="minor")},
        ),
        FactTable(
            "returns", "happening", ("return_id",), "occurred_at",
            {"return_id": "text", "account_id": "text", "occurred_at": "instant", "gained_minor": "money",
             "cost_minor": "money", "currency": "text", "note": "text"},
            required=("return_id", "occurred_at"),
            derived={"gained_base_minor": "money", "cost_base_minor": "money"},
            measures={"rows": Measure("occurred_at"),
                      "gained": Measure("occurred_at", value="gained_base_minor", unit="minor"),
                      "cost": Measure("occurred_at", value="cost_base_minor", unit="minor")},
        ),
        FactTable(
            "pulses", "happening", ("pulse_id",), "occurred_at",
            {"pulse_id": "text", "account_id": "text", "user": "text", "occurred_at": "instant", "rating": "number",
             "note": "text"},
            required=("pulse_id", "occurred_at", "rating"),
            measures={"rows": Measure("occurred_at"), "rating": Measure("occurred_at", value="rating")},
        ),
        FactTable(
            "churn", "happening", ("account_id", "effective_at"), "effective_at",
            {"account_id": "text", "notice_at": "instant", "effective_at": "instant", "reason": "text",
             "comment": "text", "kind": "text", "recorded_at": "instant"},
            required=("effective_at",),
            measures={"rows": Measure("effective_at")},
            known=("recorded_at", "notice_at"),
        ),
        FactTable(
            "costs", "thing", ("segment", "month_on", "kind"), "month_on",
            {"segment": "text", "month_on": "date", "kind": "text", "amount_minor": "money", "currency": "text",
             "updated_at": "instant"},
            required=("month_on", "amount_minor"),
        ),
        FactTable(
            "rates", "thing", ("day_on", "currency"), "day_on",
            {"day_on": "date", "currency": "text", "rate": "number"},  # one unit of `currency` in the workspace's
            required=("day_on", "currency", "rate"),
        ),
    )
}
"""`dues` cannot be mapped. `costs`, `rates` and `identities` have no account of their own to be scored."""


def day_column(column: str) -> str:
    """The integer day that stands for an instant or a date.

    >>> day_column("opened_at"), day_column("due_on"), day_column("disputed_from")
    ('opened_day', 'due_day', 'disputed_from_day')
    """
    return column.removesuffix("_at").removesuffix("_on") + "_day"
