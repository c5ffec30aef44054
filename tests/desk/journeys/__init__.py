"""Ten journeys through the desk, in a real browser, as a person goes them."""
