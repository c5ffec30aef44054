"""Every key of every section, said once: rules of shape, JSON Schema and reference page are made from it."""
