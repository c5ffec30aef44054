"""A language as the rest of Sabai uses it: words, direction and formatter in one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from gettext import NullTranslations
from typing import Literal

from babel import Locale

from sabai.language.catalogues import gettext_noop, translations
from sabai.language.numbers import Calendar, Formatter

STOPS = {"th": "", "ja": "。"}
PAUSES = {"th": " ", "ja": "；", "ar": "؛ "}
"""Where sentences are put together; "." and "; " in all others."""


@dataclass(frozen=True, slots=True)
class Language:
    """
    >>> speak("en").gettext("%(name)s fell", name="Baan Coffee")
    'Baan Coffee fell'
    >>> speak("en").ngettext("%(num)s customer", "%(num)s customers", 2)
    '2 customers'
    >>> speak("ar").direction
    'rtl'
    """

    code: str
    show: Formatter
    catalogue: NullTranslations
    labels: Mapping[str, Mapping[str, str]] | None = field(default=None, hash=False, compare=False)
    people: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self.show.locale.text_direction == "rtl" else "ltr"

    @property
    def rtl(self) -> bool:
        return self.direction == "rtl"

    @property
    def stop(self) -> str:
        """What ends a sentence."""
        return STOPS.get(self.code, ".")

    @property
    def pause(self) -> str:
        """What stands between two halves of one, with its space.

        >>> speak("en").pause, speak("ja").pause
        ('; ', '；')
        """
        return PAUSES.get(self.code, "; ")

    def calling(self, labels: Mapping[str, Mapping[str, str]]) -> Language:
        """The same language on pages of a company that has labels: name -> language -> text, "" for every language."""
        return replace(self, labels=labels)

    def called(self, name: str) -> str:
        """What readers see in place of a name of the definitions; where nobody speaks of labels, the name itself.

        >>> here = speak("ar").calling({"nps": {"": "NPS"}, "logins": {"ar": "مرات الدخول"}})
        >>> here.called("logins"), here.called("nps"), here.called("heard_from")
        ('مرات الدخول', 'NPS', 'heard from')
        >>> speak("ar").called("heard_from")
        'heard_from'
        """
        if self.labels is None:
            return name
        said = self.labels.get(name, {})
        return said.get(self.code) or said.get("") or next(iter(said.values()), name.replace("_", " "))

    def naming(self, people: Mapping[str, str]) -> Language:
        """The same language where people have names: as facts know them, casefolded -> as they call themselves."""
        return replace(self, people=people)

    def person(self, known_as: str | None) -> str:
        """
        >>> here = speak("en").naming({"james": "James Okello"})
        >>> here.person("james"), here.person("mali"), here.person(None)
        ('James Okello', 'mali', '')
        """
        return self.people.get((known_as or "").casefold(), known_as or "")

    def gettext(self, message: str, /, **values: object) -> str:
        """The message in this language, with its named placeholders filled."""
        return self.catalogue.gettext(message) % values

    def ngettext(self, one: str, many: str, num: int, /, **values: object) -> str:
        """The form that this language uses for so many; `%(num)s` is the number, already written in its way."""
        return self.catalogue.ngettext(one, many, num) % {"num": self.show.fixed(num), **values}


@cache
def speak(code: str, calendar: Calendar = "gregorian") -> Language:
    """The language with that code; UsageError where there is no translation."""
    catalogue = translations(code)
    unknown = catalogue.gettext(gettext_noop("unknown"))
    return Language(code, Formatter(Locale.parse(code), unknown, calendar), catalogue)
