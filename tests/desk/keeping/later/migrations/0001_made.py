"""A table."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = (("people", "0001_initial"),)
    operations = (
        migrations.CreateModel(
            "Later", [("id", models.BigAutoField(primary_key=True)), ("number", models.IntegerField())]
        ),
    )
