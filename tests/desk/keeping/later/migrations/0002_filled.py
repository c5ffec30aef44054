"""A hundred rows in it, and a change to a table that was there."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from tests.desk.keeping.later.marks import mark


def fill(apps: Any, editor: Any) -> None:
    later = apps.get_model("later", "Later")
    for number in range(100):
        later.objects.create(number=number)
        if number in (10, 60, 99):
            mark()
    apps.get_model("people", "Workspace").objects.update(name=models.functions.Concat("name", models.Value("!")))
    mark()


class Migration(migrations.Migration):
    dependencies = (("later", "0001_made"),)
    operations = (migrations.RunPython(fill),)
