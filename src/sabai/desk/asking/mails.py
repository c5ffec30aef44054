"""The mail that asks: HTML and its twin in plain text, in the language of whoever is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unicodedata import category

from django.template.loader import render_to_string
from django.utils import translation

from sabai.desk.look.spoken import spoken as language_of
from sabai.desk.responses.brand import HEX, Theme, dark, light
from sabai.desk.surveys.form import Form, spoken
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.words import direction_of

PLAIN = "#0f6b5c"
LONGEST = 150  # of a subject
ISOLATED = "\u2068{}\u2069"  # keeps a name of another script from turning around the words beside it
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Links:
    """Whole addresses: the page, the page with each score of the first question chosen, the way out, the logo."""

    answer: str
    stop: str
    scores: Mapping[int, str] = field(default_factory=dict)
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    text: str
    html: str


def rendered(form: Form, survey: Survey, language: str, name: str, links: Links, *, reminder: bool = False) -> Mail:
    """The mail as `name` ("" where it is unknown) reads it; `language` is a code, and falls back as the form says."""
    known = {each.partition("-")[0] for each in form.languages} | set(form.languages)
    tongue = language if known & {language, language.partition("-")[0]} else form.fallback
    own, said = language_of(tongue), _said(form, tongue)
    told = said | {
        "survey": survey,
        "workspace": survey.workspace,
        "called": (called := one_line(name)),
        "isolated": ISOLATED.format(called),
        "links": links,
        "reminder": reminder,
        "language": own,
        "show": own.show,
        "tongue": tongue,
        "direction": direction_of(tongue),
        "themes": _themes(survey.colour.lower()),
    }
    with translation.override(own.code):
        text, html = (render_to_string(f"asking/mail.{kind}", told) for kind in ("txt", "html"))
    begins = own.gettext("Reminder: %(subject)s", subject=said["subject"]) if reminder else said["subject"]
    return Mail(one_line(begins)[:LONGEST].strip(), text.strip() + "\n", html)


def one_line(text: str) -> str:
    """Foreign text as it may stand in a header: nothing that ends a line, turns the reading or cannot be seen.

    >>> one_line("Noi\\r\\nBcc: all@example.com")
    'Noi Bcc: all@example.com'
    """
    seen = "".join(" " if category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in TURNING.sub("", text))
    return " ".join(seen.split())


def sender(survey: Survey) -> str:
    """Who the mail is from, as it is read."""
    return one_line(survey.sender or survey.workspace.name)[:100]


def _said(form: Form, language: str) -> dict[str, Any]:
    texts = {"greeting": form.greeting, "question": form.first.texts, "low": form.first.low, "high": form.first.high}
    said = {name: spoken(of, language, form.fallback).strip() for name, of in texts.items()}
    return said | {"subject": spoken(form.subject, language, form.fallback) or said["question"]}


@cache
def _themes(colour: str) -> tuple[Theme, Theme]:
    colour = colour if HEX.fullmatch(colour[1:]) else PLAIN
    return light(colour), dark(colour)
