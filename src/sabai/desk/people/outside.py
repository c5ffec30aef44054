"""Addresses of people who are in no workspace yet: sign-in links, invitations, and the language of the pages."""

from __future__ import annotations

from django.urls import path

from sabai.desk.people.pages.enter import enter
from sabai.desk.people.pages.invitation import invitation
from sabai.desk.people.pages.language import language

urlpatterns = [
    path("enter/<int:user>/<str:secret>/", enter, name="enter"),
    path("invitation/<str:secret>/", invitation, name="invitation"),
    path("language/", language, name="language"),
]
