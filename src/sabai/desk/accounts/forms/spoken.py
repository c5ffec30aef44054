"""A small form in the reader's words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sabai.language.language import Language


class Spoken(forms.Form):
    """A form whose labels are said in one language: `labels` gives them by field."""

    def __init__(self, language: Language, *args: Any, **values: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "auto_id": f"{type(self).__name__.lower()}-%s"} | values)
        self.language = language
        for name, word in self.labels().items():
            self.fields[name].label = word

    def labels(self) -> dict[str, str]:
        raise NotImplementedError

    def choices(self, name: str, pairs: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(pairs)
