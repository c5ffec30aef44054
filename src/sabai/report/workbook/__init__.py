"""A workbook that recalculates: change a weight or a threshold, and scores, bands and colours follow by formulas."""

from sabai.report.workbook.write import write_template, write_workbook

__all__ = ["write_template", "write_workbook"]
