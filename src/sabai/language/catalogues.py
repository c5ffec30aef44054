"""Translations as people write them: gettext `.po` files, read when needed, so that nothing has to be built."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from sabai.errors import Issue, UsageError, did_you_mean

SOURCE = "en"
LANGUAGES = ("en", "th", "ar", "ja")


def gettext_noop(message: str) -> str:
    """Marks a message for translation where it is written down, and translates it later where it is shown.

    >>> gettext_noop("healthy")
    'healthy'
    """
    return message


@cache
def translations(code: str) -> NullTranslations:
    """The messages of one of LANGUAGES; English is the source and needs no file.

    >>> translations("ja").gettext("healthy")
    '良好'
    """
    if code not in LANGUAGES:
        raise UsageError(_not_spoken(code))
    return NullTranslations() if code == SOURCE else _compiled(po_text(code), code)


def po_text(code: str) -> bytes:
    """The catalogue of one language as it lies in `locale/`."""
    return (files("sabai") / "locale" / code / "LC_MESSAGES" / "sabai.po").read_bytes()


def _compiled(text: bytes, code: str) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text), locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _not_spoken(code: str) -> Issue:
    return Issue(
        "USE-010",
        f'There is no translation into "{code}".',
        why="Half a translation would be worse than none.",
        hint=did_you_mean(code, LANGUAGES),
    )
