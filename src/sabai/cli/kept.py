"""Over which days retention is asked for, and by what, on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sabai.cli.answer import Answer
from sabai.cli.when import Date

if TYPE_CHECKING:
    from sabai.retention.span import Span


def span_options(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """`--from`, `--to`, `--every` and `--by` as `span`."""

    @click.option("--from", "first", type=Date(), help="From this day on; default: the first that was known.")
    @click.option("--to", "last", type=Date(), help="Until the day before; default: as far as who left has settled.")
    @click.option(
        "--every", type=click.Choice(["month", "quarter", "year", "span"]), default="month", show_default=True,
        help="Count over calendar months, quarters or years, or over the whole span at once.",
    )  # fmt: skip
    @click.option("--by", help="Apart by a column of accounts, or by owner, product or cohort.")
    @wraps(function)
    def asked(first: date | None, last: date | None, every: Any, by: str | None, **given: object) -> Answer:
        return function(span=_span(first, last, every, by), **given)

    return asked


def _span(first: date | None, last: date | None, every: Any, by: str | None) -> Span:
    from sabai.retention.span import Span

    return Span(first, last, every, by)
