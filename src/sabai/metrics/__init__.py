"""From facts to one number per account per as-of date: measures, windows, the grid."""
