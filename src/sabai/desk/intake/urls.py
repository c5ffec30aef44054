"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.intake.pages.connect import connect
from sabai.desk.intake.pages.source import renew, revoke, source
from sabai.desk.intake.pages.sources import sources
from sabai.desk.intake.pages.uploads import mapping, upload

app_name = "intake"
urlpatterns = [
    path("data/", sources, name="sources"),
    path("data/connect/", connect, name="connect"),
    path("data/sources/<int:pk>/", source, name="source"),
    path("data/sources/<int:pk>/renew/", renew, name="renew"),
    path("data/sources/<int:pk>/revoke/", revoke, name="revoke"),
    path("data/upload/", upload, name="upload"),
    path("data/files/<int:pk>/", mapping, name="mapping"),
]
