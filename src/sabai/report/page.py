"""The report as one HTML file that opens anywhere: no network, no script needed to read it, four languages."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import numpy as np
from markupsafe import Markup

from sabai.health.scores import BANDS
from sabai.language.language import Language, speak
from sabai.report.calls import FALL
from sabai.report.cells import Cells
from sabai.report.environment import environment, own
from sabai.report.notices import noticed
from sabai.report.rows import Rows
from sabai.report.view import AccountPage, Scored, View, view
from sabai.report.words import BAND_WORDS
from sabai.store.aside import aside

ROWS_AT_ONCE = 100  # of the list; the rest waits unseen until somebody asks for it


def write_page(run: Scored, path: Path, lang: str = "en") -> Path:
    """Writes the report of `run` to `path` in one of LANGUAGES; UsageError for another language."""
    html = render(view(run), speak(lang).calling(run.definitions.labels))
    with aside(path) as unfinished:
        unfinished.write_text(html, encoding="utf-8")
    return path


def render(shown: View, language: Language) -> str:
    """The whole page as text."""
    cells, script = Cells.speaking(language, {page.customer.index for page in shown.pages}), own("report.js")
    return (
        environment(language.code)
        .get_template("report.html.j2")
        .render(
            view=shown,
            language=language,
            cells=cells,
            as_of=int(shown.days[shown.span.now]),
            before=int(shown.days[shown.span.before]),
            currency=shown.definitions.workspace.currency,
            bands=BANDS,
            counts=_counts(shown),
            moved=tuple(sum(way * c.change >= FALL for c in shown.customers) for way in (-1, 1)),
            by_hand=sum(customer.beside.override is not None for customer in shown.customers),
            over_time=_over_time(shown, language),
            about_trend=lambda page: _about_trend(page, language),
            rows=Rows.of(shown, cells).written,
            rows_at_once=ROWS_AT_ONCE,
            notices=list(noticed(shown.notices, language)),
            changes={page.customer.index: page.changes for page in shown.pages},
            style=Markup(own("report.css")),
            script=Markup(script),
            script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
        )
    )


def _counts(shown: View) -> dict[str, tuple[int, int]]:
    """band -> (how many now, how many more than before)"""
    now, before = shown.counts[shown.span.now], shown.counts[shown.span.before]
    return {band: (int(now[at]), int(now[at] - before[at])) for at, band in enumerate(BANDS)}


def _over_time(shown: View, language: Language) -> str:
    def said(column: int) -> str:
        words = [
            f"{language.gettext(BAND_WORDS[band])} {count}"
            for band, count in zip(BANDS, shown.counts[column], strict=True)
        ]
        return f"{language.show.date(int(shown.days[column]))}: {', '.join(words)}."

    return f"{said(0)} {said(shown.span.now)}"


def _about_trend(page: AccountPage, language: Language) -> str:
    known = page.trend[~np.isnan(page.trend)]
    if not known.size:
        return language.show.unknown
    lowest, highest = (language.show.fixed(float(edge)) for edge in (known.min(), known.max()))
    return language.gettext("Between %(lowest)s and %(highest)s.", lowest=lowest, highest=highest)
