"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.keeping.pages.keeping import keeping
from sabai.desk.keeping.pages.person import file, person

app_name = "keeping"
urlpatterns = [
    path("keeping/", keeping, name="keeping"),
    path("keeping/person/", person, name="person"),
    path("keeping/exports/<int:pk>/", file, name="file"),
]
