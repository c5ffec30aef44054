"""Addresses at which people answer, who need no sign-in."""

from __future__ import annotations

from django.urls import path

from sabai.desk.responses.pages.brand import colours, logo
from sabai.desk.responses.pages.hosted import ask_page, open_page
from sabai.desk.responses.pages.widget import script, widget

urlpatterns = [
    path("ask/<str:signed>/", ask_page, name="ask_page"),
    path("s/<str:key>/", open_page, name="open_page"),
    path("s/<str:key>/logo/", logo, name="brand_logo"),
    path("brand/<str:colour>.css", colours, name="brand"),
    path("widget/<str:key>.js", script, name="widget_script"),
    path("widget/<str:key>/", widget, name="widget"),
]
