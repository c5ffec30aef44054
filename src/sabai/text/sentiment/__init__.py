"""How a comment feels: the chances of negative, neutral and positive, and whether we are sure."""

from sabai.text.sentiment.judged import Judged, Sentiment
from sabai.text.sentiment.own import Own, Pair

__all__ = ["Judged", "Own", "Pair", "Sentiment"]
