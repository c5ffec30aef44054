"""One file a verb: what it takes, what it asks the library, what it says."""
