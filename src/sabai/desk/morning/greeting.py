"""How the day begins: one line that a colleague might say."""

from __future__ import annotations

from datetime import datetime

from sabai.language.language import Language


def greeting(language: Language, at: datetime, name: str) -> str:
    """By the hour where the workspace is.

    >>> from sabai.language.language import speak
    >>> greeting(speak("en"), datetime(2026, 6, 29, 8, 30), "Yuki")
    'Good morning, Yuki'
    """
    if 4 <= at.hour < 12:
        return language.gettext("Good morning, %(name)s", name=name)
    if at.hour < 18 and at.hour >= 12:
        return language.gettext("Good afternoon, %(name)s", name=name)
    return language.gettext("Good evening, %(name)s", name=name)


def first_line(language: Language, calls: int, tasks: int) -> str:
    """What the day holds, in two short sentences or one."""
    say = language.gettext
    if not calls and not tasks:
        return say("Nobody has to be called today, and nothing is due. A good day to ask somebody how they are.")
    called = say("Nobody has to be called today.")
    if calls:
        called = language.ngettext(
            "%(num)s customer is worth a call today.", "%(num)s customers are worth a call today.", calls
        )
    due = language.ngettext("%(num)s task is due.", "%(num)s tasks are due.", tasks) if tasks else ""
    return f"{called} {due}".strip() if language.stop != "。" else called + due
