"""`sabai explain`: one score as an addition."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import data_option, definitions_option, out_option, place
from sabai.cli.scored import day_asked, known_account, scored
from sabai.cli.when import Date


@verb
@click.argument("account")
@click.option("--as-of", type=Date(), help="The date to speak of; default: the last one.")
@data_option
@definitions_option
@out_option
def explain(account: str, as_of: date | None, data: Path, definitions: Path | None, out: Path | None) -> Answer:
    """Show the score of ACCOUNT as an addition that you can redo by hand."""
    from sabai.health.addition import addition
    from sabai.health.explain import explain as explained

    run = scored(place(data, definitions, out), [as_of] if as_of else ())
    why = explained(run.scores, run.definitions, known_account(run, account), day_asked(run, as_of))
    return Answer({"explanation": why}, addition(why))
