"""What people changed in a workbook, read back: weights, curves, cut-offs, coverage and deductions, each checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import coordinate_to_tuple, rows_from_range
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from sabai.definitions.model import Definitions, Factor, Health
from sabai.errors import DefinitionsError, Issue, UsageError, did_you_mean

_NAMES = (
    "sabai_factors", "sabai_weights", "sabai_healthy_from", "sabai_healthy_from_before", "sabai_at_risk_from",
    "sabai_at_risk_from_before", "sabai_needs_coverage",
    "sabai_deductions", "sabai_deduction_points", "sabai_deduction_thresholds", "sabai_deduction_cap",
)  # fmt: skip


Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Edits:
    """Every number of the sheets of weights and curves as it stands now, changed or not.

    `cut` is None where the cut-offs are those that the workbook was written with, so that quartiles stay quartiles.
    """

    weights: Mapping[str, float]  # factor ->
    cut: tuple[float, float] | None  # (healthy from, at risk from)
    needs_coverage: float
    deduction_points: Mapping[str, float]  # deduction ->
    deduction_thresholds: Mapping[str, float]
    deduction_cap: float
    curves: Mapping[str, Knots]  # factor -> (value, points); of those whose curve is stated

    def on(self, health: Health) -> Health:
        """`health` with these numbers in place of its own."""
        return replace(
            health,
            factors=tuple(
                replace(each, weight=self.weights[each.name], curve=self.curves.get(each.name, each.curve))
                for each in health.factors
            ),
            deductions=tuple(
                replace(
                    each,
                    points=self.deduction_points[each.name],
                    when=replace(each.when, value=self.deduction_thresholds[each.name]),
                )
                for each in health.deductions
            ),
            deduction_cap=self.deduction_cap,
            needs_coverage=self.needs_coverage,
            bands=replace(health.bands, cut=self.cut or health.bands.cut),
        )


def read_weights(path: Path, definitions: Definitions) -> dict[str, float]:
    """Factor → weight as it stands in the workbook, for every factor of the definitions; see `read_edits`."""
    return dict(read_edits(path, definitions).weights)


def read_edits(path: Path, definitions: Definitions) -> Edits:
    """All that may be changed on the sheets of weights and curves, by whatever program, in whatever language.

    UsageError WBK-001 where the file is no workbook of ours. DefinitionsError with an issue for every cell that cannot
    be meant: text (WBK-002), below 0 (WBK-003), a formula without a value (WBK-004), empty (WBK-005), a factor or
    deduction that is missing (WBK-006), unknown (WBK-007) or there twice (WBK-008), weights that are all 0 (WBK-009),
    cut-offs in the wrong order (WBK-010), a needed share above all there is (WBK-011).
    """
    sheet = _Named(path)
    edits = _edits(sheet, definitions.health)
    issues = [*sheet.issues, *([] if sheet.issues else _together(sheet, edits))]
    if issues:
        raise DefinitionsError(*issues)
    return edits


def _edits(sheet: _Named, health: Health) -> Edits:
    cut = (sheet.number("sabai_healthy_from"), sheet.number("sabai_at_risk_from"))
    before = (sheet.before("sabai_healthy_from"), sheet.before("sabai_at_risk_from"))
    deductions = [deduction.name for deduction in health.deductions]
    return Edits(
        weights=sheet.column("sabai_factors", "sabai_weights", [factor.name for factor in health.factors]),
        cut=None if cut == before else cut,
        needs_coverage=sheet.number("sabai_needs_coverage"),
        deduction_points=sheet.column("sabai_deductions", "sabai_deduction_points", deductions),
        deduction_thresholds=sheet.column("sabai_deductions", "sabai_deduction_thresholds", deductions, lowest=None),
        deduction_cap=sheet.number("sabai_deduction_cap"),
        curves=sheet.curves([factor for factor in health.factors if factor.curve]),
    )


def _together(sheet: _Named, edits: Edits) -> Iterator[Issue]:
    """What is wrong although every cell is right."""
    if edits.weights and not any(edits.weights.values()):
        yield Issue("WBK-009", "Every weight is 0.", sheet.where("sabai_weights"), "No account would have a score.")
    if edits.cut and edits.cut[0] < edits.cut[1]:
        yield Issue(
            "WBK-010",
            f"Healthy begins at {edits.cut[0]:g}, below at risk at {edits.cut[1]:g}.",
            sheet.where("sabai_healthy_from"),
            "No account would be at risk.",
            "Healthy begins where at risk ends, higher up.",
        )
    if edits.needs_coverage > 1:
        where = sheet.where("sabai_needs_coverage")
        yield Issue(
            "WBK-011", f"A score needs {edits.needs_coverage:.0%} of the weight.", where, hint="Write 50% or 0.5."
        )


class _Named:
    """The cells of a workbook by their defined names; what is wrong with them gathers in `issues`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.issues: list[Issue] = []
        self._values, self._written = _opened(path, data_only=True), _opened(path, data_only=False)
        missing = [name for name in _NAMES if not self._is_there(name)]
        if missing:
            raise UsageError(_not_ours(path, f"it has no cells called {', '.join(missing)}"))

    def _is_there(self, name: str) -> bool:
        """A name whose cells were deleted is left without a place."""
        named = self._values.defined_names.get(name)
        return named is not None and len(list(named.destinations)) == 1

    def number(self, name: str) -> float:
        (place,) = self._places(name)
        return self._checked(*place, what="", lowest=0.0)

    def before(self, name: str) -> float | None:
        """What the cell said when the workbook was written."""
        ((sheet, cell),) = self._places(f"{name}_before")
        value = self._values[sheet][cell].value
        return float(value) if isinstance(value, int | float) else None

    def column(self, names: str, numbers: str, known: list[str], lowest: float | None = 0.0) -> dict[str, float]:
        """Name → number for the names that are known; every other case is an issue."""
        found: dict[str, float] = {}
        for (sheet, name_cell), place in zip(self._places(names), self._places(numbers), strict=True):
            name = self._values[sheet][name_cell].value
            if name is None and self._values[place[0]][place[1]].value is None:
                continue
            if self._is_known(str(name or ""), found, known, f"{sheet}!{name_cell}"):
                found[str(name)] = self._checked(*place, what=str(name), lowest=lowest)
        self.issues += [self._missing(name, names) for name in known if name not in found]
        return {name: found[name] for name in known if name in found}

    def curves(self, stated: Sequence[Factor]) -> dict[str, Knots]:
        """Curves by the name that stands over them; percentiles are no curves of the definitions and stay out."""
        known = {factor.name: factor for factor in stated}
        found: dict[str, Knots] = {}
        for values in (name for name in self._values.defined_names if name.startswith("value_")):
            factor = known.get(self._heading(values))
            knots = list(zip(self._places(values), self._places(values.replace("value", "points")), strict=True))
            if factor and len(knots) == len(factor.curve):
                found[factor.name] = tuple(self._knot(factor.name, *knot) for knot in knots)
        return found

    def _heading(self, values: str) -> str:
        """The name of the factor stands two rows over its first value."""
        sheet, cell = self._places(values)[0]
        row, column = coordinate_to_tuple(cell)
        return str(self._values[sheet].cell(row - 2, column).value)

    def _knot(self, factor: str, value: tuple[str, str], points: tuple[str, str]) -> tuple[float, float]:
        return self._checked(*value, what=factor, lowest=None), self._checked(*points, what=factor, lowest=0.0)

    def where(self, name: str) -> str:
        sheet, cell = self._places(name)[0]
        return f"{self.path.name}, {sheet}!{cell}"

    def _places(self, name: str) -> list[tuple[str, str]]:
        """The sheet and cell of each cell of the name, from top to bottom."""
        ((sheet, area),) = self._values.defined_names[name].destinations
        return [(sheet, cell) for row in rows_from_range(area.replace("$", "")) for cell in row]

    def _is_known(self, name: str, found: Mapping[str, float], known: list[str], cell: str) -> bool:
        where = f"{self.path.name}, {cell}"
        if name not in known:
            self._add("WBK-007", f'"{name}" is not in the definitions.', where, did_you_mean(name, known))
        elif name in found:
            self._add("WBK-008", f'"{name}" stands there twice.', where, "Leave one of the two rows.")
        return name in known and name not in found

    def _missing(self, name: str, names: str) -> Issue:
        what = f'"{name}" is in the definitions, but not in the workbook.'
        return Issue("WBK-006", what, self.where(names), hint="Add its row again, or take a new workbook.")

    def _checked(self, sheet: str, cell: str, what: str, lowest: float | None) -> float:
        value, written = self._values[sheet][cell], self._written[sheet][cell]
        where, of = f"{self.path.name}, {sheet}!{cell}", f' of "{what}"' if what else ""
        number = _as_number(value)
        if number is None:
            self._add(*_why_no_number(value, written, of), where=where)
        elif lowest is not None and number < lowest:
            self._add("WBK-003", f"The number{of} is {number:g}.", where, f"Write {lowest:g} or more.")
        return number or 0.0

    def _add(self, code: str, what: str, where: str, hint: str = "") -> None:
        self.issues.append(Issue(code, what, where, "Nothing was taken over from the workbook.", hint))


def _as_number(cell: Cell) -> float | None:
    value = cell.value
    usable = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return float(value) if usable else None


def _why_no_number(value: Cell, written: Cell, of: str) -> tuple[str, str]:
    if written.data_type == "f" and value.value is None:
        return (
            "WBK-004",
            f"The number{of} is a formula without a value: open and save the file in a spreadsheet program.",
        )
    if value.value is None:
        return "WBK-005", f"The number{of} is empty: write one, or 0 to leave it out."
    return "WBK-002", f"The number{of} is the text {str(value.value)!r}: write a number."


def _opened(path: Path, *, data_only: bool) -> Workbook:
    try:
        return load_workbook(path, read_only=True, data_only=data_only)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as problem:
        raise UsageError(_not_ours(path, str(problem) or type(problem).__name__)) from problem


def _not_ours(path: Path, why: str) -> Issue:
    return Issue(
        "WBK-001",
        f"{path.name} is not a workbook of scores: {why}.",
        str(path),
        "Weights can only be read back from a workbook that Sabai wrote.",
        "Give the scores.xlsx that `sabai score --out` wrote, saved as .xlsx.",
    )
