"""How much is measured. Like all that the parent process reads, this imports nothing heavy: `timed` says why."""

from __future__ import annotations

from dataclasses import dataclass

SABAI = ("scan", "event_metrics", "whole_job")
AGAINST = {
    "increment_day": "full_run",
    "store_metrics": "store_metrics",
    "prove_bootstrap": "prove_bootstrap",
    "calibrate": "calibrate",
    "sklearn_auc": "prove_bootstrap",
    "intake_bare": "intake_bare",
    "intake": "intake_bare",
    "intake_half": "intake_bare",
    "live": "live",
    **dict.fromkeys(("desk_bare", "desk_morning", "desk_list", "desk_account"), "desk_bare"),
    "plan_100k": "plan_100k",
    "send_bare": "send_bare",
    "send_1k": "send_bare",
    "mrr_1m": "mrr_1m",
    "mrr_sql": "mrr_1m",
    "cohorts_sql": "cohorts",
    "feedback_1m": "feedback_1m",
    "feedback_sql": "feedback_1m",
    "bgnbd_100k": "bgnbd_100k",
    "pareto_nbd_100k": "pareto_nbd_100k",
    "gamma_gamma_100k": "gamma_gamma_100k",
    "lifetimes_bgnbd": "bgnbd_100k",
    "lifetimes_pareto_nbd": "pareto_nbd_100k",
    "lifetimes_gamma_gamma": "gamma_gamma_100k",
    "text_1000": "text_1000",
    "text_start": "text_1000",
    "sklearn_text": "text_1000",
    **dict.fromkeys(("duckdb_sql", "polars", "pandas", "postgres"), "event_metrics"),
    **dict.fromkeys(("spark_one_worker", "spark_two_workers", "spark_shuffled"), "store_metrics"),
}
"""What a way is compared with; all others with the scan."""
PEERS = ("duckdb_sql", "polars", "pandas", "postgres")
COHORTS = ("cohorts", "cohorts_sql")
GROWING = ("scan", "land_parquet", "land_csv", "land_onto_keys", "full_run", "increment_day",
           "store_metrics", "spark_one_worker", "spark_two_workers", "spark_shuffled")  # fmt: skip
PROOF = ("prove_bootstrap", "calibrate", "sklearn_auc")
VALUE = ("bgnbd_100k", "lifetimes_bgnbd", "pareto_nbd_100k", "lifetimes_pareto_nbd",
         "gamma_gamma_100k", "lifetimes_gamma_gamma")  # fmt: skip
INTAKE = ("intake_bare", "intake", "intake_half")
LIVE = ("live",)
DESK = ("desk_bare", "desk_morning", "desk_list", "desk_account")
ASKING = ("plan_100k", "send_bare", "send_1k")
TEXT = ("text_1000", "text_start", "sklearn_text")
REVENUE = ("mrr_1m", "mrr_sql")
FEEDBACK = ("feedback_1m", "feedback_sql")
MONTHS = 12
"""How many months of the past each account has where there are no events: only proof is measured there."""


@dataclass(frozen=True, slots=True)
class Size:
    """`kept`: its figures go into results.json and RESULTS.md; the others are for trying things out."""

    name: str
    events: int
    accounts: int
    runs: int
    ways: tuple[str, ...] = SABAI + PEERS + COHORTS
    kept: bool = False
    about: str = ""

    @property
    def title(self) -> str:
        if self.about:
            return self.about
        many = f"{self.events:,} events" if self.events else f"{self.accounts * MONTHS:,} account-months"
        return f"{many}, {self.accounts:,} accounts"

    def measure(self, way: str) -> str:
        """What the figure of a way is called; of proof there is but one size."""
        return f"{way}_{self.name}" if self.events else way


SIZES = {
    size.name: size
    for size in (
        Size("small", 100_000, 100, runs=1),
        Size("1m", 1_000_000, 1_000, runs=3),
        Size("10m", 10_000_000, 10_000, runs=5, kept=True),
        Size("2m", 2_000_000, 2_000, runs=3, ways=GROWING, kept=True),
        Size("prove", 0, 8_334, runs=3, ways=PROOF, kept=True),
        Size("value", 0, 100_000, runs=3, ways=VALUE, kept=True, about="100,000 customers without a contract"),
        Size("revenue", 0, 200_000, runs=3, ways=REVENUE, kept=True, about="1,000,000 subscriptions over 60 months"),
        Size("feedback", 0, 50_000, runs=1, ways=FEEDBACK, kept=True, about="1,000,000 answers of 50,000 customers"),
        Size("text", 0, 0, runs=3, ways=TEXT, kept=True, about="1,000 comments in four languages"),
        Size("intake", 0, 0, runs=1, ways=INTAKE, kept=True, about="Batches of 500 events, acknowledged on the disk"),
        Size("live", 0, 0, runs=1, ways=LIVE, kept=True, about="From an event to the live score that has heard of it"),
        Size("desk", 0, 0, runs=1, ways=DESK, kept=True, about="Pages of a desk with 10,000 customers"),
        Size("asking", 0, 0, runs=1, ways=ASKING, kept=True, about="Asking customers"),
        Size("100m", 100_000_000, 100_000, runs=3, ways=SABAI + COHORTS, kept=True),
    )
}
"""At 100 million the peers of metrics are left out: the best SQL wants more memory than a laptop has."""
ONCE = ("postgres",)
"""Ways that take minutes and are scaled anyway are run once, after the run that warms."""
