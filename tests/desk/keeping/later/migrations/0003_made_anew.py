"""The table with another column: SQLite writes it anew."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from tests.desk.keeping.later.marks import mark


def wait(apps: Any, editor: Any) -> None:
    mark()


class Migration(migrations.Migration):
    dependencies = (("later", "0002_filled"),)
    operations = (
        migrations.AlterField("later", "number", models.BigIntegerField(unique=True)),
        migrations.RunPython(wait),
        migrations.AddField("later", "text", models.CharField(max_length=9, default="x")),
        migrations.RunPython(wait),
    )
