"""What people type about sources and files, read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator

from sabai.desk.intake.actions.uploads import UPLOADS
from sabai.desk.intake.files.open import FILE_BYTES, KINDS
from sabai.desk.intake.models import Source
from sabai.desk.look.forms import choice_of
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.sources import DESK
from sabai.language.language import Language


class SourceForm(forms.Form):
    """A name that definitions can speak of, and what will be sent."""

    name = forms.CharField(max_length=40)
    kind = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, language: Language, workspace: Workspace, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        self.language, self.workspace = language, workspace
        name, kind = self.fields["name"], self.fields["kind"]
        name.label, kind.label = language.gettext("Name"), language.gettext("What will it send?")
        wrong = language.gettext("Begin with a letter a–z; then letters, digits and _ only, at most 40.")
        name.validators.append(RegexValidator(r"\A[a-z][a-z0-9_]{0,39}\Z", wrong))
        choices = [
            ("events", language.gettext("What people do, by a Segment library")),
            ("facts", language.gettext("Rows of tables")),
        ]
        choice_of(self, "kind").choices = choices
        kind.initial = "events"

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name in (DESK, UPLOADS) or Source.of(self.workspace).filter(name=name).exists():
            raise forms.ValidationError(self.language.gettext("There is a source of that name already."))
        return name


class UploadForm(forms.Form):
    file = forms.FileField(widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}))

    def __init__(self, language: Language, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        self.language = language
        self.fields["file"].label = language.gettext("File")

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(KINDS):
            raise forms.ValidationError(self.language.gettext("We read CSV, TSV, XLSX and JSON lines."))
        if (file.size or 0) > FILE_BYTES:
            raise forms.ValidationError(self.language.gettext("The file is larger than 50 MB."))
        return file
