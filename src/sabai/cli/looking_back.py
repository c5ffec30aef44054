"""What is asked of the past on the command line, and where it is found."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sabai.cli.answer import Answer
from sabai.cli.when import Date

if TYPE_CHECKING:
    from sabai.proof.replay import Question

LONGEST = 3 * 366


class Days(click.ParamType[int]):
    """A span of days, with or without its unit.

    >>> Days().convert("90d", None, None), Days().convert("30", None, None)
    (90, 30)
    """

    name = "days"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        written = re.fullmatch(r"(\d{1,4})\s*d?", str(value))
        if not written or not 1 <= int(written[1]) <= LONGEST:
            self.fail(f'"{value}" is not a span of 1 to {LONGEST} days; write it like 90d.', param, ctx)
        return int(written[1])


def question_options(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """`--horizon`, `--label`, `--every`, `--split`, `--cross-section` as `question`, and `--as-of` as `as_of`."""

    @click.option("--horizon", type=Days(), default="90d", show_default=True, help="Within how long they leave.")
    @click.option(
        "--label", type=click.Choice(["notice", "effective"]),
        help="What counts as leaving: saying so, or being gone. Default: notice, where anybody ever gave one.",
    )  # fmt: skip
    @click.option(
        "--every", type=click.Choice(["month", "week"]), default="month", show_default=True,
        help="A row for each account at every month-end, or every Monday.",
    )  # fmt: skip
    @click.option(
        "--split", type=Date(),
        help="Learn before, judge from here on. Default: where the poorer side has most accounts that left.",
    )  # fmt: skip
    @click.option(
        "--cross-section", is_flag=True,
        help="For a table without dates: one as-of date, whoever leaves at any time after, five folds of accounts.",
    )  # fmt: skip
    @click.option("--as-of", "as_of", type=Date(), multiple=True, help="Only these dates; may be given again.")
    @wraps(function)
    def asked(
        horizon: int, label: Any, every: Any, split: date | None, cross_section: bool, **given: object
    ) -> Answer:  # fmt: skip
        return function(question=_question(horizon, label, every, split, cross_section), **given)

    return asked


def _question(horizon: int, label: Any, every: Any, split: date | None, cross_section: bool) -> Question:
    from sabai.proof.replay import Question

    return Question(horizon, label, every, split, cross_section)
