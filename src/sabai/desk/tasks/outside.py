"""Addresses that carry their own secret, for calendars and mail readers."""

from __future__ import annotations

from django.urls import path

from sabai.desk.tasks.pages.outside import calendar_file, unsubscribe

urlpatterns = [
    path("w/<slug:slug>/tasks/calendar/<str:secret>.ics", calendar_file, name="calendar_file"),
    path("w/<slug:slug>/tasks/mail/<str:secret>/", unsubscribe, name="unsubscribe"),
]
