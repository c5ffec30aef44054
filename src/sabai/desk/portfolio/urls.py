"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.portfolio.pages.accounts import accounts
from sabai.desk.portfolio.pages.bulk import ask_many, assign_many
from sabai.desk.portfolio.pages.export import as_lines, as_workbook
from sabai.desk.portfolio.pages.views import change, save

app_name = "portfolio"
urlpatterns = [
    path("accounts/", accounts, name="accounts"),
    path("accounts/export.csv", as_lines, name="csv"),
    path("accounts/export.xlsx", as_workbook, name="xlsx"),
    path("accounts/assign/", assign_many, name="assign"),
    path("accounts/ask/", ask_many, name="ask"),
    path("accounts/views/", save, name="save"),
    path("accounts/views/<int:pk>/", change, name="view"),
]
