"""Where the files of a workspace lie. Nothing heavy is imported here: pages ask too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sabai.desk.people.models import Workspace


@dataclass(frozen=True, slots=True)
class Company:
    """The folder of one workspace; nothing in it need exist yet."""

    folder: Path

    @classmethod
    def of(cls, workspace: Workspace) -> Company:
        return cls(settings.DATA / "workspaces" / workspace.slug)

    @property
    def definitions(self) -> Path:
        """The published ones."""
        return self.folder / "sabai.yaml"

    @property
    def overrides(self) -> Path:
        """What the desk's people say against scores, as whoever scores reads it beside the definitions."""
        return self.folder / "overrides.csv"

    @property
    def store(self) -> Path:
        """Facts that stay."""
        return self.folder / "store"

    @property
    def out(self) -> Path:
        """Results."""
        return self.folder / "out"

    @property
    def incoming(self) -> Path:
        """Facts that the desk took in and that have not landed yet, as `sources` says."""
        return self.folder / "incoming"

    @property
    def landing(self) -> Path:
        """Those that are landing now, or were when a landing was interrupted."""
        return self.folder / "landing"

    @property
    def wanted(self) -> Path:
        """There as long as somebody wants scores that nobody has begun to compute."""
        return self.folder / "scores-wanted"
