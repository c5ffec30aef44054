"""What a source has told of people and accounts: each message adds a little, and a version of a thing says all."""

from __future__ import annotations

from typing import Any

from sabai.desk.intake.models import Known, Source

Row = dict[str, Any]


class Memory:
    """The rows that this source told so far, by kind and key; `changed` are kept when the batch has landed."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.rows: dict[tuple[str, str], Row] = {}
        self.changed: set[tuple[str, str]] = set()

    def recall(self, kind: str, keys: set[str]) -> None:
        """Reads what is known of these at once."""
        wanted = [key for key in keys if (kind, key) not in self.rows]
        for start in range(0, len(wanted), 500):
            known = Known.everywhere.filter(source=self.source, kind=kind, key__in=wanted[start : start + 500])
            self.rows |= {(kind, row.key): row.row for row in known}

    def of(self, kind: str, key: str) -> Row:
        """What is known; empty where nothing is."""
        return self.rows.get((kind, key), {})

    def learn(self, kind: str, key: str, told: Row) -> Row | None:
        """All that is known now, or None where that was known before; what is not told stays as it was."""
        before = self.of(kind, key)
        now = before | {name: value for name, value in told.items() if value not in (None, "")}
        if now == before:
            return None
        self.rows[kind, key] = now
        self.changed.add((kind, key))
        return now

    def keep(self) -> None:
        """Writes down what was learned."""
        source, workspace = self.source, self.source.workspace_id
        rows = [
            Known(workspace_id=workspace, source=source, kind=kind, key=key, row=self.rows[kind, key])
            for kind, key in sorted(self.changed)
        ]
        Known.everywhere.bulk_create(
            rows, batch_size=500, update_conflicts=True, unique_fields=["source", "kind", "key"], update_fields=["row"]
        )
