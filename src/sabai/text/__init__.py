"""Words become facts: which language a comment is in, how it feels, and what it speaks of.

Everything runs on this computer; what people wrote never leaves it.
"""
