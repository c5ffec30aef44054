"""Stories of customers as the scorer leaves them, rich ones, in four scripts."""

from __future__ import annotations

from datetime import date

from sabai.dates import to_day
from sabai.desk.scoring.story import (
    Contract,
    Goal,
    Happening,
    Line,
    Missing,
    Move,
    Owed,
    Part,
    Person,
    Story,
)  # fmt: skip

AS_OF = to_day(date(2026, 6, 29))

NAMES = {
    "latin": ("Nordlicht Rösterei", "Jörg Müller", "Zweite Filiale eröffnen"),
    "thai": ("ร้านกาแฟดอยช้าง", "สมศรี ใจดี", "ลดเวลานับสต็อกลงครึ่งหนึ่ง"),
    "arabic": ("مقهى الياسمين", "ليلى حداد", "فتح الفرع الثاني قبل الصيف"),
    "japanese": ("株式会社さくら珈琲", "高橋 美咲", "棚卸しの時間を半分にする"),
}


def rich(script: str = "latin", happenings: int = 200, hostile: str = "") -> Story:
    """Everything that a story can tell; `hostile` is put into every text that comes from outside."""
    _, who, goal = NAMES[script]
    return Story(
        as_of=AS_OF,
        days=tuple(range(AS_OF - 364, AS_OF + 1, 7)),
        scores=tuple(None if week == 20 else 70 + 12 * ((week * 7) % 5 - 2) / 2 - week / 4 for week in range(53)),
        cut=(70.0, 45.0),
        why="held",
        raw_band="at_risk",
        hold_points=3.0,
        hold_days=14,
        lines=tuple(lines(hostile)),
        missing=(
            Missing(f"csat{hostile}", "sentiment", 4.0),
            Missing(f"invoice_delay{hostile}", "payment", 2.0),
        ),
        week=Move(AS_OF - 7, -3.4, _parts((-4.1, 1.2, -0.5), hostile)),
        quarter=Move(AS_OF - 91, 2.35, _parts((6.2, -3.1, 1.4, -1.0, -0.8, 0.5, -0.45, -0.4), hostile)),
        people=(
            Person("C-1", f"{who}{hostile}", f"hello{hostile}@example.com", f"Director{hostile}", True, AS_OF - 3),
            Person("C-2", f"Max{hostile}", "", "Barista", False, AS_OF - 74, True),
            Person(f"C-3{hostile}", "", "", "", False, None, True),
        ),
        contracts=(
            Contract(f"Point of sale{hostile}", AS_OF - 500, AS_OF + 42, None, 1_250_000, 24, f"active{hostile}"),
            Contract("Loyalty", AS_OF - 300, None, AS_OF - 20, 200_000, None, "cancelled"),
        ),
        owed=(
            Owed(f"INV-2031{hostile}", AS_OF - 33, 1_250_000, 33, False, AS_OF + 4),
            Owed("INV-2044", AS_OF + 10, 200_000, 0, True),
        ),
        goals=(
            Goal("goal", f"{goal}{hostile}", AS_OF - 200, AS_OF - 20, AS_OF - 31),
            Goal("promise at sale", f"Tills within two weeks{hostile}", AS_OF - 480, AS_OF - 466, AS_OF - 440),
            Goal("response-time promise", "First reply within four hours", AS_OF - 90, AS_OF - 2, None),
            Goal(f"wish{hostile}", "Waste under 3%", AS_OF - 30, AS_OF + 60, None),
        ),
        happenings=tuple(_happening(number, script, hostile) for number in range(happenings)),
        events=((f"sale{hostile}", 412), ("login", 96)),
        stages=("trial", "onboarding", f"adoption{hostile}", "renewal"),
    )


def lines(hostile: str = "") -> list[Line]:
    """An addition with a factor of every unit, a deduction and the floor: its contributions sum to 61.3."""
    told = (
        ("factor", "login_days", 22.4, "usage", 14.0, "", 56.0, 40.0, 2),
        ("factor", "feature_breadth", 9.0, "usage", 6.0, "", 60.0, 15.0, 2),
        ("factor", "last_contact", 8.4, "engagement", 12.0, "days", 84.0, 10.0, 12),
        ("factor", f"first_reply{hostile}", 6.5, "support", 3.5, "hours", 65.0, 10.0, 1),
        ("factor", "nps", 12.0, "sentiment", 8.0, "", 80.0, 15.0, 61),
        ("factor", "revenue_change", 9.0, "return", 0.12, "change", 90.0, 10.0, 29),
        ("deduction", f"open_escalation{hostile}", -6.0, "", None, "", None, 0.0, None),
    )
    made: list[Line] = []
    at = 0.0
    for kind, name, contribution, dimension, value, unit, points, weight, age in told:
        trend = tuple(None if week == 4 else (points or 0) - 12 + 2 * week for week in range(13)) if points else ()
        fresh = None if age is None else AS_OF - age
        made.append(Line(kind, name, contribution, at, dimension, value, unit, points, weight, trend, fresh))
        at += contribution
    return made


def _parts(points: tuple[float, ...], hostile: str) -> tuple[Part, ...]:
    names = (
        "login_days",
        "nps",
        f"first_reply{hostile}",
        "open_escalation",
        "feature_breadth",
        "last_contact",
        "use",
        "csat",
    )
    kinds = ("data", "missing", "data", "deduction", "data", "weight", "data", "definitions")
    return tuple(Part(kind, name, each) for kind, name, each in zip(kinds, names, points, strict=False))


def _happening(number: int, script: str, hostile: str) -> Happening:
    """The tables in turn, two days apart."""
    day = AS_OF - 1 - 2 * number
    who = f"{NAMES[script][1]}{hostile}"
    told = (
        ("events", {"names": [[f"sale{hostile}", 212], ["login", 48], ["report opened", 7]]}),
        ("tickets", {"severity": f"high{hostile}", "topic": f"Printer{hostile}", "resolved_day": day + 1}),
        ("dues", {"base_minor": 1_250_000, "due_day": day + 30, "settled_day": None, "days_late": None}),
        ("responses", {"kind": "nps", "score": 8, "scale_max": 10, "comment": f"ดีมาก – مريح – 良い{hostile}"}),
        ("touchpoints", {"channel": "phone", "direction": "in", "user": who, "note": f"Wants a second shop.{hostile}"}),
        ("pulses", {"rating": 4, "user": who, "note": f"Happy{hostile}"}),
        ("subscriptions", {"product": f"Loyalty{hostile}", "recurring_minor": 200_000, "ends_day": None}),
        ("advocacy", {"kind": f"case study{hostile}"}),
    )  # fmt: skip
    table, said = told[number % len(told)]
    return Happening(day, table, said)
