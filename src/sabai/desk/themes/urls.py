"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.themes.pages.features import features
from sabai.desk.themes.pages.model import model, name_it, sum_up
from sabai.desk.themes.pages.readings import about, feeling, readings
from sabai.desk.themes.pages.suggestions import no, suggestion, suggestions
from sabai.desk.themes.pages.theme import theme
from sabai.desk.themes.pages.themes import themes

app_name = "themes"
urlpatterns = [
    path("themes/", themes, name="themes"),
    path("themes/of/<str:key>/", theme, name="theme"),
    path("themes/of/<str:key>/sum-up/", sum_up, name="sum_up"),
    path("themes/readings/", readings, name="readings"),
    path("themes/readings/<int:pk>/feeling/", feeling, name="feeling"),
    path("themes/readings/<int:pk>/about/", about, name="about"),
    path("themes/features/", features, name="features"),
    path("themes/suggestions/", suggestions, name="suggestions"),
    path("themes/suggestions/<int:pk>/", suggestion, name="suggestion"),
    path("themes/suggestions/<int:pk>/no/", no, name="no"),
    path("themes/suggestions/<int:pk>/name/", name_it, name="name_it"),
    path("themes/model/", model, name="model"),
]
