"""A rule that the database keeps: days of one person do not overlap, however many write at once."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Model

ON_SQLITE = """
CREATE TRIGGER %(name)s BEFORE {moment} ON %(table)s
WHEN NEW.state NOT IN ('stopped', 'failed') AND EXISTS (
    SELECT 1 FROM %(table)s AS other
    WHERE other.workspace_id = NEW.workspace_id AND other.person = NEW.person
      AND other.state NOT IN ('stopped', 'failed') AND other.id IS NOT NEW.id
      AND other.asked_on < NEW.rests_until AND NEW.asked_on < other.rests_until
)
BEGIN SELECT RAISE(IGNORE); END
"""
ON_POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE %(table)s ADD CONSTRAINT %(name)s EXCLUDE USING gist (
    workspace_id WITH =, person WITH =, daterange(asked_on, rests_until) WITH &&
) WHERE (state NOT IN ('stopped', 'failed'))
"""
SAID = {
    "sqlite": {
        "": ON_SQLITE.format(moment="INSERT"),
        "_again": ON_SQLITE.format(moment="UPDATE OF workspace_id, person, asked_on, rests_until, state"),
    },
    "postgresql": {"": ON_POSTGRESQL},
}
GONE = "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s"


class Rests(BaseConstraint):
    """`person` is not asked from `asked_on` until `rests_until`, the latter exclusive; whoever was stopped or failed
    was never asked.

    SQLite leaves out a row that breaks it; PostgreSQL refuses it, and leaves it out of a bulk that ignores conflicts.
    """

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rests) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def constraint_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Nothing inside the table: the rule is said once the table stands."""
        assert schema_editor is not None
        for ending, words in SAID[schema_editor.connection.vendor].items():
            schema_editor.deferred_sql.append(self._said(words, ending, model, schema_editor))
        return ""

    def create_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """On a table that stands; SQLite makes it anew instead."""
        return self._said(ON_POSTGRESQL, "", model, schema_editor)

    def remove_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return self._said(GONE, "", model, schema_editor)

    def validate(self, *_: Any, **__: Any) -> None:
        """Only the database can tell, when the row is written."""

    def _said(
        self, words: str, ending: str, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Statement:
        """A statement that follows its table where Django makes that anew under another name."""
        assert model is not None
        assert schema_editor is not None
        quoted = schema_editor.quote_name
        return Statement(words, table=Table(model._meta.db_table, quoted), name=quoted(self.name + ending))
