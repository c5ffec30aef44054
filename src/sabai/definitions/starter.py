"""The first `sabai.yaml` of a company: all seven dimensions, of which it shows those that there are files for.

In starter.yaml, `# needs tickets, subscriptions` behind a line names the sources without which it says nothing, and
with it all that is indented below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from importlib.resources import files

_WHOLE = files("sabai.definitions").joinpath("starter.yaml").read_text(encoding="utf-8").splitlines()
_NEEDS = re.compile(r"  # needs ([a-z, ]+)$")
_HEADING = re.compile(r" *\w+:( +#.*)?$")
_WAITING = """\
# Lines that end in "# needs surveys" and the like wait for files that were not here when this was written.
# To take one in, put its file here and remove the "# " in front of its lines, and of the heading above them.
"""


def starter(name: str, without: Collection[str] = (), reference: tuple[date, date] | None = None) -> str:
    """The starter for the company called `name`; what only the sources in `without` could feed is commented out.

    `reference` is the span that says what is usual.

    >>> 'name: "Baan Coffee Cloud"' in starter("Baan Coffee Cloud")
    True
    >>> next(line for line in starter("Baan Coffee Cloud", without=["pulses"]).splitlines() if "pulse:" in line)
    '  # pulse:           { last: pulses.rating, stale_after: 90d }  # needs pulses'
    """
    text = "\n".join(_thinned(without)) + "\n"
    text = text.replace("name: My company", f"name: {json.dumps(name, ensure_ascii=False)}", 1)
    if reference:
        text = re.sub(r"(?<=reference: \{ from: )\S+, to: \S+", "{}, to: {}".format(*reference), text, count=1)
    return text.replace("\nsabai: 1", f"\n{_WAITING}\nsabai: 1", 1) if without else text


def left_out(found: Collection[str]) -> tuple[str, ...]:
    """Sources to leave out where only those in `found` have files; none where nothing would be left to measure.

    >>> left_out(["accounts"])
    ()
    >>> left_out(["accounts", "product", "tickets"])[:3]
    ('web', 'subscriptions', 'invoices')
    """
    without = tuple(source for source in _sources() if source not in found)
    return without if "  dimensions:" in _thinned(without) else ()


def _sources() -> list[str]:
    """Every source has a line that needs nothing else, its own."""
    needs = (_NEEDS.search(line) for line in _WHOLE)
    return list(dict.fromkeys(found[1] for found in needs if found and "," not in found[1]))


def _thinned(without: Collection[str]) -> list[str]:
    """All lines; the marks are gone where a line stays, and say what is missing where it does not."""
    from_below = _without_bare_headings(reversed(list(_waiting(set(without)))))
    return list(from_below)[::-1]


def _waiting(without: set[str]) -> Iterator[str]:
    depth: int | None = None  # of the line that waits, and with it whatever is indented more
    for line in _WHOLE:
        if depth is None or _depth(line) <= depth:
            needs = _NEEDS.search(line)
            depth = _depth(line) if needs and without.intersection(needs[1].split(", ")) else None
        yield _NEEDS.sub("", line) if depth is None else _commented(line, depth)


def _without_bare_headings(lines_from_below: Iterable[str]) -> Iterator[str]:
    """A heading with nothing left below it is commented out too."""
    below = 0
    for line in lines_from_below:
        says_something = line.strip() and not line.lstrip().startswith("#")
        bare = says_something and _HEADING.match(line) and below <= _depth(line)
        if says_something and not bare:
            below = _depth(line)
        yield _commented(line, _depth(line)) if bare else line


def _depth(line: str) -> int:
    """How far the line is indented; an empty one ends every block."""
    return len(line) - len(line.lstrip())


def _commented(line: str, depth: int) -> str:
    return f"{line[:depth]}# {line[depth:]}"
