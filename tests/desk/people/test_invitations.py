"""Asked in, and coming in: once, in time, and only whom it was meant for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sabai.desk.people.actions.invitations import NotGood, accept, accept_as_new, invite, resend, withdraw
from sabai.desk.people.actions.members import remove
from sabai.desk.people.models import Invitation, Membership, User

SignIn = Callable[[Membership], Client]
NEW = {"name": "Dao", "language_of_pages": "th", "password": "seven quiet lanterns"}


def _address(secret: str) -> str:
    return reverse("invitation", args=[secret])


def test_somebody_new_comes_in(aiko: Membership, sign_in: SignIn) -> None:
    said = {"email": "Dao@Example.com", "role": "operations", "known_as": "dao"}
    page = sign_in(aiko).post(reverse("people:people", args=["lanna"]), said).content.decode()
    link = page.split('value="http://127.0.0.1:8321')[1].split('"')[0]
    assert link in str(mail.outbox[0].body)
    assert link.strip("/").split("/")[-1] not in str(Invitation.everywhere.values())
    client = Client()
    assert "ลานนาคอฟฟี่" in client.get(link).content.decode()
    assert client.post(link, NEW).headers["Location"] == "/w/lanna/"
    dao = Membership.of(aiko.workspace).get(user__email="dao@example.com")
    assert (dao.role, dao.known_as, dao.user.language) == ("operations", "dao", "th")
    assert client.get(reverse("people:me", args=["lanna"])).status_code == 200


def test_the_mail_speaks_as_the_inviter(aiko: Membership, sign_in: SignIn) -> None:
    User.objects.filter(pk=aiko.user.pk).update(language="ja")
    sign_in(aiko).post(reverse("people:people", args=["lanna"]), {"email": "dao@example.com", "role": "viewer"})
    assert mail.outbox[0].subject == "Aikoさんが「ลานนาคอฟฟี่」に招待しています"


def test_a_link_works_once(aiko: Membership) -> None:
    invitation, secret = invite(aiko, "dao@example.com", "viewer")
    Client().post(_address(secret), NEW)
    assert Client().get(_address(secret)).status_code == 404
    with pytest.raises(NotGood):
        accept(invitation, User.objects.get(email="dao@example.com"))


def test_of_two_at_once_one_is_too_late(aiko: Membership) -> None:
    invitation, _ = invite(aiko, "dao@example.com", "viewer")
    accept_as_new(invitation, "Dao", "en", "seven quiet lanterns")
    stale = Invitation.everywhere.get(pk=invitation.pk)
    with pytest.raises(NotGood):
        accept(stale, User.objects.get(email="dao@example.com"))


def test_it_ends_after_seven_days(aiko: Membership) -> None:
    invitation, secret = invite(aiko, "dao@example.com", "viewer")
    assert invitation.expires_at - invitation.created_at <= timedelta(days=7, seconds=1)
    Invitation.everywhere.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(_address(secret)).status_code == 404
    with pytest.raises(NotGood):
        accept_as_new(invitation, "Dao", "en", "seven quiet lanterns")
    assert not User.objects.filter(email="dao@example.com").exists(), "nobody is left over"


def test_sent_again_the_old_link_is_dead(aiko: Membership) -> None:
    invitation, old = invite(aiko, "dao@example.com", "viewer")
    new = resend(aiko, invitation)
    assert [Client().get(_address(secret)).status_code for secret in (old, new)] == [404, 200]


def test_withdrawn(aiko: Membership, sign_in: SignIn) -> None:
    invitation, secret = invite(aiko, "dao@example.com", "viewer")
    sign_in(aiko).post(reverse("people:withdraw", args=["lanna", invitation.pk]))
    assert Client().get(_address(secret)).status_code == 404
    with pytest.raises(NotGood):
        resend(aiko, invitation)


def test_invited_anew_the_first_is_withdrawn(aiko: Membership) -> None:
    _, first = invite(aiko, "dao@example.com", "viewer")
    _, second = invite(aiko, "DAO@example.com", "manager")
    assert [Client().get(_address(secret)).status_code for secret in (first, second)] == [404, 200]


def test_somebody_known_joins_after_signing_in(aiko: Membership, chloe: Membership, sign_in: SignIn) -> None:
    _, secret = invite(aiko, chloe.user.email, "viewer")
    page = Client().get(_address(secret)).content.decode()
    assert f"{reverse('account_login')}?next={_address(secret)}" in page
    assert 'name="password"' not in page, "a link does not set the password of somebody who has one"
    Client().post(_address(secret), NEW)
    assert User.objects.get(pk=chloe.user.pk).check_password("correct horse")
    sign_in(chloe).post(_address(secret))
    assert Membership.of(aiko.workspace).get(user=chloe.user).role == "viewer"


def test_nobody_else_uses_it(aiko: Membership, ben: Membership, sign_in: SignIn) -> None:
    _, secret = invite(aiko, "dao@example.com", "admin")
    answer = sign_in(ben).post(_address(secret), NEW)
    assert "you are signed in as" in answer.content.decode()
    assert not User.objects.filter(email="dao@example.com").exists()


def test_who_left_comes_back(aiko: Membership, ben: Membership) -> None:
    remove(aiko, ben)
    invitation, _ = invite(aiko, ben.user.email, "viewer")
    accept(invitation, ben.user)
    ben.refresh_from_db()
    assert (ben.left_at, ben.role) == (None, "viewer")


def test_an_invitation_does_not_demote_a_member(aiko: Membership) -> None:
    invitation, _ = invite(aiko, aiko.user.email, "viewer")
    assert accept(invitation, aiko.user).role == "admin"


def test_a_mail_that_does_not_leave_is_said(aiko: Membership, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("sabai.desk.people.mail.send_mail", broken)
    answer = sign_in(aiko).post(
        reverse("people:people", args=["lanna"]), {"email": "dao@example.com", "role": "viewer"}
    )
    assert "could not be sent" in answer.content.decode()


def test_a_name_cannot_forge_a_head_of_the_mail(aiko: Membership, sign_in: SignIn) -> None:
    User.objects.filter(pk=aiko.user.pk).update(name="Aiko\nBcc: everybody@example.com")
    sign_in(aiko).post(reverse("people:people", args=["lanna"]), {"email": "dao@example.com", "role": "viewer"})
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["dao@example.com"]


def test_bad_words_are_refused(aiko: Membership, sign_in: SignIn) -> None:
    for said in ({"email": "no address", "role": "viewer"}, {"email": "dao@example.com", "role": "emperor"}):
        sign_in(aiko).post(reverse("people:people", args=["lanna"]), said)
    _, secret = invite(aiko, "dao@example.com", "viewer")
    answer = Client().post(_address(secret), NEW | {"password": "dao@example.com"})
    assert "too close" in answer.content.decode()
    assert Invitation.everywhere.count() == 1


def test_withdrawing_twice_is_told_once(aiko: Membership) -> None:
    from sabai.desk.audit.models import Entry

    invitation, _ = invite(aiko, "dao@example.com", "viewer")
    withdraw(aiko, invitation)
    withdraw(aiko, invitation)
    assert Entry.of(aiko.workspace).filter(verb="remove").count() == 1
