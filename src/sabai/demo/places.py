"""Where customers of the made company live: language, country, money and clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Place:
    """`rate` is what one unit of the currency is worth in baht; `hours` is how far its clock is ahead of UTC."""

    country: str
    language: str
    currency: str
    exponent: int
    rate: float
    hours: int
    time_zone: str
    share: float

    @property
    def clock(self) -> timedelta:
        return timedelta(hours=self.hours)


PLACES = (
    Place("TH", "th", "THB", 2, 1.0, 7, "Asia/Bangkok", 0.42),
    Place("JP", "ja", "JPY", 0, 0.228, 9, "Asia/Tokyo", 0.22),
    Place("AE", "ar", "AED", 2, 9.25, 4, "Asia/Dubai", 0.08),
    Place("SA", "ar", "SAR", 2, 9.05, 3, "Asia/Riyadh", 0.07),
    Place("KW", "ar", "KWD", 3, 110.5, 3, "Asia/Kuwait", 0.04),
    Place("SG", "en", "SGD", 2, 25.6, 8, "Asia/Singapore", 0.07),
    Place("GB", "en", "GBP", 2, 44.1, 0, "Europe/London", 0.05),
    Place("US", "en", "USD", 2, 34.0, -5, "America/New_York", 0.05),
)
