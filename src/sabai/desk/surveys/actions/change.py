"""A survey is begun and changed: its questions, of whom it asks, when, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.core.files.base import ContentFile
from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.surveys.audience import told
from sabai.desk.surveys.form import Form
from sabai.desk.surveys.models import Survey, Version
from sabai.desk.surveys.queries import newest
from sabai.desk.surveys.shipped.templates import Template

SETTINGS = (
    "name", "occasion", "audience", "sample", "every_days", "delay_days", "rest_days", "remind_after_days", "open_days",
    "quiet_from", "quiet_until", "reply_within_days", "sender", "reply_to", "colour", "origins",
)  # fmt: skip


@transaction.atomic
def create(member: Membership, template: Template, name: str, form: Form) -> Survey:
    """A draft of that kind with these questions."""
    survey = Survey.everywhere.create(
        workspace=member.workspace, name=name, kind=template.kind, occasion=template.occasion,
        delay_days=template.delay_days, audience=told(template.audience), created_by=member.user,
    )  # fmt: skip
    _version(member, survey, 1, form)
    write(member.workspace, member.user, "create", "survey", survey.pk, None, {"name": name, "template": template.key})
    return survey


@transaction.atomic
def copy(member: Membership, survey: Survey, name: str) -> Survey:
    """Another survey that asks the same in the same way, and has asked nobody yet."""
    settings = {setting: getattr(survey, setting) for setting in SETTINGS} | {"name": name}
    other = Survey(workspace=member.workspace, kind=survey.kind, created_by=member.user, **settings)
    if survey.logo:
        with survey.logo.open() as file:
            other.logo.save(f"{other.key}.png", ContentFile(file.read()), save=False)
    other.save()
    _version(member, other, 1, msgspec.convert(newest(survey).form, Form))
    write(member.workspace, member.user, "create", "survey", other.pk, None, {"name": name, "copy of": survey.pk})
    return other


@transaction.atomic
def save_form(member: Membership, survey: Survey, form: Form, what: Mapping[str, Any]) -> Version:
    """Keeps the questions, right or wrong: in the draft, or in a new one where the last has been published.

    `what` says to the audit trail what was changed in them.
    """
    Survey.of(member.workspace).select_for_update().get(pk=survey.pk)  # one after the other
    version, kept = newest(survey), msgspec.to_builtins(form)
    if kept == version.form:
        return version
    if version.published_at:
        version = _version(member, survey, version.number + 1, form)
    else:
        version.form, version.by = kept, member.user
        version.save(update_fields=["form", "by"])
    write(member.workspace, member.user, "change", "survey", survey.pk, None, {"version": version.number, **what})
    return version


@transaction.atomic
def set_settings(member: Membership, survey: Survey, **settings: Any) -> bool:
    """Changes what stands in SETTINGS; whether anything was otherwise before."""
    changed = {name: value for name, value in settings.items() if getattr(survey, name) != value}
    if not changed:
        return False
    before = {name: getattr(survey, name) for name in changed}
    for name, value in changed.items():
        setattr(survey, name, value)
    survey.save(update_fields=list(changed))
    write(member.workspace, member.user, "change", "survey", survey.pk, before, changed)
    return True


@transaction.atomic
def set_logo(member: Membership, survey: Survey, png: bytes | None) -> None:
    """Another logo, or None for none; the file of the old one goes once the change stands."""
    old, before = survey.logo.name, bool(survey.logo)
    if png is None:
        survey.logo = None
    else:
        survey.logo.save(f"{survey.key}.png", ContentFile(png), save=False)
    survey.save(update_fields=["logo"])
    write(member.workspace, member.user, "change", "survey", survey.pk, {"logo": before}, {"logo": png is not None})
    if old and old != survey.logo.name:
        transaction.on_commit(lambda: survey.logo.storage.delete(old))


def _version(member: Membership, survey: Survey, number: int, form: Form) -> Version:
    return Version.everywhere.create(
        workspace=member.workspace, survey=survey, number=number, form=msgspec.to_builtins(form), by=member.user
    )
