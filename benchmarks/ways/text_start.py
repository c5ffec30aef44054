"""From nothing to the first judged comment, in a process that has just begun."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.work import Answer, Work

FIRST = "from sabai.text.sentiment import Sentiment; Sentiment.shipped().judged(['good'])"


def run(work: Work, out: Path) -> Answer:
    before = os.times().children_user
    subprocess.run([sys.executable, "-c", FIRST], check=True)
    return Answer(1, note=f"{os.times().children_user - before:.1f} s of CPU")
