"""What a company says about itself: read, validate (file:line), JSON Schema, starter."""
