"""The reader's language: her words, her direction of reading, and her way of writing numbers, money and dates."""
