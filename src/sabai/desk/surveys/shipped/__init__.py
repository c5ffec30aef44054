"""Surveys to begin with, in four languages. `{company}` becomes the name of the workspace once one is made of them."""
