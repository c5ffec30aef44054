"""How facts come in: from the company's own systems by write keys, and from people by files."""
