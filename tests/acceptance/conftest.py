"""A folder with exports, and somebody who calls sabai in it. Every call is held to what no command may ever do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.calling import Said, called

DEFINITIONS = """\
sabai: 1
workspace: { name: Baan Coffee Cloud, time_zone: Asia/Bangkok, currency: THB }
sources:
  crm: { files: customers.csv, table: accounts, columns: { account_id: id, name: company, started_on: since } }
  app: { files: usage.csv, table: events, columns: { account_id: customer, name: action, occurred_at: at } }
metrics:
  logins: { count: events, where: { name: login }, window: 28d }
  last_seen: { days_since: events }
health:
  bands: { cut: { healthy: 70, at_risk: 40 } }
  dimensions:
    usage:
      logins: { weight: 60, curve: { 0: 0, 20: 100 } }
      last_seen: { weight: 40, curve: { 0: 100, 30: 0 } }
"""
CUSTOMERS = "id,company,since\nC1,Baan Kafe,2024-01-01\nC2,Suan Dok,2024-01-01\n"
HEADER = "customer,action,at\n"
USAGE = f"{HEADER}C2,login,2025-04-14\n" + "".join(f"C1,login,2025-05-{day}T09:00:00\n" for day in range(10, 23))
OUTPUTS = ("scores.csv", "snapshots", "rejects.csv", "scores.xlsx", "report.html")


class Folder:
    """Files of a person, and sabai called beside them."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        self.file("sabai.yaml", DEFINITIONS)
        self.file("customers.csv", CUSTOMERS)
        self.file("usage.csv", USAGE)

    def file(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def mean(self, *changes: tuple[str, str]) -> None:
        """Writes the definitions with parts of the text exchanged."""
        text = DEFINITIONS
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.file("sabai.yaml", text)

    def read(self, name: str) -> str:
        return (self.root / "sabai-out" / name).read_text(encoding="utf-8")

    def say(self, *words: str) -> Said:
        said = called(self._capsys, *words)
        never(said, self.root)
        if "--json" in words:
            assert isinstance(said.json["issues"], list)
        return said


def never(said: Said, root: Path) -> None:
    """A traceback, a fault of ours, an error without a sentence, a file half written."""
    assert "Traceback" not in said.out + said.err
    assert said.code in (0, 1, 2), [log.read_text() for log in root.glob("sabai-fault.log")] or said.err
    assert said.code == 0 or said.out or said.err
    assert not leftovers(root)


def leftovers(root: Path) -> list[str]:
    """What an unfinished command would leave: hidden files and folders, and the details of a fault."""
    return [
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if (path.name.startswith(".") and path.suffix != ".crc") or path.name == "sabai-fault.log"
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path, capsys)
