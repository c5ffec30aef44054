"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.insight.pages.insight import insight
from sabai.desk.insight.pages.sheet import again, sheet, table, workbook

app_name = "insight"
urlpatterns = [
    path("insight/", insight, name="insight"),
    path("insight/again/", again, name="again"),
    path("insight/<slug:name>/", sheet, name="sheet"),
    path("insight/<slug:name>/<str:table>.csv", table, name="table"),
    path("insight/<slug:name>/<str:table>.xlsx", workbook, name="workbook"),
]
