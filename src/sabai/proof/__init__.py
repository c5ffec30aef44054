"""Proof: were we right? Weights from outcomes, the past replayed with only what was known then, alarms for leaks."""
