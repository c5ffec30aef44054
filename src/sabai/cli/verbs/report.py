"""`sabai report`: the page and the workbook again, in a language of the reader's choice."""

from __future__ import annotations

from pathlib import Path

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.pages import language_option
from sabai.cli.place import Place, data_argument, definitions_option, out_option, place
from sabai.cli.scored import scored
from sabai.cli.unchanged import asked


@verb
@data_argument
@definitions_option
@out_option
@language_option
def report(data: Path, definitions: Path | None, out: Path | None, lang: str) -> Answer:
    """Write the report as one HTML file that opens anywhere."""
    name = "report.html" if lang == "en" else f"report.{lang}.html"
    with place(data, definitions, out).alone() as here:
        return asked(here, [name]).answered(lambda: written(here, name, lang))


def written(here: Place, name: str, lang: str) -> Answer:
    """Where the page stands, after it is written."""
    from sabai.report.page import write_page

    write_page(scored(here), here.out / name, lang)
    return Answer({"report": here.out / name}, f"Written to {here.out / name}.")
