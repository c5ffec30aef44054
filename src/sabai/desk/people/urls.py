"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.people.pages.invitations import resend, withdraw
from sabai.desk.people.pages.me import me
from sabai.desk.people.pages.member import member, remove
from sabai.desk.people.pages.people import people
from sabai.desk.people.pages.settings import settings
from sabai.desk.people.pages.tokens import revoke, tokens

app_name = "people"
urlpatterns = [
    path("people/", people, name="people"),
    path("people/<int:pk>/", member, name="member"),
    path("people/<int:pk>/remove/", remove, name="remove"),
    path("people/invitations/<int:pk>/resend/", resend, name="resend"),
    path("people/invitations/<int:pk>/withdraw/", withdraw, name="withdraw"),
    path("settings/", settings, name="settings"),
    path("tokens/", tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", revoke, name="revoke"),
    path("me/", me, name="me"),
]
