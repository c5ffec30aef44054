"""Addresses of this app, below a workspace."""

from __future__ import annotations

from django.urls import path

from sabai.desk.tasks.pages.bulk import bulk
from sabai.desk.tasks.pages.calendar import calendar
from sabai.desk.tasks.pages.doing import do
from sabai.desk.tasks.pages.mentions import mentions
from sabai.desk.tasks.pages.new import customers, new
from sabai.desk.tasks.pages.task import task
from sabai.desk.tasks.pages.tasks import tasks

app_name = "tasks"
urlpatterns = [
    path("tasks/", tasks, name="tasks"),
    path("tasks/new/", new, name="new"),
    path("tasks/customers/", customers, name="customers"),
    path("tasks/bulk/", bulk, name="bulk"),
    path("tasks/mentions/", mentions, name="mentions"),
    path("tasks/calendar/", calendar, name="calendar"),
    path("tasks/<int:key>/", task, name="task"),
    path("tasks/<int:key>/<slug:verb>/", do, name="do"),
]
