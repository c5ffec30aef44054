"""A desk filled with made customers in four scripts, for measuring its pages."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from django.db import transaction

from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.models import Account, Count, Told
from sabai.desk.scoring.story import Contract, Happening, Line, Person, Story, packed
from sabai.desk.tasks.models import Task
from sabai.health.scores import BANDS

AS_OF = date(2026, 6, 29)
EPOCH = date(1970, 1, 1)
FIRST = (
    "Baan", "ร้านบ้าน", "โรงแรม", "カフェ", "株式会社", "桜", "شركة", "مقهى", "Café", "Nordlicht", "Riverside", "ศรีสุข",
)  # fmt: skip
SECOND = (
    "Coffee", "สบายดี", "ช้างเผือก", "青空", "サクラ", "山田", "النخيل", "الياسمين", "Léman", "Logistics", "ริมน้ำ",
)  # fmt: skip
PEOPLE = ("สมชาย ใจดี", "佐藤 花子", "ليلى حسن", "Maria Keller", "Tom Reed")


def filled(accounts: int = 10_000, seed: int = 7) -> list[Membership]:
    """A workspace and its people: an administrator, and five managers who share the customers."""
    with transaction.atomic():
        workspace = Workspace.objects.create(slug="made", name="Made & Co", currency="THB", time_zone="Asia/Bangkok")
        people = [
            _member(workspace, "Yuki", "admin"),
            *(_member(workspace, f"Manager {at}", "manager") for at in range(5)),
        ]
        rng = Random(seed)
        made = [_account(rng, number, people, workspace) for number in range(accounts)]
        Account.everywhere.bulk_create(made, batch_size=500)
        Told.objects.bulk_create(
            (Told(account=account, packed=packed(_story(rng))) for account in made), batch_size=500
        )
        _counts(made, workspace)
        _tasks(rng, made, people, workspace)
    return people


def _member(workspace: Workspace, name: str, role: str) -> Membership:
    user = User.objects.create_user(f"{name.lower().replace(' ', '')}@example.com", name=name)
    return Membership.everywhere.create(workspace=workspace, user=user, role=role, known_as=name.lower())


def _account(rng: Random, number: int, people: list[Membership], workspace: Workspace) -> Account:
    score = rng.betavariate(4, 2) * 100 if rng.random() > 0.05 else None
    band = "unknown" if score is None else BANDS[0 if score > 75 else 1 if score > 45 else 2]
    owner = rng.choice(people[1:]).user if rng.random() > 0.1 else None
    return Account(
        workspace=workspace,
        account_id=f"A-{number:05}",
        name=f"{rng.choice(FIRST)} {rng.choice(SECOND)} {number}",
        segment=rng.choice(("Small", "Middle", "Enterprise", "")),
        country=rng.choice(("TH", "JP", "AE", "DE", "US")),
        product=rng.choice(("Point of sale", "Delivery")),
        stage=rng.choice(("onboarding", "adoption", "renewal")),
        here=rng.random() > 0.1,
        as_of=AS_OF,
        band=band,
        own_band=band,
        score=score,
        coverage=rng.random(),
        change_week=None if score is None else rng.gauss(0, 2.5),
        change_quarter=None if score is None else rng.gauss(0, 5),
        fell_by=rng.choice(("seat_use", "support", "nps")),
        owner=owner,
        owner_name=str(owner) if owner else "",
        revenue_minor=int(rng.lognormvariate(13, 1)) if rng.random() > 0.05 else None,
        renews_on=AS_OF + timedelta(days=rng.randrange(1, 365)) if rng.random() > 0.1 else None,
        overdue_minor=int(rng.lognormvariate(12, 1)) if rng.random() > 0.9 else 0,
        last_touch_on=AS_OF - timedelta(days=rng.randrange(0, 90)),
        last_seen_on=AS_OF - timedelta(days=int(rng.expovariate(0.2))),
    )


def _story(rng: Random) -> Story:
    """Half a year of a customer: what an account page has to read."""
    as_of = (AS_OF - EPOCH).days
    days = tuple(range(as_of - 26 * 7, as_of + 1, 7))
    people = tuple(
        Person(f"P-{at}", rng.choice(PEOPLE), role="manager", decides=at == 0, seen_on=as_of - at * 9, quiet=at > 2)
        for at in range(5)
    )
    lines = tuple(
        Line("factor", name, 12.5, 12.5 * at, "usage", value=rng.random(), points=50.0, weight=12.5, trend=(50.0,) * 13)
        for at, name in enumerate(("seat_use", "logins", "support", "nps", "csat", "goals", "payment", "depth"))
    )
    happenings = tuple(
        Happening(as_of - at, rng.choice(("events", "tickets", "touchpoints")), {"name": "login", "count": at})
        for at in range(150)
    )
    contract = Contract("Point of sale", as_of - 400, as_of + 60, None, 120_000, 12.0, "active")
    return Story(
        as_of=as_of,
        days=days,
        scores=tuple(rng.random() * 100 for _ in days),
        cut=(75.0, 45.0),
        lines=lines,
        people=people,
        contracts=(contract,),
        happenings=happenings,
        events=(("login", 40), ("order", 12)),
    )


def _counts(made: list[Account], workspace: Workspace) -> None:
    """Health over half a year, which ends as the customers stand."""
    last = {band: [account for account in made if account.here and account.band == band] for band in BANDS}
    for week in range(26):
        for at, (band, accounts) in enumerate(last.items()):
            paid = sum(account.revenue_minor or 0 for account in accounts)
            drift = 1 - (0.004 if at else -0.002) * week
            Count.everywhere.create(
                workspace=workspace,
                as_of=AS_OF - timedelta(days=7 * week),
                band=band,
                accounts=int(len(accounts) * drift),
                revenue_minor=int(paid * drift),
            )


def _tasks(rng: Random, made: list[Account], people: list[Membership], workspace: Workspace) -> None:
    Task.everywhere.bulk_create(
        Task(
            workspace=workspace,
            account=rng.choice(made),
            title=rng.choice(("Call about the renewal", "ส่งใบเสนอราคา", "更新の相談", "اتصال متابعة")),
            origin="person",
            key=f"made-{number}",
            assigned=rng.choice(people).user,
            due_on=AS_OF + timedelta(days=rng.randrange(-5, 300)),
        )
        for number in range(2_000)
    )
