"""The rows of the list of customers: as many as there are customers, so they are written without a template."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from sabai.language.numbers import is_unknown
from sabai.report import charts
from sabai.report.cells import Cells, name
from sabai.report.customers import Customer
from sabai.report.view import View
from sabai.report.words import WORST_FIRST

BAND_ORDER = {band: order for order, band in enumerate(WORST_FIRST)}


@dataclass(frozen=True, slots=True)
class Rows:
    """Cells carry the bare number in `data-value`, by which the page's script sorts."""

    shown: View
    cells: Cells
    sparklines: dict[int, Markup]  # of customers with a page

    @classmethod
    def of(cls, shown: View, cells: Cells) -> Rows:
        draw, rtl = charts.sparkline, cells.language.rtl
        pages = shown.pages if shown.span.compares else []
        lines = {page.customer.index: draw(shown.days, page.trend, page.customer.band, rtl) for page in pages}
        return cls(shown, cells, lines)

    def written(self, customers: list[Customer]) -> Markup:
        return Markup("".join(self._row(customer) for customer in customers))

    def _row(self, customer: Customer) -> str:
        row = [
            f'<tr data-band="{customer.band}" data-id="{escape(customer.account_id)}">',
            f'<th scope="row">{self.cells.link(customer)}{self._about(customer)}</th>',
            f'<td data-value="{BAND_ORDER[customer.band]}">{self.cells.band(customer)}{_reason(customer)}</td>',
            _number(customer.score, self.cells.score(customer.score)),
            *self._moves(customer),
            *self._pays(customer),
            _number(customer.coverage, self.cells.language.show.percent(customer.coverage), " minor"),
            "</tr>\n",
        ]
        return "".join(row)

    def _about(self, customer: Customer) -> str:
        """Whose child it is, its segment, and its score from its own children."""
        known = [name(part) for part in (customer.parent, self.cells.language.called(customer.segment)) if part]
        rolled = customer.beside.from_children
        lines = [" · ".join(known), *([escape(self.cells.from_children(rolled))] if rolled else [])]
        return "".join(f"<small>{line}</small>" for line in lines if line)

    def _moves(self, customer: Customer) -> list[str]:
        if not self.shown.span.compares:
            return []
        line = self.sparklines.get(customer.index, "")
        return [_number(customer.change, self.cells.signed(customer.change)), f'<td class="minor">{line}</td>']

    def _pays(self, customer: Customer) -> list[str]:
        if not self.shown.revenue:
            return []
        currency, revenue = self.shown.definitions.workspace.currency, customer.revenue_minor
        return [_number(revenue, escape(self.cells.language.show.money_short(revenue, currency)), " pays")]


def _number(value: float, said: str, kind: str = "") -> str:
    return f'<td class="n{kind}" data-value="{sortable(value)}">{said}</td>'


def _reason(customer: Customer) -> str:
    override = customer.beside.override
    return f'<small class="reason"><bdi>{escape(override.reason)}</bdi></small>' if override else ""


def sortable(value: float) -> str:
    """
    >>> sortable(0.125), sortable(float("nan"))
    ('0.125', '')
    """
    return "" if is_unknown(value) else f"{value:.6g}"
