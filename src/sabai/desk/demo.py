"""The demo company in the desk, with what a company would have there after some days: versions, tasks, answers."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from sabai.desk.drafts.actions.adopt import adopt
from sabai.desk.insight.jobs import make_sheets
from sabai.desk.insight.queries import folder_of
from sabai.desk.look.spoken import spoken
from sabai.desk.morning.queries import Call, calls
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.replies.demo import seed_replies
from sabai.desk.responses.demo import seed_answers
from sabai.desk.scoring.demo import seed
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.queries import latest
from sabai.desk.surveys.demo import seed_surveys
from sabai.desk.tasks.actions.create import create
from sabai.language.catalogues import gettext_noop
from sabai.progress import Progress

SPOKEN = {"TH": "th", "JP": "ja", "AE": "ar", "SA": "ar", "KW": "ar", "BH": "ar", "EG": "ar", "JO": "ar"}
TITLES = {
    "renews": gettext_noop("Talk about the renewal with %(name)s"),
    "fell": gettext_noop("Ask %(name)s what has changed"),
    "silent": gettext_noop("Find out why %(name)s is silent"),
    "overdue": gettext_noop("Clear up the open invoice with %(name)s"),
    "unhealthy": gettext_noop("Agree on next steps with %(name)s"),
}
DUE_IN_DAYS = (-1, 0, 2)  # of the first, second and third call of everybody


def demo(progress: Progress) -> Membership:
    """Makes it where it is not there yet; its administrator. What takes minutes is left to jobs."""
    admin = seed(progress)
    adopt(admin.workspace, "The definitions of the demo company")
    let_them_speak(admin.workspace)
    _give_tasks(admin)
    seed_answers(admin, seed_surveys(admin)[0])
    seed_replies(admin)
    if not folder_of(admin.workspace).exists():
        make_sheets(admin.workspace_id)
    return admin


@transaction.atomic
def let_them_speak(workspace: Workspace) -> None:
    """Each manager reads the desk as most of their customers speak, until they choose otherwise."""
    for member in Membership.of(workspace).select_related("user").filter(role="manager", user__language=""):
        countries = Account.of(workspace).filter(owner=member.user).values_list("country", flat=True)
        heard = Counter(SPOKEN.get(country, "en") for country in countries).most_common(1)
        if heard:
            member.user.language = heard[0][0]
            member.user.save(update_fields=["language"])


@transaction.atomic
def _give_tasks(admin: Membership) -> None:
    """Three tasks for each manager, about those whom they should call first; the same again changes nothing."""
    scored, today = latest(admin.workspace), admin.workspace.today()
    if scored is None or scored.as_of is None:
        return
    for member in Membership.of(admin.workspace).select_related("user", "workspace").filter(role="manager"):
        first, _ = calls(member, "me", scored.as_of)
        for days, call in zip(DUE_IN_DAYS, first, strict=False):
            _give(admin, member, call, today + timedelta(days=days))


def _give(admin: Membership, member: Membership, call: Call, due_on: date) -> None:
    account = call.account
    say = spoken(member.user.language).gettext
    create(
        admin.workspace,
        title=say(TITLES[call.reasons[0]], name=account.name),
        key=f"demo:{account.account_id}",
        origin="person",
        account=account,
        assigned=member.user,
        due_on=due_on,
        by=admin.user,
    )
