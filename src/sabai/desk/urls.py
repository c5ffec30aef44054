"""Every address of the desk; each app says its own, below the name of the workspace."""

from __future__ import annotations

from django.urls import include, path

from sabai.desk.keeping.pages.answering import healthy, metrics, ready
from sabai.desk.people.pages.home import home

OF_A_WORKSPACE = (
    "morning", "portfolio", "accounts", "tasks", "insight", "drafts", "intake", "surveys", "asking", "responses",
    "themes", "replies", "people", "audit", "keeping",
)  # fmt: skip

urlpatterns = [
    path("", home, name="home"),
    path("sign/", include("sabai.desk.people.signing")),
    path("", include("sabai.desk.people.outside")),
    path("", include("sabai.desk.tasks.outside")),
    path("", include("sabai.desk.asking.outside")),
    path("", include("sabai.desk.responses.outside")),
    path("", include("sabai.desk.replies.outside")),
    path("", include("sabai.desk.intake.api_urls")),
    path("healthz", healthy, name="healthy"),
    path("readyz", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    *(path("w/<slug:slug>/", include(f"sabai.desk.{app}.urls")) for app in OF_A_WORKSPACE),
]

handler400 = "sabai.desk.keeping.pages.refused.misread"
handler403 = "sabai.desk.keeping.pages.refused.forbidden"
handler404 = "sabai.desk.keeping.pages.refused.missing"
handler500 = "sabai.desk.keeping.pages.refused.broken"
