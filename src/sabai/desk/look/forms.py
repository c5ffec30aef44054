"""A form in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sabai.language.language import Language


class Spoken(forms.Form):
    """A form whose labels are said in one language: `words` gives them by field. Ids tell two forms of a page apart."""

    def __init__(self, language: Language, *args: Any, **values: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": f"{type(self).__name__.lower()}-%s"} | values)
        self.language = language
        for name, word in self.words().items():
            self.fields[name].label = word

    def words(self) -> dict[str, str]:
        return {}

    def choose(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        """What may be chosen in a field, each with its word."""
        choice_of(self, name).choices = list(pairs)


def choice_of(form: forms.BaseForm, name: str) -> forms.ChoiceField:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field
