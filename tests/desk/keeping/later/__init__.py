"""An app that a later version brings: its migrations make a table, fill it, and make it anew."""
