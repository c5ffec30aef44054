"""The numbers of health that people try out elsewhere, changed in the file that they wrote, and not a space more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sabai.definitions import words
from sabai.definitions.lines import read_lines, text_of
from sabai.definitions.model import Bands, Condition, Factor, Health
from sabai.definitions.reader import read_text
from sabai.definitions.written import Entries, Text, Written
from sabai.errors import DefinitionsError, Issue


@dataclass(frozen=True, slots=True)
class Edit:
    """One number, or one curve, as people say it.

    >>> str(Edit("weight of logins", "15", "20"))
    'weight of logins: 15 → 20'
    """

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.what}: {self.before} → {self.after}"


def edits(before: Health, after: Health) -> tuple[Edit, ...]:
    """Weights, curves, deductions, cut points, coverage and cap that differ; both have the same factors."""
    told = zip(_told(before), _told(after), strict=True)
    return tuple(Edit(what, old, new) for (what, old), (_, new) in told if old != new)


def _told(health: Health) -> Iterator[tuple[str, str]]:
    for factor in health.factors:
        yield f"weight of {factor.name}", _shown(factor.weight)
        yield f"curve of {factor.name}", _curve(factor)
    for deduction in health.deductions:
        yield f"points of {deduction.name}", _shown(deduction.points)
        yield f"condition of {deduction.name}", f"{deduction.when.op} {_shown(deduction.when.value)}"
    yield "deduction_cap", _shown(health.deduction_cap)
    yield "needs_coverage", _shown(health.needs_coverage)
    yield "bands", _cut(health.bands)


def _curve(factor: Factor) -> str:
    return f"{{ {', '.join(f'{_shown(value)}: {_shown(points)}' for value, points in factor.curve)} }}"


def _cut(bands: Bands) -> str:
    return "quartiles" if bands.cut is None else "{{ healthy: {}, at_risk: {} }}".format(*map(_shown, bands.cut))


def rewritten(path: Path, health: Health) -> str:
    """The text of the file at `path` with the numbers of `health`; it is checked, but not written.

    Raises DefinitionsError where what would stand there breaks a rule, or cannot stand there alone.
    """
    return rewritten_text(text_of(path), path, health)


def rewritten_text(text: str, path: Path, health: Health) -> str:
    """The same for a text that stands, or will stand, in the file at `path`."""
    stands = read_text(text, path).health
    root = read_lines(text, path.name).section("health")
    for (start, end), new in sorted(_by_place(_changes(root, stands, health, text)).items(), reverse=True):
        text = text[:start] + new + text[end:]
    left = edits(read_text(text, path).health, health)
    if left:
        raise DefinitionsError(*(_not_alone(edit, path.name) for edit in left))
    return text


Change = tuple[tuple[int, int], str]
"""from where to where, and what comes there"""


def _changes(root: Entries, stands: Health, health: Health, text: str) -> Iterator[Change]:
    for old, new in zip(stands.factors, health.factors, strict=True):
        node = root.section("dimensions").section(new.dimension).section(new.name)
        yield from _number(node.get("weight"), old.weight, new.weight)
        yield from _knots(node.section("curve"), old, new)
    for was, deduction in zip(stands.deductions, health.deductions, strict=True):
        node = root.section("deductions").section(deduction.name)
        yield from _number(node.get("points"), was.points, deduction.points)
        yield from _condition(node.section("when").get(deduction.when.metric), was.when, deduction.when)
    for name in ("deduction_cap", "needs_coverage"):
        before, after = getattr(stands, name), getattr(health, name)
        yield from _number(root.get(name), before, after)
        if name not in root and before != after:
            yield _added(root, f"{name}: {_shown(after)}", text)
    if stands.bands != health.bands:
        yield from _bands(root, health.bands, text)


def _by_place(changes: Iterable[Change]) -> dict[tuple[int, int], str]:
    """What is added at one place follows one another; where an anchor gives one place two numbers, the last stands."""
    places: dict[tuple[int, int], str] = {}
    for (start, end), new in changes:
        places[start, end] = places.get((start, end), "") + new if start == end else new
    return places


def _number(node: Written | None, before: float, after: float) -> Iterator[Change]:
    if isinstance(node, Text) and before != after:
        yield node.span, _like(node.text, after)


def _knots(node: Entries, before: Factor, after: Factor) -> Iterator[Change]:
    for (key, value), old, new in zip(node, before.curve, after.curve, strict=True):
        yield from _number(key, old[0], new[0])
        yield from _number(value, old[1], new[1])


def _condition(node: Written | None, before: Condition, after: Condition) -> Iterator[Change]:
    """The sign stays as it was written; quotes stand around it, since YAML takes > for something else."""
    if isinstance(node, Text) and before != after:
        sign = re.match("[<>=! ]*", node.text)
        yield node.span, f'"{sign[0] if sign else ""}{_like(node.text, after.value)}"'


def _bands(root: Entries, bands: Bands, text: str) -> Iterator[Change]:
    section, cut = root.section("bands"), root.section("bands").get("cut")
    if isinstance(cut, Entries) and bands.cut:
        for name, points in zip(("healthy", "at_risk"), bands.cut, strict=True):
            yield from _number(cut.get(name), words.number(cut.text(name)), points)
    elif isinstance(cut, Text):
        yield cut.span, _cut(bands)
    elif section.entries:
        yield _added(section, f"cut: {_cut(bands)}", text)
    else:
        yield _added(root, f"bands: {{ cut: {_cut(bands)} }}", text)


def _added(section: Entries, entry: str, text: str) -> Change:
    """Before all that stands in the section, on a line of its own where the others have theirs."""
    start = section.entries[0][0].span[0]
    column = start - (text.rfind("\n", 0, start) + 1)
    return (start, start), entry + (", " if section.flow else "\n" + " " * column)


def _like(written: str, number: float) -> str:
    """The number as it was written: in percent where there was a percent sign.

    >>> _like("50%", 0.4), _like("15", 12.5)
    ('40%', '12.5')
    """
    percent = f"{number * 100:.10g}%"
    return percent if written.endswith("%") and words.number(percent) == number else _shown(number)


def _shown(number: float) -> str:
    """
    >>> _shown(15.0), _shown(12.5)
    ('15', '12.5')
    """
    return repr(float(number)).removesuffix(".0")


def _not_alone(edit: Edit, where: str) -> Issue:
    return Issue(
        "DEF-061",
        f'The {edit.what} cannot become "{edit.after}".',
        where,
        "It is shared with something else by an anchor (& and *), or says whether an event happened.",
        "Write the number itself in each place; an event has happened or not.",
    )
