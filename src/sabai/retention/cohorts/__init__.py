"""Who began together, and how many of them are still there: day by day, week by week, month by month."""
