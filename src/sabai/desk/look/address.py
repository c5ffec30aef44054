"""The address of a list: what was asked for stands in it, and what is usual does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def address(asked: DataclassInstance, changes: Mapping[str, str | int]) -> str:
    """The query that asks for the same but for `changes`; a change of anything begins at the first page.

    `asked` has a `page`, and each of its fields has what is usual as its default.
    """
    wanted, usual = asdict(replace(asked, **{"page": 1, **changes})), asdict(type(asked)())
    return "?" + urlencode({name: value for name, value in wanted.items() if value != usual[name]})
