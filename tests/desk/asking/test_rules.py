"""Whatever happens in whatever order, nobody is asked too often, at night, or after they said no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.desk.asking import quiet
from sabai.desk.asking.actions.plan import plan
from sabai.desk.asking.actions.send import send_due
from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.actions.wave import decide, stop
from sabai.desk.asking.models import Wave
from sabai.desk.asking.post import Outcome, Post
from sabai.desk.asking.rules import Candidate, Known, sorted_out
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.scoring.persons import person_of
from sabai.desk.surveys.models import Survey
from tests.desk.asking.conftest import NOON, MakeContact, MakeSurvey
from tests.tries import tries

DAY = timedelta(days=1)
ZONES = ("", "Asia/Tokyo", "America/New_York", "Asia/Kolkata", "Nowhere", "Pacific/Apia")
PEOPLE = 4
WAIT = st.tuples(st.just("wait"), st.sampled_from((0.3, 0.5, 1.0, 7.0, 85.0)))
PLAN = st.tuples(st.just("plan"), st.integers(0, 1))
SEND = st.tuples(st.just("send"), st.just("sent"))
BADLY = st.tuples(st.just("send"), st.sampled_from(("later", "unsure", "bounced", "refused", "down")))
PERSON = st.tuples(st.sampled_from(("left", "erased", "back")), st.integers(0, PEOPLE - 1))
SURVEY = st.tuples(st.sampled_from(("stopped", "killed", "paused", "resumed", "closed")), st.integers(0, 1))
ROUND = st.tuples(PLAN, WAIT, SEND, st.one_of(PERSON, SURVEY, BADLY, WAIT), WAIT, SEND)


class History:
    """What happened to four people and two surveys; `mails` is what a mail server was given: when, to whom, what."""

    def __init__(self, workspace: Workspace, surveys: list[Survey], by: Membership) -> None:
        self.workspace, self.surveys, self.by = workspace, surveys, by
        self.now, self.outcome = NOON, "sent"
        self.mails: list[tuple[datetime, str, str]] = []
        self.left: dict[str, datetime] = {}

    def hand_over(self, mail: object) -> Outcome:
        if self.outcome == "down":
            return Outcome("down")
        if self.outcome in {"sent", "unsure"}:  # what may have arrived counts as if it had
            to, subject = mail.to[0], mail.subject  # type: ignore[attr-defined]
            self.mails.append((self.now, to, "reminder" if subject.startswith("Reminder") else "first"))
        return Outcome(self.outcome)  # type: ignore[arg-type]

    def happens(self, what: str, which: float | int | str) -> None:
        if what in {"left", "erased", "back"}:
            self._to_person(what, f"p{which}@example.com")
        elif what == "wait":
            self.now += timedelta(days=float(which))
        elif what == "send":
            self.outcome = str(which)
            send_due(self.workspace, self.now + DAY)
        else:
            self._to_survey(what, self.surveys[int(which)])

    def _to_person(self, what: str, email: str) -> None:
        theirs = Contact.of(self.workspace).filter(email=email)
        person = person_of(self.workspace.salt, email, "")
        if what == "left":
            suppress(self.workspace, person, "opted out")
            self.left.setdefault(email, self.now)
        elif what == "erased":
            theirs.delete()
        elif not theirs.exists():
            account = Account.of(self.workspace).earliest("pk")
            Contact.everywhere.create(
                workspace=self.workspace, account=account, contact_id=f"again-{email}", email=email, person=person
            )

    def _to_survey(self, what: str, survey: Survey) -> None:
        state = {"paused": "paused", "resumed": "running", "closed": "closed"}.get(what)
        if state:
            Survey.of(self.workspace).filter(pk=survey.pk).exclude(state="closed").update(state=state)
        elif what == "plan":
            plan(survey, self.now, len(self.mails), None)
        elif wave := Wave.of(self.workspace).filter(survey=survey).last():
            if what == "stopped":
                stop(wave, self.by.user)
            else:
                wave.asks.filter(state="planned").update(state="sending")  # a process dies here
                send_due(self.workspace, self.now)
                decide(wave, again=False, by=self.by.user)


@tries(10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rounds=st.lists(ROUND, min_size=3, max_size=6))
def test_the_rules_hold_whatever_happens(
    rounds: list[tuple[tuple[str, float | int | str], ...]], workspace: Workspace, aiko: Membership, survey: MakeSurvey,
    contact: MakeContact, customer: Callable[..., Account],
) -> None:  # fmt: skip
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        surveys = [survey("nps", name="A"), survey("csat", name="B", occasion="once", remind_after_days=3)]
        history = History(workspace, surveys, aiko)
        patch.setattr(timezone, "now", lambda: history.now)
        patch.setattr(Post, "hand_over", lambda post, mail: history.hand_over(mail))
        zones = {}
        for at in range(PEOPLE):
            noi = contact(f"p{at}@example.com", time_zone=ZONES[at])
            contact(f"P{at}@example.com", account=customer(), time_zone=ZONES[at])  # the same person elsewhere
            zones[noi.email] = noi.time_zone
        for what, which in (event for events in rounds for event in events):
            history.happens(what, which)
        _holds(history, zones)
        transaction.set_rollback(True)


def _holds(history: History, zones: dict[str, str]) -> None:
    for email, zone in zones.items():
        mails = [(at, kind) for at, to, kind in history.mails if to.lower() == email]
        firsts = [at for at, kind in mails if kind == "first"]
        for before, after in pairwise(firsts):
            assert _day(after) - _day(before) >= 90 * DAY, f"{email} was asked on {before} and on {after}"
            reminders = [at for at, kind in mails if kind == "reminder" and before <= at < after]
            assert len(reminders) <= 1
        assert len([1 for _, kind in mails if kind == "reminder"]) <= len(firsts)
        for at, to in ((at, to) for at, to, _ in history.mails if to.lower() == email):
            there = Contact.everywhere.filter(email=to).first()
            known = there.time_zone if there else zone
            if there or zone == known:
                hour = at.astimezone(quiet.zone_of(known, "Asia/Bangkok")).hour
                assert 9 <= hour < 18 or _came_back(to), f"{to} was woken at {hour}"
            assert email not in history.left or at <= history.left[email], "they had said no"


def _came_back(email: str) -> bool:
    return Contact.everywhere.filter(contact_id=f"again-{email}").exists()


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo("Asia/Bangkok")).date()


@given(
    at=st.integers(946_684_800, 2_208_988_800).map(lambda second: datetime.fromtimestamp(second, UTC)),
    zone=st.sampled_from(("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca",
                          "Asia/Kathmandu", "America/Havana", "Asia/Beirut", "Pacific/Apia", "UTC")),
    since=st.integers(0, 23), until=st.integers(0, 23),
)  # fmt: skip
@tries(50)
def test_nothing_is_sent_in_quiet_hours_however_clocks_jump(at: datetime, zone: str, since: int, until: int) -> None:
    there = ZoneInfo(zone)
    waking = quiet.waking(at, there, since, until)
    assert not quiet.is_quiet(waking, there, since, until)
    assert timedelta() <= waking - at <= 3 * DAY
    before = at
    while before < waking:  # no earlier moment would have done
        assert quiet.is_quiet(before, there, since, until)
        before += timedelta(minutes=5)


@given(
    st.lists(st.tuples(st.integers(0, 8), st.booleans(), st.sampled_from(("", "left"))), max_size=30),
    st.integers(0, 9), st.integers(0, 2**31),
)  # fmt: skip
@tries(50)
def test_a_lot_is_of_whoever_may_be_asked(rows: list[tuple[int, bool, str]], sample: int, seed: int) -> None:
    people = [
        Candidate(at, 1, str(who), f"p{who}@example.com", "", "", decides, reason)
        for at, (who, decides, reason) in enumerate(rows)
    ]
    known = Known(suppressed={"1": "opted out"}, resting={"2": date(2030, 1, 1)}, answered=frozenset("3"))
    found = sorted_out(people, known, sample, seed)
    persons = [candidate.person for candidate in found.drawn]
    may = {candidate.person for candidate in people if not candidate.reason} - {"1", "2", "3"}
    assert len(set(persons)) == len(persons) == min(sample, len(may))
    assert set(persons) <= may
    assert sorted([*found.drawn, *(refused.candidate for refused in found.refused)]) == sorted(people)
    backwards = sorted_out(reversed(people), known, sample, seed)
    assert backwards.drawn == found.drawn, "in whatever order they come"
