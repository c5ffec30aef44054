"""Answers that programs bring."""
