"""What a million answers come to: NPS by quarter and by group, each with the interval of 1,000 draws of accounts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.given import definitions
from benchmarks.made.answers import ANSWERS, made_answers
from benchmarks.work import Answer, Work
from sabai.feedback.feedback import Feedback, voiced
from sabai.feedback.numbers.cells import same_draws
from sabai.feedback.words.reading import Read
from sabai.retention.span import Span


def run(work: Work, out: Path) -> Answer:
    made_answers()
    same_draws.cache_clear()
    begun = time.process_time()
    heard.__wrapped__()
    return Answer(ANSWERS, seconds=time.process_time() - begun, note="seconds of CPU")


@cache
def heard() -> Feedback:
    return voiced(made_answers(), definitions(), Span(every="quarter"), None, unread)


def unread(texts: Sequence[str]) -> Read:
    """There is nothing to read."""
    assert not texts
    return Read((), np.empty(0, np.uint8), np.empty(0, np.bool_), (), np.empty(0), {})
