from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_workspace_salt"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="labels",
            field=models.JSONField(default=dict),
        ),
    ]
