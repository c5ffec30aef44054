"""From metrics to a score that a person can re-add by hand: points, contributions, bands, explanation, change."""
