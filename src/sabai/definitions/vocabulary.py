"""The words of the fact tables as metrics use them: tables, measures, columns, and the names that stand for others."""

from __future__ import annotations

from dataclasses import dataclass

from sabai.definitions.model import Where
from sabai.facts.catalogue import TABLES, Measure, Type

ALIASES = {
    "invoices.unpaid": ("dues", "unpaid", ()),
    "invoices.overdue": ("dues", "overdue", ()),
    "invoices.days_late": ("dues", "days_late", ()),
    "invoices.reminded": ("dues", "days_late", (Where("reminded", "in", (True,)),)),
}
"""Said of invoices, measured in dues, the table that landing makes of invoices and their payments."""

MAPPED = tuple(name for name in TABLES if name != "dues")
"""The tables that a source can fill."""

MEASURED = tuple(name for name, table in TABLES.items() if table.measures and name != "dues")
"""The tables that a metric can name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A measure in a fact table, with the filter that its name implies."""

    table: str
    measure: str
    where: tuple[Where, ...] = ()

    @property
    def found(self) -> Measure | None:
        table = TABLES.get(self.table)
        return table.measures.get(self.measure) if table else None


def place(text: str, measure: str = "rows") -> Place:
    """
    >>> place("events"), place("invoices.overdue")
    (Place(table='events', measure='rows', where=()), Place(table='dues', measure='overdue', where=()))
    """
    if text in ALIASES:
        return Place(*ALIASES[text])
    table, dot, named = text.partition(".")
    return Place(table, named if dot else measure)


def measures(table: str) -> list[str]:
    """How the measures of a table are written, the table's own rows first.

    >>> measures("pulses")
    ['pulses', 'pulses.rating']
    """
    own = [table if name == "rows" else f"{table}.{name}" for name in TABLES[table].measures]
    return own + [alias for alias in ALIASES if alias.startswith(f"{table}.")]


def columns(table: str) -> dict[str, Type]:
    """The columns that `where` may name."""
    found = TABLES[table]
    plain = {name: kind for name, kind in found.columns.items() if kind not in ("properties", "instants")}
    return plain | found.derived | {"source": "text"}


def column_type(table: str, column: str) -> Type | None:
    """The type of a column, properties included; None if the table has no such column.

    >>> column_type("events", "properties.plan"), column_type("events", "plan")
    ('text', None)
    """
    if column.startswith("properties.") and "properties" in TABLES[table].columns:
        return "text"
    return columns(table).get(column)


def closing_word(table: str) -> str | None:
    """The word that says that a row is no longer open: `where: { answered: no }`.

    >>> closing_word("responses"), closing_word("tickets"), closing_word("events")
    ('answered', 'resolved', None)
    """
    opened = TABLES[table].measures.get("open")
    if opened is None or opened.end is None:
        return None
    return opened.end.removesuffix("_at").removesuffix("_on")
