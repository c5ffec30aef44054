"""The address by which one leaves, in mails that tell what was done."""

from __future__ import annotations

from django.urls import path

from sabai.desk.replies.pages.stop import stop

urlpatterns = [path("told/stop/<str:signed>/", stop, name="told_stop")]
