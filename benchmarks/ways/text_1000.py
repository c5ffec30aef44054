"""Language and sentiment of 1,000 comments in four languages; seconds of one core, with the encoder loaded."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path

from benchmarks.made.comments import comments
from benchmarks.work import Answer, Work
from sabai.text.language import languages
from sabai.text.sentiment import Sentiment

COMMENTS, SEED = 1_000, 7
_seeds = count(SEED)  # other comments each time: those read lately are known again


def run(work: Work, out: Path) -> Answer:
    asked = comments(COMMENTS, next(_seeds))
    length = sum(map(len, asked)) // COMMENTS
    begun = time.process_time()
    languages(asked)
    Sentiment.shipped().judged(asked)
    return Answer(COMMENTS, seconds=time.process_time() - begun, note=f"seconds of CPU, {length} characters a comment")
