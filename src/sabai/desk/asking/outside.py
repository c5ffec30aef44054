"""Addresses in the mails that ask, which carry their own secret."""

from __future__ import annotations

from django.urls import path

from sabai.desk.asking.pages.stop import stop

urlpatterns = [path("stop/<str:signed>/", stop, name="stop_asking")]
