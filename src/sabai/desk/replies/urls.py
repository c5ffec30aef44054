"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.replies.pages.advocates import advocates, ask, leave, step
from sabai.desk.replies.pages.announcements import announcements
from sabai.desk.replies.pages.replies import replies
from sabai.desk.replies.pages.reply import reply

app_name = "replies"
urlpatterns = [
    path("replies/", replies, name="replies"),
    path("replies/<int:pk>/", reply, name="reply"),
    path("replies/advocates/", advocates, name="advocates"),
    path("replies/advocates/<int:pk>/ask/", ask, name="ask"),
    path("replies/advocates/<int:pk>/leave/", leave, name="leave"),
    path("replies/favours/<int:pk>/<str:verb>/", step, name="step"),
    path("replies/announcements/", announcements, name="announcements"),
]
