"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.surveys.pages.audience import audience, count
from sabai.desk.surveys.pages.doing import do
from sabai.desk.surveys.pages.preview import mail, preview, sheet
from sabai.desk.surveys.pages.questions import question, questions, texts
from sabai.desk.surveys.pages.settings import brand, logo, rhythm
from sabai.desk.surveys.pages.survey import survey, version
from sabai.desk.surveys.pages.surveys import new, surveys

app_name = "surveys"
urlpatterns = [
    path("surveys/", surveys, name="surveys"),
    path("surveys/new/", new, name="new"),
    path("surveys/<int:key>/", survey, name="survey"),
    path("surveys/<int:key>/versions/<int:number>/", version, name="version"),
    path("surveys/<int:key>/questions/", questions, name="questions"),
    path("surveys/<int:key>/questions/texts/", texts, name="texts"),
    path("surveys/<int:key>/questions/of/<str:question>/", question, name="question"),
    path("surveys/<int:key>/audience/", audience, name="audience"),
    path("surveys/<int:key>/audience/count/", count, name="count"),
    path("surveys/<int:key>/rhythm/", rhythm, name="rhythm"),
    path("surveys/<int:key>/brand/", brand, name="brand"),
    path("surveys/<int:key>/brand/logo.png", logo, name="logo"),
    path("surveys/<int:key>/preview/", preview, name="preview"),
    path("surveys/<int:key>/preview/page/", sheet, name="sheet"),
    path("surveys/<int:key>/preview/mail/", mail, name="mail"),
    path("surveys/<int:key>/do/<slug:verb>/", do, name="do"),
]
