"""Sabai: an open customer success platform whose health score explains and proves itself."""

__version__ = "0.1.0"
