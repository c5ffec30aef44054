"""Leak alarms: what would make a proof look better than it is, one file for each; `all.alarms` runs them in order."""
