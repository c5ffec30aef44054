"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.responses.pages.export import as_lines, as_workbook
from sabai.desk.responses.pages.listing import responses
from sabai.desk.responses.pages.response import accept_one, response
from sabai.desk.responses.pages.results import results_so_far
from sabai.desk.responses.pages.share import qr_code, share

app_name = "responses"
urlpatterns = [
    path("responses/", responses, name="responses"),
    path("responses/list.csv", as_lines, name="csv"),
    path("responses/list.xlsx", as_workbook, name="xlsx"),
    path("responses/<int:pk>/", response, name="response"),
    path("responses/<int:pk>/accept/", accept_one, name="accept"),
    path("responses/of/<int:survey>/", results_so_far, name="results"),
    path("responses/of/<int:survey>/ways/", share, name="share"),
    path("responses/of/<int:survey>/code.<str:kind>", qr_code, name="qr"),
]
