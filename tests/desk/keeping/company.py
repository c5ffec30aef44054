"""A desk of its own in a folder, run as a program: its company knows somebody in every way in which it can know.

`python -m tests.desk.keeping.company make` makes it, `… erase account A-1` asks the desk to forget, as a person would.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.desk.bare import program
from tests.facts.stored.canaries import ACCOUNT, ADDRESS, CONTACT, DEFINITIONS, exports

AT = datetime(2025, 6, 1, 12, tzinfo=UTC)
TEXT_OF_MACHINES = f"{ADDRESS}, {CONTACT}, {ACCOUNT}"
TEXT = f"Canarybird of Canary Acme, {ADDRESS}, {CONTACT}, {ACCOUNT}"
NAME = "Anna Canarybird"


def run(data: Path, *arguments: str) -> str:
    """This file as a program on that folder; what it prints."""
    return program(data, "-m", __name__, *arguments)


def make() -> None:
    from sabai.desk.people.actions.found import found
    from sabai.desk.scoring import door
    from sabai.desk.scoring.actions import begin, end
    from sabai.desk.scoring.company import Company

    workspace, member = found("lanna", "Lanna", "EUR", "UTC", "aiko@example.com", "Aiko")
    company = Company.of(workspace)
    company.folder.mkdir(parents=True)
    company.definitions.write_text(DEFINITIONS)
    files = exports(company.folder / "exports")
    door.land(workspace, files, AT)
    scoring = begin(workspace)
    end(scoring, door.score(workspace, AT))
    _arrive(workspace)
    _write(member)


def _arrive(workspace: object) -> None:
    """Messages, a file, lines on their way."""
    from django.core.files.base import ContentFile

    from sabai.desk.intake.actions.receive import Bad, Brought, receive
    from sabai.desk.intake.actions.sources import connect
    from sabai.desk.intake.checking import checked
    from sabai.desk.intake.models import Source, Upload
    from sabai.desk.intake.refusals import Refusal
    from sabai.desk.scoring.company import Company
    from sabai.desk.scoring.sources import put
    from sabai.errors import Issue

    connect(workspace, None, "web", "events")  # type: ignore[arg-type]
    source = Source.everywhere.get()
    raws = [
        f'{{"type":"track","messageId":"m1","event":"x","userId":"{CONTACT}","properties":{{"a":"{NAME}"}}}}',
        '{"type":"track","messageId":"m2","event":"x","userId":"u2"}',
        f'{{"type":"identify","messageId":"m3","userId":"{CONTACT}","traits":{{"email":"{ADDRESS}"}}}}',
        f'{{"type":"group","messageId":"m4","userId":"u9","groupId":"{ACCOUNT}"}}',
    ]
    now = datetime.now(UTC)
    items = [checked(index, raw.encode(), sent=None, received=now) for index, raw in enumerate(raws)]
    refused = Bad(9, Refusal(Issue("DSK-399", f"bad {ADDRESS}")), f"{CONTACT} {ACCOUNT}".encode())
    receive(Brought(source, now, items, [refused]))
    again = checked(0, raws[0].replace('"x"', '"y"').encode(), sent=None, received=now)
    receive(Brought(source, now, [again]))
    file = ContentFile(f"id,mail\n1,{ADDRESS}\n2,{ACCOUNT}\n".encode(), name="list.csv")
    Upload.everywhere.create(
        workspace=workspace, name="list.csv", file=file, state="asking", looked={"rows": [TEXT_OF_MACHINES]}
    )
    row = {"event_id": "w1", "account_id": ACCOUNT, "contact_id": CONTACT, "name": "x", "occurred_at": "2025-05-01"}
    put(Company.of(workspace), "events", "web", [row], "000001")  # type: ignore[arg-type]


def _write(member: object) -> None:
    """What colleagues wrote, and what the desk wrote of that."""
    from django.core.mail import send_mail

    from sabai.desk.accounts.actions.notes import add
    from sabai.desk.accounts.actions.opinions import say
    from sabai.desk.drafts.models import Draft
    from sabai.desk.portfolio.models import SavedView
    from sabai.desk.scoring.models import Account
    from sabai.desk.tasks.actions.create import create
    from sabai.desk.tasks.models import Mention, Signal, Touchpoint

    workspace = member.workspace  # type: ignore[attr-defined]
    until = (datetime.now(UTC) + timedelta(days=30)).date()
    for account in Account.of(workspace):
        add(member, account, TEXT)  # type: ignore[arg-type]
        say(member, account, kind="override", band="at_risk", reason=TEXT, until_on=until)  # type: ignore[arg-type]
        create(workspace, title=TEXT, key=account.account_id, origin="person", account=account, detail=TEXT)
        known = {"channel": "phone", "direction": "in", "occurred_at": AT, "note": TEXT}
        Touchpoint.everywhere.create(workspace=workspace, account=account, contact_id=CONTACT, **known)
        signal = {
            "kind": "x",
            "on": AT,
            "told": {"a": [f"{NAME} {TEXT_OF_MACHINES}"]},
            "key": f"{account.pk} {TEXT_OF_MACHINES}",
        }
        Signal.everywhere.create(workspace=workspace, account=account, **signal)
        Mention.everywhere.create(workspace=workspace, user=member.user, account=account, text=TEXT)  # type: ignore[attr-defined]
    SavedView.everywhere.create(
        workspace=workspace, user=member.user, name=TEXT_OF_MACHINES, query=f"q={ACCOUNT}&c={ADDRESS}"
    )  # type: ignore[attr-defined]
    Draft.everywhere.create(
        workspace=workspace, text="sabai: 1", preview={"accounts": [TEXT_OF_MACHINES]}, problem=TEXT_OF_MACHINES
    )
    send_mail("The morning", TEXT_OF_MACHINES, None, ["aiko@example.com"])


def erase(kind: str, value: str) -> None:
    """As an administrator does: the form, then the name once more."""
    from django.test import Client

    from sabai.desk.keeping.models import Request
    from sabai.desk.people.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get())
    asked = {"what": "erase", "kind": kind, "value": value}
    page = client.post("/w/lanna/keeping/person/", asked)
    assert page.status_code == 200, page.status_code
    called = page.content.decode().split('type="hidden" name="value" value="')[1].split('"')[0]
    again = {"account": "Canary Acme"}.get(kind, called)
    assert client.post("/w/lanna/keeping/person/", asked | {"again": again}).status_code == 302
    request = Request.everywhere.get()
    print(request.problem, request.ended_at is not None, request.receipt)


def export(kind: str, value: str) -> None:
    """What the file of an export says, each part under its name."""
    from zipfile import ZipFile

    from sabai.desk.keeping.actions import ask
    from sabai.desk.keeping.models import Request
    from sabai.desk.keeping.queries import exports as kept
    from sabai.desk.people.models import Membership

    ask(Membership.everywhere.get(), "export", kind, value)
    request = Request.everywhere.get()
    with ZipFile(kept() / request.file) as file:
        for name in file.namelist():
            print(name, file.read(name).decode())


def dump() -> None:
    """Everything in the database, unpacked, and whether the chain is whole."""
    for line in _dumped():
        print(line)


def _dumped() -> Iterator[str]:
    import zlib

    from django.apps import apps

    from sabai.desk.audit.queries import chain
    from sabai.desk.people.models import Workspace

    yield f"chain {chain(Workspace.objects.get()).broken_at}"
    for model in (each for each in apps.get_models() if each.__module__.startswith("sabai.")):
        manager = getattr(model, "everywhere", model._default_manager)
        for row in manager.values():
            shown = {
                name: zlib.decompress(bytes(value)) if name in ("packed", "blob") else value
                for name, value in row.items()
            }
            yield f"{model.__name__} {shown}"


if __name__ == "__main__":
    import django

    django.setup()
    from huey.contrib.djhuey import HUEY

    HUEY.immediate = True
    {"make": make, "erase": erase, "export": export, "dump": dump}[sys.argv[1]](*sys.argv[2:])
