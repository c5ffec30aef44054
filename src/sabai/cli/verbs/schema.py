"""`sabai schema`: what editors need to complete and check `sabai.yaml`."""

from __future__ import annotations

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb


@verb
def schema() -> Answer:
    """Print the JSON Schema of sabai.yaml."""
    import json

    from sabai.definitions.schema import json_schema

    described = json_schema()
    return Answer({"schema": described}, json.dumps(described, ensure_ascii=False, indent=2))
