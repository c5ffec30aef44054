"""Runs the commands of a page on the files of the page, and writes down what they say."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

TITLED = re.compile(r"^```\w+ title=(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n\$ (sabai [^\n]*)\n.*?^```", re.MULTILINE | re.DOTALL)


def replayed(page: str, folder: Path) -> str:
    """The page with the true output below every `$ sabai ...`; its files are written to `folder` first."""
    for name, content in TITLED.findall(page):
        (folder / name).write_text(content, encoding="utf-8")
    return CONSOLE.sub(lambda found: f"```console\n$ {found[1]}\n{said(found[1], folder)}```", page)


def said(command: str, folder: Path) -> str:
    """What the command prints in `folder`, which is never named; a command that does not end well is an error."""
    words = shlex.split(command)[1:]
    run = [sys.executable, "-c", "from sabai.cli import main; main()", *words]
    ended = subprocess.run(run, cwd=folder, env=os.environ, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise RuntimeError(f"{command} ended with {ended.returncode}: {ended.stderr}")
    return ended.stdout.replace(f"{folder.resolve()}/", "")
