"""Themes counted in a process of its own, whatever the database: `python -m tests.desk.themes.counter`."""

from __future__ import annotations

from datetime import timedelta


def main() -> None:
    """Two customers who are here, one who left, one of whom nobody knows what they pay; some speak twice."""
    from django.core.management import call_command
    from django.utils import timezone

    from sabai.desk.people.models import Workspace
    from sabai.desk.scoring.models import Account
    from sabai.desk.themes.actions.read import digest, mention
    from sabai.desk.themes.counting import themes
    from sabai.desk.themes.models import Reading
    from sabai.desk.themes.wanted import Wanted

    call_command("migrate", verbosity=0, skip_checks=True)
    workspace = Workspace.objects.create(slug="lanna", name="Lanna", time_zone="Asia/Bangkok")
    at = timezone.now() - timedelta(days=1)
    for name, here, pays, times in (
        ("a", True, 700, 2),
        ("b", True, None, 1),
        ("c", True, 50, 1),
        ("d", False, 900, 3),
    ):
        account = Account.everywhere.create(
            workspace=workspace, account_id=name, name=name, here=here, revenue_minor=pays
        )
        rows = [
            Reading(
                workspace=workspace, kind="ticket", key=f"{name}{time}", digest=digest(name), account=account, at=at,
                text=name, sentiment="negative", themes=["price", "speed"] if name == "a" else ["price"],
            )
            for time in range(times)
        ]  # fmt: skip
        mention(workspace, Reading.everywhere.bulk_create(rows))
    for theme in themes(workspace, Wanted()):
        print(theme.id, theme.felt.all, theme.who.here, theme.who.left, theme.who.revenue_minor)


if __name__ == "__main__":
    import django

    django.setup()
    main()
