"""Planning a wave: who is asked is settled here, once, together with why the others are not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction

from sabai.desk.asking.inserting import insert, kept
from sabai.desk.asking.models import Ask, NotAsked, Wave
from sabai.desk.asking.queries import known, sort_out
from sabai.desk.asking.quiet import waking, zone_of
from sabai.desk.asking.rules import Candidate, Refused, Sorted
from sabai.desk.audit.actions import write
from sabai.desk.people.models import User
from sabai.desk.surveys.form import Form
from sabai.desk.surveys.models import REST_DAYS, Survey, drawn
from sabai.desk.surveys.queries import form_of, published

DAYS = ("send_after", "asked_on", "rests_until", "closes_at")
OWN = ("account_id", "contact_id", "person", "occasion", "language", "nonce")


def plan(survey: Survey, at: datetime, seed: int, by: User | None) -> Wave:
    """Asks those whom the survey is for and who may be asked; with the same seed and the same facts, the same people.

    What may not be is decided by the database: whoever was asked by somebody else meanwhile is left out.
    """
    found = sort_out(survey, at, seed)
    with transaction.atomic():
        wave = Wave(workspace=survey.workspace, survey=survey, version=published(survey), seed=seed, planned_at=at)
        wave.by, wave.audience = by, found.audience
        wave.save(force_insert=True)
        of_all = {"workspace": wave.workspace, "wave": wave}
        insert(Ask(**of_all, survey=survey, version=wave.version), (*OWN, *DAYS), _asks(wave, found.drawn))
        left_out = _left_out(wave, found)
        insert(NotAsked(**of_all), ("contact_id", "reason", "until"), _reasons([*found.refused, *left_out]))
        wave.asked = len(found.drawn) - len(left_out)
        wave.save(update_fields=["asked"])
        told = {"survey": survey.name, "audience": wave.audience, "asked": wave.asked}
        write(survey.workspace, by, "create", "wave", wave.pk, None, told)
    return wave


def _asks(wave: Wave, candidates: Iterable[Candidate]) -> Iterator[tuple[object, ...]]:
    days, spoken = _days(wave), _spoken(form_of(wave.version))
    for each in candidates:
        own = (each.account, each.contact, each.person, each.occasion, spoken(each.language), drawn())
        yield own + days(each.time_zone)


def _days(wave: Wave) -> Callable[[str], tuple[object, ...]]:
    """Time zone of a contact -> DAYS: nothing is sent before it is neither too early nor too late there."""
    survey = wave.survey

    @cache
    def days(time_zone: str) -> tuple[object, ...]:
        zone = zone_of(time_zone, survey.workspace.time_zone)
        send_after = waking(wave.planned_at, zone, survey.quiet_from, survey.quiet_until)
        asked_on = survey.workspace.day_of(send_after)
        rests_until = asked_on + timedelta(days=max(survey.rest_days, REST_DAYS))
        closes_at = send_after + timedelta(days=survey.open_days)
        return tuple(kept(each) for each in (send_after, asked_on, rests_until, closes_at))

    return days


def _spoken(form: Form) -> Callable[[str], str]:
    """Language of a contact -> the one of the form's that they are asked in."""

    @cache
    def spoken(language: str) -> str:
        wanted = language.strip().replace("_", "-").lower()
        known_as = {each.lower(): each for each in form.languages}
        return known_as.get(wanted) or known_as.get(wanted.partition("-")[0]) or form.fallback

    return spoken


def _left_out(wave: Wave, found: Sorted) -> list[Refused]:
    """Whom the database did not take: others asked them, or were about to, while this wave was planned."""
    taken = set(Ask.of(wave.workspace).filter(wave=wave).values_list("contact_id", flat=True))
    if len(taken) == len(found.drawn):
        return []
    resting = known(wave.survey, wave.workspace.day_of(wave.planned_at)).resting
    missing = (candidate for candidate in found.drawn if candidate.contact not in taken)
    return [Refused(candidate, "asked lately", resting.get(candidate.person)) for candidate in missing]


def _reasons(refused: Iterable[Refused]) -> Iterator[tuple[object, ...]]:
    return ((candidate.contact, reason, kept(until)) for candidate, reason, until in refused)
