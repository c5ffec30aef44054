"""The command line: one small file a verb in `verbs/`, and nothing heavy is imported before a verb runs."""

from __future__ import annotations

import signal
import sys
from io import TextIOWrapper

import click

from sabai import __version__
from sabai.cli.outcome import run
from sabai.cli.verbs.backup import backup
from sabai.cli.verbs.calibrate import calibrate
from sabai.cli.verbs.changes import changes
from sabai.cli.verbs.check import check
from sabai.cli.verbs.cohorts import cohorts
from sabai.cli.verbs.demo import demo
from sabai.cli.verbs.desk import desk
from sabai.cli.verbs.erase import erase
from sabai.cli.verbs.explain import explain
from sabai.cli.verbs.facts import facts
from sabai.cli.verbs.feedback import feedback
from sabai.cli.verbs.init import init
from sabai.cli.verbs.land import land
from sabai.cli.verbs.preview import preview
from sabai.cli.verbs.prove import prove
from sabai.cli.verbs.receivables import receivables
from sabai.cli.verbs.renewals import renewals
from sabai.cli.verbs.report import report
from sabai.cli.verbs.restore import restore
from sabai.cli.verbs.retention import retention
from sabai.cli.verbs.revenue import revenue
from sabai.cli.verbs.schema import schema
from sabai.cli.verbs.score import score
from sabai.cli.verbs.survival import survival
from sabai.cli.verbs.value import value

VERBS = (
    init, check, facts, land, score, explain, changes, report, prove, calibrate, preview, retention, revenue, cohorts,
    survival, receivables, value, renewals, feedback, desk, backup, restore, erase, demo, schema,
)  # fmt: skip


class InOrderOfUse(click.Group):
    """Verbs in the order in which a newcomer needs them, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=InOrderOfUse, commands=VERBS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sabai")
def sabai() -> None:
    """From a folder of exports to a health score that explains itself.

    Exit codes: 0 fine, 1 problems found in what was given, 2 wrong use, 3 a fault of ours.
    """


def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # names of customers come in every alphabet, and JSON is UTF-8
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for asks_to_stop in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(asks_to_stop, signal.default_int_handler)
    code = run(sabai)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done, and Python only cleans up
    sys.exit(code)
