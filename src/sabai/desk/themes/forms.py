"""Names and words that somebody gives to a suggested theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from sabai.desk.look.forms import Spoken
from sabai.desk.people.context import NAMES
from sabai.desk.themes.naming import ID, Named
from sabai.language.language import Language

_BETWEEN = re.compile(r"[,،、\n]")


class ThemeForm(Spoken):
    """An id, a name in one language at least, and words, in the languages that are spoken here."""

    id = forms.CharField(max_length=60)

    def __init__(self, language: Language, *given: Any, **known: Any) -> None:
        super().__init__(language, *given, **known)
        for code, tongue in NAMES.items():
            marked = {"lang": code, "dir": "auto"}
            self.fields[f"name_{code}"] = forms.CharField(
                required=False, max_length=60, label=tongue, widget=forms.TextInput(attrs=marked)
            )
            self.fields[f"words_{code}"] = forms.CharField(
                required=False, max_length=2_000, label=tongue, widget=forms.Textarea(attrs={"rows": 2, **marked})
            )

    def words(self) -> dict[str, str]:
        return {"id": self.language.gettext("Id in the definitions")}

    def clean_id(self) -> str:
        name = str(self.cleaned_data["id"]).strip()
        if not ID.fullmatch(name):
            raise forms.ValidationError(
                self.language.gettext("Small Latin letters, digits and _, beginning with a letter.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self._said("name", told):
            self.add_error(None, self.language.gettext("Give it a name in one language at least."))
        if not self._said("words", told):
            self.add_error(None, self.language.gettext("Without words it would never be found."))
        return told

    @property
    def named(self) -> Named:
        words = {
            code: tuple(dict.fromkeys(word for each in _BETWEEN.split(said) if (word := " ".join(each.split()))))
            for code, said in self._said("words", self.cleaned_data).items()
        }
        return Named(self.cleaned_data["id"], self._said("name", self.cleaned_data), words)

    def of(self, what: str) -> list[forms.BoundField]:
        """The fields of names, or of words."""
        return [self[f"{what}_{code}"] for code in NAMES]

    def _said(self, what: str, told: Mapping[str, Any]) -> dict[str, str]:
        return {code: said for code in NAMES if (said := str(told.get(f"{what}_{code}", "")).strip())}
