"""Foreign files in, fact tables out: finds, reads, maps, checks, resolves and writes; nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.facts import files, manifest
from sabai.facts.collected import collected
from sabai.facts.files import Found
from sabai.facts.folder import Folder
from sabai.facts.incoming import inbox
from sabai.facts.landed import Facts
from sabai.facts.landing import Landed, Landing
from sabai.facts.strays import without_strays
from sabai.facts.write import aside_of
from sabai.progress import Progress, quiet


def land(
    definitions: Definitions, data: Path, folder: Path, *, progress: Progress = quiet, strict: bool = False
) -> Facts:
    """Lands the files of `data` (a folder or one file) as fact tables in `folder`; at once where nothing has changed.

    Raises FactsError if data cannot be read at all, if the disk is full, or (strict) at the first row set aside.

        facts = land(definitions, Path("exports"), Path(".sabai/facts"))
        assert all(tally.holds for tally in facts.tallies)
    """
    found, issues = files.find(data, definitions.sources)
    joined = {join.file: files.one(data, join.file) for source in definitions.sources.values() for join in source.joins}
    print_ = manifest.fingerprint(definitions, [*joined.values(), *(file for each in found.values() for file in each)])
    unchanged = manifest.read(folder, print_)
    if unchanged is not None and not strict:
        return unchanged
    with aside_of(folder) as making:
        landed = _landed(definitions, found, joined, making, progress, strict)
        at_hand = {name for name, files_of in found.items() if files_of}
        days = collected(landed.first_days, definitions.sources, at_hand)
        landed.rejects.write_parquet(making / "rejects.parquet")
        facts = Facts(making, (), landed.tallies, days, tuple(issues))
        manifest.write(without_strays(facts, definitions.sources), print_)
    there = manifest.read(folder, print_)
    assert there is not None
    return there


def _landed(
    definitions: Definitions, found: dict[str, list[Found]], joined: dict[str, Found], making: Path,
    progress: Progress, strict: bool,
) -> Landed:  # fmt: skip
    shelves = Folder(making)
    with inbox(definitions, found, joined, making) as box:
        landed = Landing(definitions, box, shelves, progress=progress, strict=strict).run()
    shelves.write_dues(definitions.workspace.time_zone)
    return landed
