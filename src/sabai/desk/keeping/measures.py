"""What the desk counts of itself, for Prometheus. Names of pages, never of people or customers."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0)

REQUESTS = Counter("sabai_requests_total", "Requests answered.", ("page", "method", "status"))
TOOK = Histogram("sabai_request_seconds", "Seconds until a request was answered.", ("page",), buckets=SECONDS)
JOBS = Counter("sabai_jobs_total", "Jobs done.", ("job", "outcome"))
EVENTS = Counter("sabai_intake_events_total", "Facts that were acknowledged.", ("fate",))
