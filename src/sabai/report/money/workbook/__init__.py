"""The money side as XLSX sheets, in which each figure is a formula over the numbers that it was made of."""
