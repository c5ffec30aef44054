"""Every problem that Sabai can find, said in four parts: what, where, why it matters, what to write instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem in something that was given to us.

    >>> print(Issue("DEF-014", 'Metric "seat_use" divides by "seat", which is not a metric.', "sabai.yaml:31",
    ...             "Without it the factor has no points.", 'Did you mean "seats"?'))
    DEF-014  Metric "seat_use" divides by "seat", which is not a metric.
             sabai.yaml:31
             Without it the factor has no points.
             Did you mean "seats"?
    """

    code: str
    what: str
    where: str = ""
    why: str = ""
    hint: str = ""

    def __str__(self) -> str:
        rest = [line for line in (self.where, self.why, self.hint) if line]
        return "\n".join([f"{self.code}  {self.what}", *(" " * 9 + line for line in rest)])

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


class SabaiError(Exception):
    """Something given to us cannot be used; carries the issues that say why. Exit code 1."""

    exit_code = 1

    def __init__(self, *issues: Issue) -> None:
        super().__init__("\n\n".join(str(issue) for issue in issues))
        self.issues = issues


class DefinitionsError(SabaiError):
    """`sabai.yaml` says something that cannot be meant."""


class FactsError(SabaiError):
    """The data cannot be read at all (single bad rows are rejects, not errors)."""


class UsageError(SabaiError):
    """The command was called in a way that cannot work. Exit code 2."""

    exit_code = 2


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A hint that names the nearest known word, or else all of them.

    >>> did_you_mean("seat", ["seats", "logins"])
    'Did you mean "seats"?'
    >>> did_you_mean("xyz", ["seats", "logins"])
    'Known here: logins, seats.'
    """
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{near[0]}"?'
    return f"Known here: {', '.join(sorted(known))}." if known else ""
