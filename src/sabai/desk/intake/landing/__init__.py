"""From stored batches to lines of fact tables."""
