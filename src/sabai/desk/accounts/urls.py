"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.accounts.pages import writing
from sabai.desk.accounts.pages.account import account

app_name = "accounts"
urlpatterns = [
    path("accounts/<int:key>/", account, name="account"),
    path("accounts/<int:key>/touch/", writing.touch, name="touch"),
    path("accounts/<int:key>/ask/", writing.ask, name="ask"),
    path("accounts/<int:key>/notes/", writing.note, name="note"),
    path("accounts/<int:key>/notes/<int:note>/pin/", writing.pin, name="pin"),
    path("accounts/<int:key>/notes/<int:note>/remove/", writing.remove, name="remove"),
    path("accounts/<int:key>/say/", writing.say, name="say"),
    path("accounts/<int:key>/say/<int:opinion>/withdraw/", writing.withdraw, name="withdraw"),
]
