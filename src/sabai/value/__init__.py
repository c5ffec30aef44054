"""Customer lifetime value: what is still to come, by contract or purchase by purchase, and how sure that is."""
