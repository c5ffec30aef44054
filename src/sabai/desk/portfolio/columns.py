"""The columns of the list: what each is called, where it comes from and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sabai.language.catalogues import gettext_noop

Kind = Literal["band", "score", "change", "share", "owner", "text", "money", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is that of Account; `first` is what a click sorts first: `-` from the greatest down."""

    key: str
    word: str
    field: str
    kind: Kind
    first: Literal["", "-"] = ""
    needs: str = "read"

    @property
    def number(self) -> bool:
        return self.kind in ("score", "change", "share", "money", "day")


NAME = Column("name", gettext_noop("Customer"), "name", "text")
COLUMNS = {
    column.key: column
    for column in (
        Column("band", gettext_noop("Band"), "band", "band"),
        Column("score", gettext_noop("Score"), "score", "score"),
        Column("week", gettext_noop("Change in a week"), "change_week", "change"),
        Column("quarter", gettext_noop("Change in a quarter"), "change_quarter", "change"),
        Column("coverage", gettext_noop("Coverage"), "coverage", "share"),
        Column("owner", gettext_noop("Owner"), "owner_name", "owner"),
        Column("segment", gettext_noop("Segment"), "segment", "text"),
        Column("revenue", gettext_noop("Revenue a month"), "revenue_minor", "money", "-"),
        Column("renews", gettext_noop("Renewal"), "renews_on", "day"),
        Column("overdue", gettext_noop("Overdue"), "overdue_minor", "money", "-", "money"),
        Column("paid", gettext_noop("Paid in a week"), "paid_minor", "money", "-", "money"),
        Column("expanded", gettext_noop("More a month than a week ago"), "expanded_minor", "money", "-"),
        Column("touch", gettext_noop("Last contact"), "last_touch_on", "day", "-"),
        Column("seen", gettext_noop("Last seen"), "last_seen_on", "day", "-"),
        Column("stage", gettext_noop("Stage"), "stage", "text"),
        Column("country", gettext_noop("Country"), "country", "text"),
        Column("industry", gettext_noop("Industry"), "industry", "text"),
        Column("product", gettext_noop("Product"), "product", "text"),
        Column("started", gettext_noop("Customer since"), "started_on", "day"),
        Column("id", gettext_noop("Id"), "account_id", "text"),
    )
}
USUAL = ("band", "score", "week", "owner", "segment", "revenue", "renews", "overdue", "touch")
"""Shown where nothing else is asked for. Stage and country stand below the name."""
SORTS = {"name": NAME, **COLUMNS}
