"""What the pages of surveys send: read strictly, with words for what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from sabai.desk.look.forms import Spoken
from sabai.desk.surveys.audience import Audience
from sabai.desk.surveys.form import SCALES, Choice, Condition, Form, Question, Texts
from sabai.desk.surveys.models import OCCASIONS, REST_DAYS, Survey
from sabai.desk.surveys.words import OCCASION_WORDS
from sabai.health.scores import BANDS

LONGEST = 1000  # characters of a question
MOST_CHOICES = 30
MORE_CHOICES = 3  # empty rows below the choices that there are
FIELDS = ("stages", "bands", "segments", "countries", "roles", "owners")
MOST_DAYS = 36_500


class Begun(Spoken):
    """A new survey: its name and its languages."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))

    def words(self) -> dict[str, str]:
        return {"name": self.language.gettext("Name")}


class Rhythm(Spoken):
    """When it asks. Hours are those of the contact's own day."""

    name = forms.CharField(max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    occasion = forms.ChoiceField()
    delay_days = forms.IntegerField(min_value=-180, max_value=365)
    every_days = forms.IntegerField(min_value=REST_DAYS, max_value=730)
    rest_days = forms.IntegerField(min_value=REST_DAYS, max_value=1095)
    remind_after_days = forms.IntegerField(min_value=1, max_value=60, required=False)
    open_days = forms.IntegerField(min_value=1, max_value=365)
    quiet_from = forms.IntegerField(min_value=0, max_value=23)
    quiet_until = forms.IntegerField(min_value=0, max_value=23)
    reply_within_days = forms.IntegerField(min_value=1, max_value=30)
    sender = forms.CharField(max_length=100, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    reply_to = forms.EmailField(required=False)

    def __init__(self, survey: Survey, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values, initial={name: getattr(survey, name) for name in self.base_fields})
        self.choose("occasion", [(each, self.language.gettext(OCCASION_WORDS[each])) for each in OCCASIONS])
        if survey.begun_at:  # what was asked on one occasion is not told together with another's
            self.fields["occasion"].disabled = True

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {
            "name": gettext("Name"),
            "occasion": gettext("When it asks"),
            "delay_days": gettext("Days after it happened"),
            "every_days": gettext("Each contact once in so many days"),
            "rest_days": gettext("Days of rest before and after"),
            "remind_after_days": gettext("One reminder after so many days"),
            "open_days": gettext("Days in which an answer may come and change"),
            "quiet_from": gettext("Nothing is sent from this hour on"),
            "quiet_until": gettext("until this hour"),
            "reply_within_days": gettext("Days in which the unhappy get a reply"),
            "sender": gettext("Name of the sender"),
            "reply_to": gettext("Replies go to"),
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        gettext = self.language.gettext
        self._leave_out(said)
        if said.get("delay_days", 0) < 0 and said.get("occasion") != "renewal":
            self.add_error("delay_days", gettext("Only a renewal is known before it happens."))
        if "quiet_from" in said and said["quiet_from"] == said.get("quiet_until"):
            self.add_error("quiet_until", gettext("Then nothing would ever be sent."))
        if (said.get("remind_after_days") or 0) >= said.get("open_days", MOST_DAYS):
            self.add_error("remind_after_days", gettext("A reminder has to come before the close."))
        for name in ("sender", "name"):
            said[name] = " ".join(said.get(name, "").split())  # a line break would be a header of its own
        return said

    def _leave_out(self, said: dict[str, Any]) -> None:
        """What does not belong to the occasion is not shown, so nothing may be wrong with it: it stays as it was."""
        unseen = {"recurring": ("delay_days",), "once": ("delay_days", "every_days")}
        for name in unseen.get(said.get("occasion", ""), ("every_days",)):
            self.errors.pop(name, None)
            said[name] = 0 if name == "delay_days" else self.initial[name]


def audience_of(posted: QueryDict) -> Audience:
    """Values that mean nothing are left out, as if nobody had written them."""
    chosen = {name: tuple(dict.fromkeys(_short(value) for value in posted.getlist(name) if value)) for name in FIELDS}
    chosen["bands"] = tuple(band for band in BANDS if band in chosen["bands"])
    return Audience(
        **chosen,
        tenure_from_days=number_of(posted.get("tenure_from_days", ""), 1, MOST_DAYS),
        tenure_until_days=number_of(posted.get("tenure_until_days", ""), 1, MOST_DAYS),
        deciders_only=posted.get("deciders_only") == "1",
    )


def number_of(text: str, least: int, most: int) -> int | None:
    """
    >>> number_of(" 7 ", 1, 10), number_of("11", 1, 10), number_of("x", 1, 10)
    (7, None, None)
    """
    text = text.strip()
    known = text.isascii() and text.isdecimal() and len(text) < 10
    return int(text) if known and least <= int(text) <= most else None


def question_of(posted: QueryDict, question: Question, form: Form) -> Question:
    """The question as the page sends it; its key and its kind stay."""
    scale = question.kind in SCALES
    return Question(
        question.key,
        question.kind,
        texts_of(posted, "texts", form.languages),
        low=texts_of(posted, "low", form.languages) if scale else {},
        high=texts_of(posted, "high", form.languages) if scale else {},
        choices=tuple(_choices(posted, question, form)) if question.kind == "choice" else (),
        many=posted.get("many") == "1" and question.kind == "choice",
        required=posted.get("required") == "1",
        when=_condition(posted, question, form),
    )


def texts_of(posted: QueryDict, name: str, languages: Iterable[str]) -> Texts:
    return {code: _short(posted.get(f"{name}-{code}", "")) for code in languages}


def _choices(posted: QueryDict, question: Question, form: Form) -> Iterator[Choice]:
    """Those that say anything, in the order of their places; a new one gets a key that none had."""
    known = [choice.key for choice in question.choices]
    rows = range(min(len(known) + MORE_CHOICES, MOST_CHOICES))
    places = {row: number_of(posted.get(f"place-{row}", ""), 0, 99) for row in rows}
    for row in sorted(rows, key=lambda row: (99 if places[row] is None else places[row], row)):
        texts = texts_of(posted, f"choice-{row}", form.languages)
        if any(texts.values()):
            if row >= len(question.choices):
                known.append(_new_key(texts, form, known))
            yield Choice(known[row] if row < len(question.choices) else known[-1], texts)


def _new_key(texts: Texts, form: Form, known: list[str]) -> str:
    """Its words in the fallback, so that a table of answers can be read."""
    words = texts[form.fallback].casefold()[:40] or "choice"
    return next(key for number in range(1, 100) if (key := words if number == 1 else f"{words} {number}") not in known)


def _condition(posted: QueryDict, question: Question, form: Form) -> Condition | None:
    """On one of the questions before it; None where everybody is asked."""
    keys = [each.key for each in form.questions]
    on = posted.get("when", "")
    if on not in keys[: keys.index(question.key)]:
        return None
    other = form.questions[keys.index(on)]
    if other.kind in SCALES:
        low, high = SCALES[other.kind]
        least, most = (number_of(posted.get(f"{end}-{on}", ""), low, high) for end in ("least", "most"))
        return Condition(on, least=least, most=most)
    known = [choice.key for choice in other.choices]
    return Condition(on, among=tuple(key for key in posted.getlist(f"among-{on}") if key in known))


def _short(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:LONGEST]
