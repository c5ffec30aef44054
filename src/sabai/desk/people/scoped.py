"""Every row belongs to one workspace, and asking for rows without saying whose fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from sabai.desk.people.models import Workspace

T_co = TypeVar("T_co", bound=models.Model, covariant=True)


class Unscoped(Exception):
    """Somebody asked for rows of every workspace."""


class Scoped(models.Manager[T_co]):
    """`Task.objects.of(workspace)`; every other way through `objects` raises Unscoped."""

    def of(self, workspace: Workspace) -> models.QuerySet[T_co]:
        return super().get_queryset().filter(workspace=workspace)

    def get_queryset(self) -> models.QuerySet[T_co]:
        raise Unscoped(f"{self.model.__name__}.objects: say whose, with .of(workspace)")


class OfWorkspace(models.Model):
    """The base of every row but users and workspaces. `everywhere` is for jobs that serve all workspaces."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+")

    everywhere = models.Manager()
    objects: ClassVar[Scoped[Self]] = Scoped()

    class Meta:
        abstract = True

    @classmethod
    def of(cls, workspace: Workspace) -> models.QuerySet[Self]:
        """The rows of one workspace."""
        return cls.objects.of(workspace)
