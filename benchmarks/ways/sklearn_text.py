"""What a notebook would do: runs of one to four characters and a logistic regression of scikit-learn.

It is taught on made comments, so only its speed says something; teaching is not counted.
"""

from __future__ import annotations

import time
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from benchmarks.made.comments import comments
from benchmarks.ways.text_1000 import COMMENTS, SEED
from benchmarks.work import Answer, Work


def run(work: Work, out: Path) -> Answer:
    taught = comments(COMMENTS, SEED + 1)
    model = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 4)), LogisticRegression(max_iter=50))
    model.fit(taught, [len(text) % 3 for text in taught])
    asked = comments(COMMENTS, SEED)
    begun = time.process_time()
    model.predict_proba(asked)
    return Answer(
        COMMENTS, seconds=time.process_time() - begun, note="seconds of CPU; no meaning, so it knows no other language"
    )
