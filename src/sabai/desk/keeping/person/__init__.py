"""One customer or one person: all that is known of them, together or gone."""
