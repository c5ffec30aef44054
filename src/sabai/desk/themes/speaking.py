"""Asking a language model, at an address that understands OpenAI's way of asking. Only jobs come here.

It is told masked texts and nothing else; what it says is text, of which nothing is run, followed or believed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import requests
from django.conf import settings

from sabai.text.cleaned import cleaned

CONNECT_SECONDS, READ_SECONDS = 5, 40
MOST_BYTES = 64_000
MOST_TOKENS = 400


class Silent(Exception):
    """There is no answer; the text says why, for people, and holds nothing of what was sent."""


@dataclass(frozen=True, slots=True)
class Model:
    """Where it is, what it is called there, and by which key it lets us in."""

    url: str
    name: str
    key: str

    @classmethod
    def set_up(cls) -> Self | None:
        """That of the settings; None where there is none."""
        url, name, key = (str(settings.SABAI[f"SABAI_MODEL_{part}"]) for part in ("URL", "NAME", "KEY"))
        return cls(url, name, key) if url and name else None

    def ask(self, task: str, texts: str) -> str:
        """What it answers, as people would type it, cut short; Silent where it does not."""
        asked: dict[str, Any] = {
            "model": self.name,
            "max_tokens": MOST_TOKENS,
            "temperature": 0,
            "messages": [{"role": "system", "content": task}, {"role": "user", "content": texts}],
        }
        try:
            answer = _content(json.loads(self._post(asked)))
        except requests.RequestException as failure:
            raise Silent("It cannot be reached.") from failure
        except (ValueError, LookupError, TypeError) as failure:
            raise Silent("Its answer cannot be understood.") from failure
        return "\n".join(line for line in map(cleaned, answer.splitlines()) if line)

    def _post(self, asked: Mapping[str, Any]) -> bytes:
        with requests.Session() as session:
            session.trust_env = False  # no password of a file, no proxy of the surroundings
            headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
            with session.post(
                f"{self.url}/chat/completions", json=asked, headers=headers, stream=True, allow_redirects=False,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
            ) as response:  # fmt: skip
                if response.status_code != 200:  # wherever it would send us, nobody has agreed to it
                    raise Silent(f"It answers {response.status_code}.")
                return _few(response)


def _few(response: requests.Response) -> bytes:
    found = bytearray()
    for piece in response.iter_content(8_192):
        found += piece
        if len(found) > MOST_BYTES:
            raise Silent("It answers too much.")
    return bytes(found)


def _content(answer: object) -> str:
    said = answer["choices"][0]["message"]["content"]  # type: ignore[index]
    if not isinstance(said, str) or not said.strip():
        raise ValueError("nothing was said")
    return said
