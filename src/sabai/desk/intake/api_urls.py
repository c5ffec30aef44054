"""Addresses that other systems call."""

from __future__ import annotations

from django.urls import URLResolver, path

from sabai.desk.intake.api.api import api

urlpatterns: list[URLResolver] = [path("", api.urls)]
