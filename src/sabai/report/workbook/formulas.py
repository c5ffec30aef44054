"""The score as a spreadsheet computes it; every row has the same formulas, so that they can be filled down.

Cells that may be changed are called by defined names, which depend neither on where they stand nor on the reader's
language. A formula is written once, with ROW where the number of its row will stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from sabai.definitions.model import Deduction
from sabai.report.workbook.layout import ACCOUNT, ROW, SCORE, WEIGHT_ROW, Layout, cell

NOISE = "0.000000001"  # as in the score itself: a sum that misses by less says nothing
EMPTY = '""'
_OPS = {"==": "=", "!=": "<>"}


def points(value: str, curve: int) -> str:
    """Straight lines between the knots of a curve, flat beyond both ends; "" where the value is unknown."""
    xs, ys = f"value_{curve}", f"points_{curve}"
    at = f"MATCH({value},{xs},1)"
    rise = f"(INDEX({ys},{at}+1)-INDEX({ys},{at}))/(INDEX({xs},{at}+1)-INDEX({xs},{at}))"
    between = f"INDEX({ys},{at})+({value}-INDEX({xs},{at}))*{rise}"
    after = f"IF({value}>=INDEX({xs},ROWS({xs})),INDEX({ys},ROWS({xs})),{between})"
    return f'=IF(ISNUMBER({value}),IF({value}<=INDEX({xs},1),INDEX({ys},1),{after}),"")'


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas of a row of the sheet of scores."""

    layout: Layout

    def points(self, factor: str, curve: int) -> str:
        return points(cell(ROW, self.layout.value(factor)), curve)

    def coverage(self) -> str:
        """The share of weight that is known; onboarding counts as known."""
        share = f"IF(SUM(sabai_weights)=0,0,{self._weight_known()}/SUM(sabai_weights))"
        return f'=IF({cell(ROW, ACCOUNT)}="","",{self._unless_young("1", share)})'

    def known_weight(self) -> str:
        known = self._weight_known()
        enough = f"AND({known}>0,{known}/SUM(sabai_weights)+{NOISE}>=sabai_needs_coverage)"
        grown = f"IF(SUM(sabai_weights)=0,{EMPTY},IF({enough},{known},{EMPTY}))"
        return f"={self._unless_young(EMPTY, grown)}"

    def contribution(self, factor: str) -> str:
        of, weight = cell(ROW, self.layout.points(factor)), self._weight(factor)
        known_weight = cell(ROW, self.layout.known_weight)
        return f'=IF(AND(ISNUMBER({of}),ISNUMBER({known_weight})),{weight}*{of}/{known_weight},"")'

    def asked(self) -> str:
        known_weight = cell(ROW, self.layout.known_weight)
        together = "+".join(self._asked_by(deduction) for deduction in self.layout.health.deductions)
        return f'=IF(ISNUMBER({known_weight}),{together or "0"},"")'

    def deduction(self, deduction: Deduction) -> str:
        asked = cell(ROW, self.layout.asked)
        kept = f"IF({asked}>sabai_deduction_cap,sabai_deduction_cap/{asked},1)"
        return f'=IF(ISNUMBER({asked}),0-{self._asked_by(deduction)}*{kept},"")'

    def score(self) -> str:
        added = self.layout.added_range(ROW)
        return f'=IF({self._is_scored()},MAX(0,MIN(100,SUM({added}))),"")'

    def floor(self) -> str:
        score, added = cell(ROW, SCORE), f"SUM({self.layout.added_range(ROW)})"
        return f'=IF(ISNUMBER({score}),IF(ABS({score}-{added})<={NOISE},"",{score}-{added}),"")'

    def band(self) -> str:
        score = cell(ROW, SCORE)
        below = f"IF(ROUND({score},9)>=ROUND(sabai_at_risk_from,9),band_at_risk,band_unhealthy)"
        known = f"IF(ROUND({score},9)>=ROUND(sabai_healthy_from,9),band_healthy,{below})"
        all_known = f"COUNT({score},sabai_healthy_from,sabai_at_risk_from)=3"
        return f'=IF({cell(ROW, ACCOUNT)}="","",IF({all_known},{known},band_unknown))'

    def _is_scored(self) -> str:
        milestones = self.layout.milestone_range(ROW)
        by_factors = f"ISNUMBER({cell(ROW, self.layout.known_weight)})"
        return f"OR({by_factors},COUNT({milestones})>0)" if milestones else by_factors

    def _unless_young(self, young: str, grown: str) -> str:
        milestones = self.layout.milestone_range(ROW)
        return f"IF(COUNT({milestones})>0,{young},{grown})" if milestones else grown

    def _weight_known(self) -> str:
        """The weights stand above the points, in the same columns."""
        weights = self.layout.points_range(WEIGHT_ROW, row_fixed=True)
        return f"SUMPRODUCT(ISNUMBER({self.layout.points_range(ROW)})*{weights})"

    def _weight(self, factor: str) -> str:
        return cell(WEIGHT_ROW, self.layout.points(factor), row_fixed=True)

    def _asked_by(self, deduction: Deduction) -> str:
        number = self.layout.deduction_names.index(deduction.name) + 1
        metric = cell(ROW, self.layout.value(deduction.when.metric))
        op = _OPS.get(deduction.when.op, deduction.when.op)
        holds = f"{metric}{op}INDEX(sabai_deduction_thresholds,{number})"
        return f"IF(ISNUMBER({metric}),IF({holds},INDEX(sabai_deduction_points,{number}),0),0)"
