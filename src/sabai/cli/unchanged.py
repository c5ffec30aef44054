"""What was asked before, of files that are as they were, is answered as it was, and the results of it stand.

Nothing heavy is imported here: whoever asks again waits a moment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click

from sabai import __file__ as package
from sabai import __version__
from sabai.cli.answer import Answer
from sabai.cli.place import Place
from sabai.cli.when import now
from sabai.errors import Issue
from sabai.facts.files import present
from sabai.store.aside import aside

SABAI = Path(package).parent
OVERRIDES = "overrides.csv"
RUN = ("scores.csv", "rejects.csv", "report.html", "scores.xlsx", "facts/manifest.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """`verb` is asked for `results` in `out`; `print_` is a hash of all that its answer depends on."""

    verb: str
    out: Path
    results: Sequence[str]
    print_: str

    def answered(self, computed: Callable[[], Answer], *, again: bool = False) -> Answer:
        """What was answered before, where the results of it are untouched since; else what is `computed` now."""
        if not again and (given := self._given()):
            return given
        answer = computed()
        if not answer.exit_code:
            self._keep(answer)
        return answer

    def _given(self) -> Answer | None:
        try:
            told = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if told["print"] != self.print_ or told["results"] != self._results():
            return None
        text = told["text"]
        if self.results:
            text = f"Nothing has changed since {told['at']}; results stand in {self.out}.\n{text}"
        return Answer(told["data"], text, [Issue(**issue) for issue in told["issues"]])

    def _keep(self, answer: Answer) -> None:
        data = json.loads(answer.as_json())
        issues = data.pop("issues")
        told = {"data": data, "issues": issues, "text": answer.text, "at": f"{now():%Y-%m-%d %H:%M} UTC"}
        told |= {"print": self.print_, "results": self._results()}
        with aside(self._file) as unfinished:
            unfinished.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    @property
    def _file(self) -> Path:
        return self.out / "standing" / f"{self.verb}.json"

    def _results(self) -> list[list[str | int]]:
        """What stands of them, as JSON gives it back; of the snapshots the newest version."""
        files = [path for name in self.results if (path := self.out / name).is_file()]
        newest = sorted(self.out.glob("snapshots/_delta_log/*.json"))[-1:] if self.results is RUN else []
        return [list(each) for each in _seen(self.out, [*files, *newest])]


def asked(here: Place, results: Sequence[str] = ()) -> Asked:
    """The verb and the options that it was called with, of files as they are here.

    Files of exports count by name, size and time, as when they land; definitions and overrides by each byte.
    """
    context = click.get_current_context()
    options = {name: str(value) for name, value in context.params.items() if name not in ("as_json", "again")}
    beside = here.definitions_file.with_name(OVERRIDES)
    meant = [_bytes(file) for file in (here.definitions_file, beside)]
    code = _seen(SABAI, sorted(SABAI.rglob("*.py")))
    told = [str(here.out), options, meant, list(_data(here.data)), list(code)]
    verb = str(context.info_name)
    return Asked(verb, here.out, results, sha256(json.dumps([verb, __version__, *told]).encode()).hexdigest())


def _data(data: Path) -> Iterator[tuple[str, int, int]]:
    """The files of exports; of a store every landing, and whatever else changed it, by the names in its log."""
    if (data / "store.json").is_file():
        log = sorted(data.glob("landings/kind=*/*"))
        yield from _seen(data, [path for path in log if path.parent.name != "kind=scored"])
    elif data.exists():
        yield from ((file.name, *_size_and_time(file.path)) for file in present(data) if file.path.is_file())


def _seen(folder: Path, paths: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    return ((path.relative_to(folder).as_posix(), *_size_and_time(path)) for path in paths)


def _size_and_time(path: Path) -> tuple[int, int]:
    known = path.stat()
    return known.st_size, known.st_mtime_ns


def _bytes(file: Path) -> str | None:
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else None
