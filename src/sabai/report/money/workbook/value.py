"""What a customer is worth, to be redone: renewal after renewal of one of them, and what all of them are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, log, log1p
from typing import Any

from sabai.language.language import Language
from sabai.report.money.workbook.cells import Cell, Row, Sheet, amount, at, column_of, heads, on_day, top
from sabai.report.money.workbook.value_customers import FACTS, HEAD, customers, fact_names, facts_of, model_of
from sabai.report.money.workbook.value_steps import DISCOUNT, TERM, steps
from sabai.value.by_contract import YEAR_DAYS, discount_of_term
from sabai.value.curve import Curve, Model
from sabai.value.values import ModelTold, Values

MOST = 20_000  # customers
_FARTHEST, _NOTHING = 3_000, 1e-9  # renewals: what lies beyond is worth less than a coin
_FIRST_STEP = 21
_ASKED, _MARGIN, _AS_OF, _REVENUE, _DUE, _NOTICED, _ADDS = (f"$B${row}" for row in (4, 5, 7, 11, 12, 17, 18))


def value_sheets(found: Values, language: Language) -> tuple[Sheet, ...]:
    """Nothing where customers have no contracts or nobody has a value: a sum by hand needs a curve of renewals."""
    rows = [row for row in found.accounts.head(MOST).to_dicts() if row["value_minor"] is not None]
    if found.family != "contract" or not rows:
        return ()
    models = {each.of: each for each in found.models}
    listed = customers(rows, models, found, language)
    return (_by_hand(rows[0], model_of(rows[0], models), found, len(rows), language), listed)


def _by_hand(row: Mapping[str, Any], model: ModelTold, found: Values, rows: int, language: Language) -> Sheet:
    _ = language.gettext
    lines = steps(_curve(model), row["renewed"], row["term"], found.discount_a_year, _terms(found), _FIRST_STEP)
    head = heads((_("renewal"), _("still there"), _("of those there now"), _("money then"), _("adds")))
    facts = facts_of(row, model, found.currency)
    asked = tuple(_asked(row, found, language))
    known = tuple(_facts(facts, rows, language))
    worth = tuple(_worth(row, found, lines, language))
    return Sheet(_("By hand"), (*asked, *known, *worth, (), head, *lines), (34, 18, 20, 18, 18), _FIRST_STEP)


def _curve(model: ModelTold) -> Curve:
    kinds: dict[int, Model] = {1: "naive", 2: "sbg", 3: "bdw"}
    return Curve(kinds[len(model.parameters)], tuple(model.parameters.values()))


def _terms(found: Values) -> int:
    """So many renewals that the rest is worth nothing, for the shortest term that there is."""
    shortest = min(int(term) for term in found.accounts["term"].drop_nulls().unique())
    return min(_FARTHEST, ceil(-log(_NOTHING) / log1p(discount_of_term(found.discount_a_year, shortest))))


def _asked(row: Mapping[str, Any], found: Values, language: Language) -> Iterator[Row]:
    _ = language.gettext
    note = _("Write another customer of the next sheet into the first yellow cell; all else follows by formulas.")
    yield from top(_("One customer's value by hand"), [note])
    yield Cell(_("customer")), Cell(row["account_id"], "input_text")
    yield Cell(_("margin")), Cell(found.margin, "input_percent")
    yield Cell(_("discount a year")), Cell(found.discount_a_year, "input_percent")
    yield Cell(_("as of")), on_day(found.as_of, given=True)


def _facts(facts: Row, rows: int, language: Language) -> Iterator[Row]:
    """What the sheet of customers says of the one that is asked for; an empty cell stays empty."""
    listed = language.gettext("Customers")
    place = f"MATCH({_ASKED},{column_of(listed, 0, HEAD, rows)},0)"
    for number, (name, cell) in enumerate(zip(fact_names(language), facts, strict=True), start=FACTS):
        wanted = f"INDEX({column_of(listed, number, HEAD, rows)},{place})"
        yield Cell(name), Cell(cell.value, cell.style, f'IF({wanted}="","",{wanted})')


def _worth(row: Mapping[str, Any], found: Values, lines: Sequence[Row], language: Language) -> Iterator[Row]:
    """margin × revenue of a term × what the renewals add up to × what money at the next renewal is worth today."""
    _, last = language.gettext, _FIRST_STEP + len(lines) - 1
    adds = sum(float(line[-1].value or 0) for line in lines)
    until = f"({_DUE}-{_AS_OF})/{YEAR_DAYS}"
    yield Cell(_("renewals add up to")), Cell(adds, "fine", f"SUM({at(_FIRST_STEP, 4)}:{at(last, 4)})")
    worth = f"{_MARGIN}*{_REVENUE}*{TERM}*{_ADDS}*(1+{DISCOUNT})^(-{until})*(1-{_NOTICED})"
    yield Cell(_("worth"), "total_text"), amount(row["value_minor"], found.currency, worth)
