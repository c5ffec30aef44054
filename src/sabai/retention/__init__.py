"""Who stays, and what the money does: customer retention, revenue retention, cohorts, survival."""
