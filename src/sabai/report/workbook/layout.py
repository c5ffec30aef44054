"""Where everything stands on the sheet of scores; rows and columns are counted from 0, as xlsxwriter does."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from sabai.definitions.model import Health

GROUP_ROW, WEIGHT_ROW, HEAD_ROW, FIRST_ROW = 3, 4, 5, 6
ACCOUNT, NAME, SCORE, BAND, COVERAGE, IN_SABAI, REMARK = range(7)
_FIRST_VALUE = 7
ROW = "§"  # stands in a formula where the number of its row will stand


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns from left to right: who and the score; values; points; the working; contributions, which are summed."""

    health: Health

    @property
    def value_names(self) -> list[str]:
        """Metrics that are typed in: those of the factors, then those that only deductions ask for."""
        return list(
            dict.fromkeys([*self.factor_names, *(deduction.when.metric for deduction in self.health.deductions)])
        )

    @property
    def factor_names(self) -> list[str]:
        return [factor.name for factor in self.health.factors]

    @property
    def milestone_names(self) -> list[str]:
        young = self.health.young
        return [f"milestone.{milestone.name}" for milestone in young.milestones] if young else []

    @property
    def deduction_names(self) -> list[str]:
        return [deduction.name for deduction in self.health.deductions]

    def value(self, metric: str) -> int:
        return _FIRST_VALUE + self.value_names.index(metric)

    def points(self, factor: str) -> int:
        return self._first_points + self.factor_names.index(factor)

    @property
    def known_weight(self) -> int:
        """The sum of the weights that are known; empty where there is no score of factors."""
        return self._first_points + len(self.factor_names)

    @property
    def asked(self) -> int:
        """What the deductions ask for together, before the cap."""
        return self.known_weight + 1

    def contribution(self, factor: str) -> int:
        return self._first_contribution + self.factor_names.index(factor)

    def milestone(self, name: str) -> int:
        return self._first_contribution + len(self.factor_names) + self.milestone_names.index(name)

    def deduction(self, name: str) -> int:
        return self.floor - len(self.deduction_names) + self.deduction_names.index(name)

    @property
    def floor(self) -> int:
        added = len(self.factor_names) + len(self.milestone_names) + len(self.deduction_names)
        return self._first_contribution + added

    @property
    def width(self) -> int:
        return self.floor + 1

    def points_range(self, row: int | str, *, row_fixed: bool = False) -> str:
        return self._range(self._first_points, len(self.factor_names), row, row_fixed=row_fixed)

    def added_range(self, row: int | str) -> str:
        """Contributions, milestones and deductions: all that is added up."""
        return self._range(self._first_contribution, self.floor - self._first_contribution, row)

    def milestone_range(self, row: int | str) -> str | None:
        first = self._first_contribution + len(self.factor_names)
        return self._range(first, len(self.milestone_names), row) if self.milestone_names else None

    @property
    def _first_points(self) -> int:
        return _FIRST_VALUE + len(self.value_names)

    @property
    def _first_contribution(self) -> int:
        return self.asked + 1

    def _range(self, first: int, count: int, row: int | str, *, row_fixed: bool = False) -> str:
        return f"{cell(row, first, row_fixed=row_fixed)}:{cell(row, first + count - 1, row_fixed=row_fixed)}"


def cell(row: int | str, column: int, *, row_fixed: bool = False) -> str:
    """A cell as formulas name it; the column never moves.

    >>> cell(5, 2), cell(4, 3, row_fixed=True)
    ('$C6', '$D$5')
    """
    number = row if isinstance(row, str) else str(row + 1)
    return f"${xl_col_to_name(column)}{'$' if row_fixed else ''}{number}"
