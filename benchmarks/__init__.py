"""How fast Sabai is beside a bare scan, SQL, Polars and pandas on the same made facts; see README.md."""
