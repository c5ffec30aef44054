"""What must be listening once Django has started."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sabai.desk.people"

    def ready(self) -> None:
        from sabai.desk import checks  # noqa: F401  # models are not there any earlier
        from sabai.desk.people import watch  # noqa: F401
