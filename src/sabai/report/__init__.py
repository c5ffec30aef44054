"""Scores for people to look at: one HTML file that opens anywhere, its charts, and a workbook that recalculates."""
