"""`sabai report`: the page and the workbook again, in a language of the reader's choice."""

from __future__ import annotations

from pathlib import Path

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.place import data_argument, definitions_option, out_option, place
from sabai.cli.scored import scored

LANGUAGES = ("en", "th", "ar", "ja")


@verb
@data_argument
@definitions_option
@out_option
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The reader's language.")
def report(data: Path, definitions: Path | None, out: Path | None, lang: str) -> Answer:
    """Write the report as one HTML file that opens anywhere."""
    from sabai.report.page import write_page

    with place(data, definitions, out).alone() as here:
        page = here.out / ("report.html" if lang == "en" else f"report.{lang}.html")
        write_page(scored(here), page, lang)
    return Answer({"report": page}, f"Written to {page}.")
