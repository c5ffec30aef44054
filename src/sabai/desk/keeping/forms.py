"""What people say of what is kept, read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from sabai.desk.keeping.actions import DAYS
from sabai.desk.keeping.models import KINDS, KeepingSetting
from sabai.desk.look.forms import Spoken
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account
from sabai.language.language import Language

LONGEST = 36_500


class DaysForm(Spoken):
    audit_days = forms.IntegerField(min_value=30, max_value=LONGEST)
    intake_days = forms.IntegerField(min_value=1, max_value=LONGEST)
    former_days = forms.IntegerField(min_value=1, max_value=LONGEST, required=False)

    @classmethod
    def filled(cls, language: Language, kept: KeepingSetting, sent: QueryDict | None = None) -> DaysForm:
        """With what is set, unless something was sent."""
        return cls(language, sent, initial={name: getattr(kept, name) for name in DAYS})

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {
            "audit_days": gettext("Audit trail, days"),
            "intake_days": gettext("What came in, days after it landed"),
            "former_days": gettext("What was written of former customers, and what they wrote, days"),
        }


class WhomForm(Spoken):
    """An account by its id or its name, or a person by their id or address."""

    kind = forms.ChoiceField()
    value = forms.CharField(max_length=300)

    def __init__(self, workspace: Workspace, language: Language, *values: Any) -> None:
        super().__init__(language, *values)
        self.workspace = workspace
        words = (language.gettext("Customer"), language.gettext("Contact id"), language.gettext("Mail address"))
        self.choose("kind", list(zip(KINDS, words, strict=True)))

    def words(self) -> dict[str, str]:
        return {"kind": self.language.gettext("Whom"), "value": self.language.gettext("Name, id or address")}

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        value = str(told.get("value", ""))
        told["called"] = value
        if told.get("kind") == "account" and value:
            found = list(self._accounts(value))
            if len(found) != 1:
                many = self.language.gettext("Several customers are called so. Write the id.")
                none = self.language.gettext("There is no such customer.")
                raise forms.ValidationError({"value": many if found else none})
            told["value"], told["called"] = found[0].account_id, found[0].name
        if told.get("kind") == "email" and value and "@" not in value:
            raise forms.ValidationError({"value": self.language.gettext("This is no mail address.")})
        return told

    def _accounts(self, value: str) -> list[Account]:
        here = Account.of(self.workspace)
        return list(here.filter(account_id=value)) or list(here.filter(name=value)[:2])
