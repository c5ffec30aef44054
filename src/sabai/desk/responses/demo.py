"""What the people of the demo company answered: drawn from how well their company does, in their own language."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from django.db.models import F
from django.utils import timezone

from sabai.demo.voices import COMMENTS, MOODS, comment
from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Membership
from sabai.desk.responses.actions.answer import answer
from sabai.desk.responses.given import Answer
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import form_of

SEED = 7
WEEKS = 5
ANSWERS = 0.4  # of those who were asked
SCORES = {"healthy": 8.9, "at_risk": 7.0, "unhealthy": 4.4, "unknown": 7.5}
"""By the band of the account, what its people score on average."""


def seed_answers(admin: Membership, survey: Survey) -> int:
    """Asks those whose turn came in the last weeks, and answers for some of them; how many. Done once."""
    asks = Ask.of(admin.workspace).filter(survey=survey)
    if asks.exists():
        return 0
    now = timezone.now()
    survey.begun_at = now - timedelta(weeks=WEEKS + 1)
    survey.save(update_fields=["begun_at"])
    for weeks in range(WEEKS, 0, -1):
        plan(survey, now - timedelta(weeks=weeks), SEED + weeks, admin.user)
    asks.update(state="sent", sent_at=F("send_after"), remind_after=None)
    rng = np.random.default_rng(SEED)
    answered = [ask for ask in asks.select_related("account", "contact").order_by("pk") if rng.random() < ANSWERS]
    for ask in answered:
        _answer(rng, ask)
    return len(answered)


def _answer(rng: np.random.Generator, ask: Ask) -> None:
    score = int(np.clip(round(rng.normal(SCORES[ask.account.band], 1.8)), 0, 10))
    language = ask.language if ask.language in COMMENTS else "en"
    given: dict[str, Answer] = {form_of(ask.version).first.key: score}
    why = next((question.key for question in form_of(ask.version).questions if question.kind == "text"), None)
    if why and rng.random() < 0.7:
        given[why] = comment(rng, language, MOODS[int(score > 6) + int(score > 8)])
    if score >= 9 and any(question.key == "speak" for question in form_of(ask.version).questions):
        given["speak"] = [str(rng.choice(["review", "reference", "case study", "no"]))]
    at = min(ask.send_after + timedelta(hours=float(rng.gamma(1.5, 20))), _a_moment_ago())
    answer(ask, given, channel="mail", at=at, language=ask.language, key=f"ask-{ask.pk}", complete=True)


def _a_moment_ago() -> datetime:
    return timezone.now() - timedelta(minutes=1)
