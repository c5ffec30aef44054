"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.morning.pages.morning import morning

app_name = "morning"
urlpatterns = [
    path("", morning, name="morning"),
]
