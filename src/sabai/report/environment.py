"""The templates of the page in one language, ready to be filled."""

from __future__ import annotations

import json
import re
from functools import cache, partial
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from sabai.language.language import Language, speak
from sabai.language.numbers import is_unknown
from sabai.report import charts
from sabai.report.cells import called, mark, name, sentence
from sabai.report.words import BAND_WORDS, CHANNEL_WORDS, DIMENSION_WORDS, REASON_WORDS

_WITHOUT_VALUES = re.compile(r'\b_\("([^"]*)"\)')


@cache
def environment(code: str) -> Environment:
    """The templates with words, numbers, dates and charts as the readers of a language know them."""
    language = speak(code)
    made = Environment(
        loader=FunctionLoader(partial(_translated, language)),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        language.catalogue.gettext, language.catalogue.ngettext, newstyle=True
    )
    made.filters.update(name=name, called=called, sentence=sentence)
    made.tests.update(unknown=is_unknown)
    made.globals.update(
        mark=mark,
        language=language,
        show=language.show,
        charts=charts,
        band_words=BAND_WORDS,
        channel_words=CHANNEL_WORDS,
        dimension_words=DIMENSION_WORDS,
        reason_words=REASON_WORDS,
    )
    return made


@cache
def own(name: str) -> str:
    """A file of ours that becomes part of the page."""
    return (files("sabai.report") / "templates" / name).read_text(encoding="utf-8")


def _translated(language: Language, template: str) -> str:
    """Messages without values are said where the template is read, and not for each of five hundred accounts."""
    return _WITHOUT_VALUES.sub(lambda found: json.dumps(language.gettext(found[1])), own(template))
