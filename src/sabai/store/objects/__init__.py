"""A store in an object store: what lies there is the truth, and a folder of this computer its working copy."""
