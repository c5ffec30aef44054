"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.drafts.pages.definitions import definitions, download, new_draft, schema
from sabai.desk.drafts.pages.draft import draft, drop, numbers, preview, publish_draft
from sabai.desk.drafts.pages.version import back_to, version

app_name = "drafts"
urlpatterns = [
    path("definitions/", definitions, name="definitions"),
    path("definitions/new/", new_draft, name="new"),
    path("definitions/sabai.yaml", download, name="download"),
    path("definitions/schema.json", schema, name="schema"),
    path("definitions/drafts/<int:key>/", draft, name="draft"),
    path("definitions/drafts/<int:key>/numbers/", numbers, name="numbers"),
    path("definitions/drafts/<int:key>/preview/", preview, name="preview"),
    path("definitions/drafts/<int:key>/publish/", publish_draft, name="publish"),
    path("definitions/drafts/<int:key>/drop/", drop, name="drop"),
    path("definitions/versions/<int:number>/", version, name="version"),
    path("definitions/versions/<int:number>/back/", back_to, name="back"),
]
