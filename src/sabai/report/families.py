"""Parents and children among the customers of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sabai.report.customers import Customer


@dataclass(frozen=True, slots=True)
class Family:
    """`parent` is None also where it is no customer itself; `children` stand in the order of the list."""

    parent: Customer | None
    children: tuple[Customer, ...]


def families(customers: list[Customer]) -> Mapping[str, Family]:
    """The family of every customer, by account_id."""
    by_id = {customer.account_id: customer for customer in customers}
    children: dict[str, list[Customer]] = defaultdict(list)
    for customer in customers:
        children[customer.parent_id].append(customer)
    return {
        account_id: Family(by_id.get(customer.parent_id), tuple(children[account_id]))
        for account_id, customer in by_id.items()
    }
