"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.asking.pages.never import again, contact, never
from sabai.desk.asking.pages.wave import do, wave
from sabai.desk.asking.pages.waves import asks, plan

app_name = "asking"
urlpatterns = [
    path("asks/of/<int:survey>/", asks, name="asks"),
    path("asks/of/<int:survey>/plan/", plan, name="plan"),
    path("asks/<int:wave>/", wave, name="wave"),
    path("asks/<int:wave>/do/", do, name="do"),
    path("asks/contacts/<int:contact>/", contact, name="contact"),
    path("asks/never/", never, name="never"),
    path("asks/never/<int:key>/", again, name="again"),
]
