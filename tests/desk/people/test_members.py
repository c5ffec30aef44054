"""Who works here, as what, and what happens when they leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sabai.desk.audit.models import Entry
from sabai.desk.people.actions.found import found
from sabai.desk.people.actions.members import LastAdministrator, change_role, remove
from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.people.roles import ROLES
from sabai.desk.tasks.models import Task
from sabai.errors import UsageError

SignIn = Callable[[Membership], Client]


def _task(member: Membership, key: str) -> Task:
    return Task.everywhere.create(
        workspace=member.workspace, title=f"Call {key}", origin="person", key=key, assigned=member.user
    )


def test_a_company_begins() -> None:
    workspace, member = found("doi", "Doi Coffee", "THB", "Asia/Bangkok", "Nok@Example.com", "Nok")
    assert (workspace.currency, member.role, member.user.email) == ("THB", "admin", "nok@example.com")
    assert not member.user.has_usable_password()
    assert Entry.of(workspace).count() == 2
    with pytest.raises(UsageError, match="already"):
        found("doi", "Another", "USD", "UTC", "mallory@example.com", "Mallory")


def test_somebody_known_keeps_name_and_password(aiko: Membership) -> None:
    _, member = found("doi", "Doi Coffee", "THB", "Asia/Bangkok", aiko.user.email, "Somebody else")
    assert member.user == aiko.user
    assert User.objects.get(pk=aiko.user.pk).check_password("correct horse")


def test_the_page_shows_who_is_here(aiko: Membership, ben: Membership, sign_in: SignIn) -> None:
    page = sign_in(aiko).get(reverse("people:people", args=["lanna"])).content.decode()
    assert "ben@example.com" in page
    assert "customer success manager" in page
    assert "invite people and set roles" in page


def test_a_role_changes_and_is_told(aiko: Membership, ben: Membership, sign_in: SignIn) -> None:
    sign_in(aiko).post(reverse("people:member", args=["lanna", ben.pk]), {"role": "viewer", "known_as": "ben"})
    ben.refresh_from_db()
    entry = Entry.of(aiko.workspace).get()
    assert (ben.role, entry.before["role"], entry.after["role"]) == ("viewer", "manager", "viewer")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_the_last_administrator_stays_one(aiko: Membership, ben: Membership, role: str) -> None:
    with pytest.raises(LastAdministrator):
        change_role(aiko, aiko, role, "")
    with pytest.raises(LastAdministrator):
        remove(aiko, aiko)
    change_role(aiko, ben, "admin", "")
    change_role(ben, aiko, role, "")
    assert Membership.of(aiko.workspace).filter(role="admin").count() == 1


def test_one_who_cannot_sign_in_any_more_is_no_administrator(aiko: Membership, ben: Membership) -> None:
    change_role(aiko, ben, "admin", "")
    User.objects.filter(pk=ben.user.pk).update(is_active=False)
    with pytest.raises(LastAdministrator):
        remove(aiko, aiko)


def test_the_page_says_so(aiko: Membership, sign_in: SignIn) -> None:
    for name in ("people:member", "people:remove"):
        answer = sign_in(aiko).post(reverse(name, args=["lanna", aiko.pk]), {"role": "viewer"}, follow=True)
        assert "last administrator" in answer.content.decode()
    aiko.refresh_from_db()
    assert (aiko.role, aiko.left_at) == ("admin", None)


def test_leaving_shuts_the_door_at_once_and_keeps_what_was_done(
    aiko: Membership, ben: Membership, sign_in: SignIn
) -> None:
    done, left = _task(ben, "done"), _task(ben, "open")
    Task.everywhere.filter(pk=done.pk).update(done_at=aiko.joined_at)
    his, page = sign_in(ben), reverse("people:me", args=["lanna"])
    assert his.get(page).status_code == 200
    shown = sign_in(aiko).get(reverse("people:remove", args=["lanna", ben.pk])).content.decode()
    assert "Call open" in shown
    assert "Call done" not in shown
    sign_in(aiko).post(reverse("people:remove", args=["lanna", ben.pk]), {"heir": aiko.pk})
    assert his.get(page).status_code == 404
    for task in (done, left):
        task.refresh_from_db()
    assert (done.assigned, left.assigned) == (ben.user, aiko.user)
    assert Entry.of(aiko.workspace).filter(user=aiko.user, verb="remove", thing="Ben").exists()


def test_tasks_can_be_handed_on_later(aiko: Membership, ben: Membership, sign_in: SignIn) -> None:
    _task(ben, "open")
    client, address = sign_in(aiko), reverse("people:remove", args=["lanna", ben.pk])
    client.post(address, {"heir": ""})
    people = reverse("people:people", args=["lanna"])
    assert "with tasks still open" in client.get(people).content.decode()
    client.post(address, {"heir": aiko.pk})
    assert "with tasks still open" not in client.get(people).content.decode()


def test_nobody_of_another_workspace_inherits(
    aiko: Membership, ben: Membership, chloe: Membership, sign_in: SignIn
) -> None:
    task = _task(ben, "open")
    answer = sign_in(aiko).post(reverse("people:remove", args=["lanna", ben.pk]), {"heir": chloe.pk})
    task.refresh_from_db()
    assert (answer.status_code, task.assigned) == (200, ben.user)


def test_many_members_take_few_questions(
    aiko: Membership, sign_in: SignIn, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for number in range(60):
        user = User.objects.create_user(f"person{number}@example.com", name=f"Person {number}")
        Membership.everywhere.create(workspace=aiko.workspace, user=user, role="viewer")
    client = sign_in(aiko)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.get(reverse("people:people", args=["lanna"]))


def test_the_workspace_changes(aiko: Membership, sign_in: SignIn) -> None:
    said = {"name": "Lanna Coffee", "currency": "EUR", "time_zone": "Europe/Berlin"}
    sign_in(aiko).post(reverse("people:settings", args=["lanna"]), said)
    workspace = Workspace.objects.get(slug="lanna")
    assert (workspace.name, workspace.currency, workspace.time_zone) == tuple(said.values())
    assert Entry.of(workspace).get().before["currency"] == "THB"


@pytest.mark.parametrize("bad", [{"currency": "XXXX"}, {"time_zone": "Mars/Olympus"}, {"name": ""}])
def test_a_workspace_is_not_set_to_nonsense(aiko: Membership, sign_in: SignIn, bad: dict[str, str]) -> None:
    said = {"name": "Lanna", "currency": "EUR", "time_zone": "UTC"} | bad
    assert sign_in(aiko).post(reverse("people:settings", args=["lanna"]), said).status_code == 200
    assert Workspace.objects.get(slug="lanna").currency == "THB"
