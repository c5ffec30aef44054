"""A made company with a known truth, written as the exports of the tools that such a company would use."""

from sabai.demo.make import make_company

__all__ = ["make_company"]
