"""The report as one HTML file that opens anywhere: no network, no script needed to read it, four languages."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sabai.health.scores import BANDS
from sabai.language.language import Language, speak
from sabai.language.numbers import is_unknown
from sabai.report import charts
from sabai.report.calls import FALL
from sabai.report.cells import Cells, mark, name
from sabai.report.view import AccountPage, Scored, View, view
from sabai.report.words import BAND_WORDS, CHANNEL_WORDS, DIMENSION_WORDS, REASON_WORDS, WORST_FIRST
from sabai.store.aside import aside

ROWS_AT_ONCE = 100  # of the list; the rest waits unseen until somebody asks for it


def write_page(run: Scored, path: Path, lang: str = "en") -> Path:
    """Writes the report of `run` to `path` in one of LANGUAGES; UsageError for another language."""
    html = render(view(run), speak(lang))
    with aside(path) as unfinished:
        unfinished.write_text(html, encoding="utf-8")
    return path


def render(shown: View, language: Language) -> str:
    """The whole page as text."""
    script = _own("report.js")
    return (
        _environment(language.code)
        .get_template("report.html.j2")
        .render(
            view=shown,
            as_of=int(shown.days[shown.span.now]),
            before=int(shown.days[shown.span.before]),
            currency=shown.definitions.workspace.currency,
            bands=BANDS,
            counts=_counts(shown),
            moved=tuple(sum(way * c.change >= FALL for c in shown.customers) for way in (-1, 1)),
            by_hand=sum(customer.beside.override is not None for customer in shown.customers),
            over_time=_over_time(shown, language),
            about_trend=lambda page: _about_trend(page, language),
            pages={page.customer.index: page for page in shown.pages},
            style=Markup(_own("report.css")),
            script=Markup(script),
            script_hash=f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}",
        )
    )


@cache
def _environment(code: str) -> Environment:
    language = speak(code)
    environment = Environment(
        loader=PackageLoader("sabai.report"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        language.catalogue.gettext, language.catalogue.ngettext, newstyle=True
    )
    environment.filters.update(name=name, sortable=_sortable)
    environment.tests.update(unknown=is_unknown)
    cells = Cells.speaking(language)
    environment.globals.update(
        mark=mark,
        chip=cells.chip,
        signed=cells.signed,
        score=cells.score,
        language=language,
        show=language.show,
        charts=charts,
        band_words=BAND_WORDS,
        band_order={band: order for order, band in enumerate(WORST_FIRST)},
        channel_words=CHANNEL_WORDS,
        dimension_words=DIMENSION_WORDS,
        reason_words=REASON_WORDS,
        rows_at_once=ROWS_AT_ONCE,
    )
    return environment


@cache
def _own(name: str) -> str:
    return (files("sabai.report") / "templates" / name).read_text(encoding="utf-8")


def _sortable(value: float) -> str:
    """
    >>> _sortable(0.125), _sortable(float("nan"))
    ('0.125', '')
    """
    return "" if is_unknown(value) else f"{value:.6g}"


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
