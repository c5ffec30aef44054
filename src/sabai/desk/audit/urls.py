"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.audit.pages.export import as_json_lines, as_lines
from sabai.desk.audit.pages.trail import trail, whole

app_name = "audit"
urlpatterns = [
    path("audit/", trail, name="trail"),
    path("audit/whole/", whole, name="whole"),
    path("audit/export.csv", as_lines, name="csv"),
    path("audit/export.jsonl", as_json_lines, name="jsonl"),
]
