"""The customers by contract with what their value is made of: the term, what they pay, and the curve of renewals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sabai.dates import to_day
from sabai.language.language import Language
from sabai.report.money.workbook.cells import Cell, Row, Sheet, amount, heads, on_day, top
from sabai.value.by_contract import named
from sabai.value.values import ModelTold, Values

HEAD = 4  # rows above the first customer
FACTS = 2  # the column of the first of the facts
_WIDTHS = (16, 28, 16, 9, 10, 14, 12, 10, 10, 10, 12, 10, 16, 16, 16, 16)

Models = Mapping[str, ModelTold]


def model_of(row: Mapping[str, Any], models: Models) -> ModelTold:
    """The model of the customer's own segment, or else that of all with the same term."""
    return models.get(named(row["term"], row["segment"])) or models[named(row["term"], None)]


def fact_names(language: Language) -> tuple[str, ...]:
    """What the value of a customer is reckoned from."""
    _ = language.gettext
    return (_("segment"), _("term, months"), _("renewals so far"), _("a month"), _("due on"), "a", "b", "c",
            _("a constant rate"), _("notice given (1: yes)"))  # fmt: skip


def facts_of(row: Mapping[str, Any], model: ModelTold, currency: str) -> Row:
    """One cell for each of `fact_names`; of a curve a, b and c (1 for sBG), else the constant rate."""
    told, due = model.parameters, row["due_on"]
    shape = (told.get("a"), told.get("b"), told.get("c", 1.0) if "a" in told else None)
    return (
        Cell(row["segment"] or None), Cell(row["term"], "count"), Cell(row["renewed"], "count"),
        amount(row["revenue_minor"], currency), on_day(to_day(due) if isinstance(due, date) else None),
        *(Cell(value, "fine") for value in (*shape, told.get("rate", model.naive_rate))),
        Cell(int(row["why"] == "has given notice"), "count"),
    )  # fmt: skip


def customers(rows: Sequence[Mapping[str, Any]], models: Models, found: Values, language: Language) -> Sheet:
    """Those who have a value, the most valuable first."""
    _, currency = language.gettext, found.currency
    begin = top(_("What are customers worth?"), [_("Amounts are in %(currency)s.", currency=currency)])
    head = heads((_("customer"), _("name"), *fact_names(language), _("worth"), _("at least"), _("at most"),
                  _("naively")))  # fmt: skip
    lines = (
        (
            Cell(row["account_id"]), Cell(row["name"]), *facts_of(row, model_of(row, models), currency),
            *(amount(row[f"{name}_minor"], currency) for name in ("value", "low", "high", "naive")),
        )
        for row in rows
    )  # fmt: skip
    return Sheet(_("Customers"), (*begin, head, *lines), _WIDTHS, HEAD)
