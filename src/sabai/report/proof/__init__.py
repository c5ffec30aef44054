"""How a proof is told: one sentence first, then pictures, then every number."""
