"""`sabai value`: what each account is still worth, and how sure that is."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.pages import language_option, with_files
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.waiting import waiting
from sabai.cli.when import Date, day_of
from sabai.cli.worth import lines

if TYPE_CHECKING:
    from sabai.value.values import Referrals, Values

MODELS = ("auto", "sbg", "bdw", "bgnbd", "pareto")


class Percent(click.ParamType[float]):
    """A share written with its sign.

    >>> Percent().convert("75%", None, None), Percent().convert("7.5 %", None, None)
    (0.75, 0.075)
    """

    name = "percent"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number, sign, rest = str(value).strip().partition("%")
        try:
            read = float(number)
        except ValueError:
            read = -1.0
        if not sign or rest or not 0 < read <= 100:
            self.fail(f'"{value}" is not a share above 0% and up to 100%; write it like 75%.', param, ctx)
        return read / 100


@verb
@data_argument
@definitions_option
@click.option("--as-of", "as_of", type=Date(), help="When that day began; default: after the last fact.")
@click.option("--by", help="Divide by this column of accounts; default: segment, where there is one.")
@click.option("--margin", type=Percent(), help="What is kept of revenue; default: what `money:` says, else all.")
@click.option("--discount", "discount_a_year", type=Percent(), help="A year; default: what `money:` says, else 10%.")
@click.option(
    "--horizon", "horizon_months", type=click.IntRange(1, 600), default=36, show_default=True,
    help="Months, without contracts.",
)  # fmt: skip
@click.option("--model", type=click.Choice(MODELS), default="auto", show_default=True, help="sbg and bdw: by contract.")
@click.option("--quantity", "times_quantity", is_flag=True, help="Values of events are prices: multiply by quantity.")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="The most valuable accounts.")
@out_option
@language_option
def value(
    data: Path, definitions: Path | None, as_of: date | None, top: int, out: Path | None, lang: str, **asked: Any
) -> Answer:  # fmt: skip
    """What each account is still worth: by contract from how many renew, without one from what and when it buys.

    Every value has an interval, and the naive one beside it as a warning. Writes value.html, pictures, accounts.csv and
    models.csv below OUT/value.

    \b
        sabai value
        sabai value exports --definitions sabai.yaml --as-of 2026-07-01 --by country --margin 80%
        sabai value shop --model pareto --horizon 24 --lang ja
    """
    from sabai.pipeline import Request
    from sabai.report.money.value import write_value
    from sabai.value.lifetime import Ask, lifetime_values

    with place(data, definitions, out).alone() as here, waiting() as progress:
        meaning = here.definitions()
        facts = Request(meaning, here.data, here.out, progress=progress).facts()
        asked["margin"] = asked["margin"] or meaning.money.margin
        asked["discount_a_year"] = asked["discount_a_year"] or meaning.money.discount_a_year
        found = lifetime_values(facts, meaning, day_of(facts, as_of), Ask(**asked), progress)
        page = write_value(found, meaning, here.out / "value", lang)
    text = with_files(lines(found, top), page, ["accounts", "models"])
    return Answer(as_data(found, top) | {"out": page.parent, "page": page}, text, facts.issues)


def as_data(found: Values, top: int) -> dict[str, object]:
    """For programs: money in minor units, and the accounts in accounts.csv but for the most valuable."""
    from sabai.dates import from_day

    later = found.held_out
    told = {
        name: getattr(found, name) for name in ("family", "currency", "margin", "discount_a_year", "horizon_months")
    }
    return {
        "as_of": from_day(found.as_of),
        **told,
        "by": found.by,
        "accounts": found.accounts.height,
        "total": found.total,
        "naive_minor": found.naive_minor,
        "segments": found.segments,
        "models": found.models,
        "points": found.points,
        "held_out": later and {**asdict(later), "from": from_day(later.from_day), "until": from_day(later.until_day)},
        "most_valuable": found.most_valuable(top).to_dicts(),
        "referrals": found.referrals and _referred(found.referrals, top),
        "notices": found.notices,
    }


def _referred(told: Referrals, top: int) -> dict[str, object]:
    return {**asdict(told), "by_referrer": told.by_referrer.head(top).to_dicts()}
