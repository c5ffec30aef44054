"""The demo company in the desk: its facts, its people, its scores."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from sabai.dates import to_day
from sabai.desk.accounts.actions.opinions import settle_all
from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring import door
from sabai.desk.scoring.actions import begin, end
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.queries import latest
from sabai.progress import Progress, quiet

SLUG = "demo"
SEED = 7
ADMIN = "admin@demo.example"
OWNERS = Path("crm", "owners.csv")


def seed(progress: Progress = quiet) -> Membership:
    """The administrator of the demo company, which is made, landed and scored where it is not there yet."""
    there = Membership.everywhere.filter(workspace__slug=SLUG, user__email=ADMIN).first()
    if there and latest(there.workspace):
        return there
    return _seeded(progress)


def _seeded(progress: Progress) -> Membership:
    from sabai.definitions.reader import read_definitions
    from sabai.demo.make import make_company, weeks_until
    from sabai.desk.scoring.opinions import take_over

    exports = Company.of(Workspace(slug=SLUG)).folder / "exports"
    weeks = weeks_until(to_day(timezone.localdate()) - 1)  # of yesterday: what comes in from now on goes on from there
    definitions = read_definitions(make_company(exports, SEED, progress=progress, weeks_later=weeks))
    admin = _people(
        definitions.workspace.name, definitions.workspace.currency, definitions.workspace.time_zone, exports
    )
    workspace, company = admin.workspace, Company.of(admin.workspace)
    company.definitions.write_bytes((exports / "sabai.yaml").read_bytes())
    at = timezone.now()
    door.land(workspace, exports, at, progress)
    scoring = begin(workspace)
    scored = door.score(workspace, at, progress)
    end(scoring, scored)
    take_over(workspace, exports / "overrides.csv", timezone.localdate() - scored.as_of + timedelta(days=1))
    settle_all(workspace, workspace.today())
    return admin


@transaction.atomic
def _people(name: str, currency: str, time_zone: str, exports: Path) -> Membership:
    """An administrator, and a manager for everybody whom the exports name as an owner."""
    told = {"name": name, "currency": currency, "time_zone": time_zone}
    workspace, _ = Workspace.objects.update_or_create(slug=SLUG, defaults=told)
    with (exports / OWNERS).open(encoding="utf-8", newline="") as file:
        owners = sorted({row["User"] for row in csv.DictReader(file)})
    for owner in owners:
        _member(workspace, owner.title(), f"{owner}@demo.example", "manager", owner)
    return _member(workspace, "Admin", ADMIN, "admin", "")


def _member(workspace: Workspace, name: str, email: str, role: str, known_as: str) -> Membership:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
    member, _ = Membership.everywhere.get_or_create(
        workspace=workspace, user=user, defaults={"role": role, "known_as": known_as}
    )
    return member
