"""How long customers stay, whom they leave sooner than others, and how sure one may be of it."""
