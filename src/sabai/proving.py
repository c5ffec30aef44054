"""The path looked back upon: facts → scores of the past → were we right?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from sabai.dates import from_day
from sabai.definitions.lines import text_of
from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.health.scores import Scores
from sabai.language.language import speak
from sabai.pipeline import Request, walk
from sabai.preview.pairs import lands_alike
from sabai.preview.preview import Preview, preview
from sabai.proof.actions import Action, actions
from sabai.proof.alarms.all import alarms
from sabai.proof.calibration import Calibration
from sabai.proof.learners import can_learn, learned_from
from sabai.proof.prove import SEED, prove
from sabai.proof.replay import Question, Replay, replayed
from sabai.proof.reweighted import difference, reweighted
from sabai.proof.stability import stability
from sabai.proof.table import write_past
from sabai.proof.told import told
from sabai.report.picture import write_each
from sabai.report.proof.files import write_pictures
from sabai.report.proof.flow import migration
from sabai.report.proof.page import write_proof_page
from sabai.report.proof.sentence import sentence
from sabai.report.proof.told import ProofTold
from sabai.store.aside import aside


def look_back(request: Request, question: Question) -> Replay:
    """The past, scored with only what was known then, and what became of each customer: what a proof is made of.

    Raises FactsError where the data cannot be read, or holds no past.
    """

    def scored(definitions: Definitions, facts: Facts, asked: Sequence[int]) -> Iterable[Scores]:
        return walk(definitions, facts, asked, request.progress, request.each_run)[0]

    return replayed(question, request.definitions, request.facts(), request.as_of, scored)


def proven(request: Request, question: Question, draws: int) -> ProofTold:
    """The proof, the weights that the past supports, every leak alarm, and whether accounts flap.

    Raises FactsError PRF-002 or PRF-003 where nothing can be judged at all.
    """
    replay = look_back(request, question)
    request.progress("proving", 0, 3)
    weights = learned_from(replay, draws, SEED) if can_learn(replay) else None
    request.progress("proving", 1, 3)
    proof = prove(replay, draws, SEED, weights)
    request.progress("proving", 2, 3)
    checked = alarms(replay, request.each_run, SEED)
    request.progress("proving", 3, 3)
    return ProofTold(proof, weights, checked, stability(replay))


def as_data(found: ProofTold) -> dict[str, object]:
    """For programs, in English."""
    stable = asdict(found.stability) if found.stability else None
    return {**told(found.proof, found.alarms, sentence(found.proof, speak("en"))), "stability": stable}


@dataclass(frozen=True, slots=True)
class Calibrated:
    """`hand` are the weights in use, `text` the definitions with the learned ones in their place."""

    replay: Replay
    calibration: Calibration
    actions: tuple[Action, ...]
    hand: dict[str, float]
    text: str

    def difference(self, definitions: Path, name: str) -> str:
        """A unified diff from `definitions` to the new text, which would be kept as `name`."""
        return difference(definitions, self.text, name)

    def write(self, path: Path) -> None:
        with aside(path) as unfinished:
            unfinished.write_text(self.text, encoding="utf-8")


def calibrated(request: Request, question: Question, definitions: Path, draws: int) -> Calibrated:
    """Weights learned from the past, compared on what they never saw. `definitions` is the file they would go into.

    Raises FactsError PRF-021, PRF-022 or PRF-024 where there is nothing to learn from.
    """
    replay = look_back(request, question)
    request.progress("learning", 0, 2)
    found = learned_from(replay, draws, SEED)
    request.progress("learning", 1, 2)
    did = actions(replay.past, replay.label, replay.horizon_days, SEED)
    request.progress("learning", 2, 2)
    hand = {factor.name: factor.weight for factor in request.definitions.health.factors}
    supported = any(found.learned.whole.values())
    text = reweighted(definitions, found.learned.whole) if supported else text_of(definitions)
    return Calibrated(replay, found, did, hand, text)


def previewed(request: Request, other: Definitions, question: Question) -> Preview:
    """What the definitions `other` would do to the accounts of `request`, both asked the same of the same past."""
    before = look_back(request, question)
    same = replace(question, label=before.label, split=None if before.split is None else from_day(before.split))
    out = request.out if lands_alike(request.definitions, other) else request.out / "other"
    after = look_back(replace(request, definitions=other, out=out), same)
    return preview(before, after)


def draw(found: Preview, currency: str, folder: Path, lang: str) -> Path | None:
    """Who would change the band, as a flow: migration.svg in `folder`; None where nobody stands in both."""
    picture = migration(found.migration, currency, speak(lang))
    return write_each([picture], folder, lang)[0] if picture else None


def write(found: ProofTold, folder: Path, computed_at: datetime, lang: str) -> Path:
    """To `folder`: proof.html, pictures as SVG, and `past`, the table of the past as an open Delta table. Returns the
    page."""
    replay = found.proof.replay
    write_past(replay, folder / "past", replay.definitions.version, computed_at)
    write_pictures(found, folder / "pictures", lang)
    return write_proof_page(found, folder / ("proof.html" if lang == "en" else f"proof.{lang}.html"), lang)
