"""The fact tables: their columns, contracts, identities, readers, and what was set aside."""
