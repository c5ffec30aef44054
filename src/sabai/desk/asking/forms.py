"""What is written on the page of those who are not to be asked."""

from __future__ import annotations

from typing import Any

from django import forms

from sabai.language.language import Language


class NeverForm(forms.Form):
    """Somebody who is not to be asked, by their address."""

    address = forms.EmailField(max_length=320)

    def __init__(self, language: Language, *values: Any) -> None:
        super().__init__(*values)
        self.fields["address"].label = language.gettext("E-mail address")


class AgainForm(forms.Form):
    """Why somebody may be asked again."""

    reason = forms.CharField(max_length=300)

    def __init__(self, language: Language, *values: Any) -> None:
        super().__init__(*values)
        self.fields["reason"].label = language.gettext("Why may they be asked again?")
