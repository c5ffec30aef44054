"""From what is written to what is meant: every short form spelled out. Only for files that break no rule."""
