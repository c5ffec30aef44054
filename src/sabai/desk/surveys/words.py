"""What surveys are called on screen."""

from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language

KIND_WORDS = {
    "nps": gettext_noop("Recommendation (NPS)"),
    "csat": gettext_noop("Satisfaction (CSAT)"),
    "ces": gettext_noop("Effort (CES)"),
    "exit": gettext_noop("Why customers left"),
    "onboarding": gettext_noop("Onboarding check"),
    "custom": gettext_noop("Questions of your own"),
}
STATE_WORDS = {
    "draft": gettext_noop("draft"),
    "running": gettext_noop("running"),
    "paused": gettext_noop("paused"),
    "closed": gettext_noop("closed"),
}
OCCASION_WORDS = {
    "once": gettext_noop("once, everybody at a time"),
    "recurring": gettext_noop("again and again, spread over the days"),
    "ticket": gettext_noop("after a ticket was solved"),
    "onboarding": gettext_noop("after a customer entered a stage"),
    "renewal": gettext_noop("before or after a renewal"),
    "release": gettext_noop("after a release"),
    "churn": gettext_noop("after a customer left"),
}
QUESTION_WORDS = {
    "nps": gettext_noop("Recommendation, 0 to 10"),
    "csat": gettext_noop("Satisfaction, 1 to 5"),
    "ces5": gettext_noop("Effort, 1 to 5"),
    "ces7": gettext_noop("Effort, 1 to 7"),
    "rating": gettext_noop("Rating, 1 to 5"),
    "choice": gettext_noop("Choice"),
    "text": gettext_noop("Text"),
}


def occasion_told(key: str, language: Language) -> str:
    """What an ask is about (`occasions.Due`), as it is read.

    >>> from sabai.language.language import speak
    >>> occasion_told("round:2026-11-02", speak("en")), occasion_told("ticket:T-81", speak("en"))
    ('round of Nov 2, 2026', 'ticket T-81')
    """
    kind, _, about = key.partition(":")
    words = {
        "round": gettext_noop("round of %(about)s"),
        "ticket": gettext_noop("ticket %(about)s"),
        "renewal": gettext_noop("renewal on %(about)s"),
        "release": gettext_noop("release %(about)s"),
        "churn": gettext_noop("left on %(about)s"),
        "stage": gettext_noop("entered the stage %(about)s"),
    }
    if kind not in words:
        return key
    if kind in ("renewal", "churn", "stage"):
        about = about.partition(":")[2]  # behind the account
    if kind in ("round", "renewal", "churn"):
        about = language.show.date(date.fromisoformat(about))
    return language.gettext(words[kind], about=about)


def language_name(code: str, reader: str) -> str:
    """What a language is called in the reader's, or its code where nobody has a name for it.

    >>> language_name("th", "en"), language_name("pt-BR", "en"), language_name("xx", "en")
    ('Thai', 'Portuguese (Brazil)', 'xx')
    """
    try:
        return Locale.parse(code, sep="-").get_display_name(reader) or code
    except (ValueError, UnknownLocaleError):
        return code


def is_language(code: str) -> bool:
    """Whether this is a code of a language that somebody speaks (BCP-47), such as fr, pt-BR or zh-Hant-TW.

    >>> is_language("fr"), is_language("pt-BR"), is_language("xx"), is_language("en_GB")
    (True, True, False, False)
    """
    return len(code) <= 20 and "_" not in code and language_name(code, "en") != code


def direction_of(code: str) -> str:
    """Which way a language is written.

    >>> direction_of("ur"), direction_of("fr"), direction_of("xx")
    ('rtl', 'ltr', 'ltr')
    """
    try:
        return Locale.parse(code, sep="-").text_direction
    except (ValueError, UnknownLocaleError):
        return "ltr"
