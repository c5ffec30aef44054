"""A damaged file of the store names itself, is set aside when asked, and what it held comes back with the exports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sabai.errors import SabaiError
from sabai.facts.stored.damage import naming_damage
from sabai.facts.stored.erase import erase
from sabai.facts.stored.mend import FOLDER, mend
from sabai.facts.stored.suppressed import Name
from tests.facts.stored.bench import BEGIN, Growing, assert_same_numbers, meaning, source_of
from tests.facts.stored.test_faults import events

DEFINITIONS = meaning(source_of("events"), source_of("tickets"))


def holed(path: Path) -> None:
    """As long as before, and not to be read: only reading it through finds that."""
    content = bytearray(path.read_bytes())
    content[4 : len(content) // 2] = b"\0" * (len(content) // 2 - 4)
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.parametrize("harm", [holed, cut, Path.unlink])
def test_what_a_damaged_file_held_comes_back_with_the_exports(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    store, other = Growing(tmp_path, DEFINITIONS), Growing(tmp_path / "other", DEFINITIONS)
    data = store.exports(events(0, 200))
    store.again(data)
    store.land(events(500))
    victim = max((store.store / "facts" / "events").glob("bucket=*/*.parquet"), key=lambda path: path.stat().st_size)
    held = store.facts.scan("events").collect().height
    harm(victim)
    with pytest.raises(SabaiError, match=victim.name), naming_damage(store.store):
        store.facts.scan("events").collect()
    assert mend(store.store, BEGIN) == (victim.relative_to(store.store / "facts" / "events").as_posix(),)
    assert mend(store.store, BEGIN) == ()
    left = store.facts.scan("events").collect().height
    assert 0 < left < held
    (said,) = store.facts.issues
    assert (said.code, Path(said.where).name) == ("STO-005", "events")
    again = store.again(data)
    assert sum(tally.facts for tally in again.tallies) == held - left
    assert all(tally.holds for tally in again.tallies)
    other.again(data)
    other.land(events(500))
    assert_same_numbers(store.facts, other.facts, DEFINITIONS)


def test_nothing_of_it_stays_when_somebody_is_erased(tmp_path: Path) -> None:
    store = Growing(tmp_path, DEFINITIONS)
    data = store.exports(events(0, 200))
    store.again(data)
    for victim in (store.store / "facts" / "events").glob("bucket=*/*.parquet"):
        holed(victim)
    mend(store.store, BEGIN)
    aside = [path for path in (store.store / FOLDER).rglob("*") if path.is_file()]
    assert any(path.stat().st_size for path in aside)
    erase(store.store, Name("account", "a1"), BEGIN)
    assert not any(path.stat().st_size for path in aside)
    assert [issue.code for issue in store.facts.issues] == ["STO-005"]


def test_a_sound_store_is_left_alone_and_no_store_is_none(tmp_path: Path) -> None:
    store = Growing(tmp_path, DEFINITIONS)
    assert mend(store.store, BEGIN) == ()
    assert not store.store.exists()
    store.land(events(0))
    assert mend(store.store, BEGIN) == ()
    assert not (store.store / FOLDER).exists()
