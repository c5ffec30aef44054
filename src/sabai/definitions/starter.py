"""The first `sabai.yaml` of a company: all seven dimensions, to be cut down to what there is."""

from __future__ import annotations

import json
from importlib.resources import files

STARTER = files("sabai.definitions").joinpath("starter.yaml").read_text(encoding="utf-8")
"""The starter of a company without a name."""


def starter(name: str) -> str:
    """The starter for the company called `name`.

    >>> 'name: "Baan Coffee Cloud"' in starter("Baan Coffee Cloud")
    True
    """
    return STARTER.replace("name: My company", f"name: {json.dumps(name, ensure_ascii=False)}", 1)
