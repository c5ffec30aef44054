"""What the desk shows of a run: rows of numbers and names, told from scores and facts. Only jobs come in here."""
