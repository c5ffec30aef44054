"""The templates of the desk: the words, numbers and marks of the reader of this request."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.translation import get_language
from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from sabai.desk.look.spoken import spoken
from sabai.language.language import Language
from sabai.language.numbers import is_unknown
from sabai.report import charts
from sabai.report.cells import Cells, called, mark, name
from sabai.report.words import BAND_WORDS, CHANNEL_WORDS, DIMENSION_WORDS


def environment(**options: Any) -> Environment:
    """As Django asks for it, once. Words are looked up when a template is filled, in the language of the request."""
    made = Environment(
        **options | {"extensions": ["jinja2.ext.i18n"], "trim_blocks": True, "lstrip_blocks": True},
    )
    made.loader = ChoiceLoader([options["loader"], PackageLoader("sabai.report", "templates")])
    made.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(name=name, called=called, chip=_chip)
    made.filters.update(signed=lambda value, decimals=1: _cells().signed(value, decimals))
    made.tests.update(unknown=is_unknown)
    made.globals.update(
        url=_url,
        static=staticfiles_storage.url,
        mark=mark,
        charts=charts,
        band_words=BAND_WORDS,
        channel_words=CHANNEL_WORDS,
        dimension_words=DIMENSION_WORDS,
    )
    return made


def _here() -> Language:
    return spoken(get_language())


def _gettext(message: str) -> str:
    return _here().catalogue.gettext(message)


def _ngettext(one: str, many: str, num: int) -> str:
    return _here().catalogue.ngettext(one, many, num)


def _cells() -> Cells:
    return _cells_in(_here().code)


@cache
def _cells_in(code: str) -> Cells:
    """Made once for each language: a list asks for them hundreds of times."""
    return Cells.speaking(spoken(code), frozenset())


def _chip(band: str) -> Markup:
    """A band by shape, word and colour."""
    return _cells().chip(band)


def _url(view: str, *values: object) -> str:
    """The address of a page: `url("accounts:account", workspace.slug, account.pk)`."""
    return reverse(view, args=values)
