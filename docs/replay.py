"""Runs the commands of a page on the files of the page, and writes down what they say."""

from __future__ import annotations

import re
import shlex
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from sabai.cli import sabai
from sabai.cli.outcome import run

TITLED = re.compile(r"^```\w+ title=(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n\$ (sabai [^\n]*)\n.*?^```", re.MULTILINE | re.DOTALL)


def replayed(page: str, folder: Path) -> str:
    """The page with the true output below every `$ sabai ...`; its files are written to `folder` first."""
    for name, content in TITLED.findall(page):
        (folder / name).write_text(content, encoding="utf-8")
    return CONSOLE.sub(lambda found: f"```console\n$ {found[1]}\n{said(found[1], folder)}```", page)


def said(command: str, folder: Path) -> str:
    """What the command prints in `folder`, which is never named; a command that does not end well is an error."""
    with chdir(folder), redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = run(sabai, shlex.split(command)[1:])
    if code:
        raise RuntimeError(f"{command} ended with {code}: {err.getvalue()}")
    return out.getvalue().replace(f"{folder.resolve()}/", "")
