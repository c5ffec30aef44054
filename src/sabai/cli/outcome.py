"""How a command ends: exit codes, and a sentence instead of a traceback."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path

import click

from sabai import __version__
from sabai.cli.answer import Answer
from sabai.errors import Issue, SabaiError
from sabai.store.refused import Refusal, refused

WRONG_USE, OUR_FAULT, STOPPED = 2, 3, 130


def verb(function: Callable[..., Answer]) -> click.Command:
    """A command named like the function, with `--json`, that says its answer and exits with the answer's code."""

    @click.option("--json", "as_json", is_flag=True, help="Say it as JSON, for programs.")
    @wraps(function)
    def command(as_json: bool, **given: object) -> int:
        answer = answered(lambda: function(**given))
        say(answer, as_json)
        if answer.then:
            sys.stdout.flush()
            answer.then()
        return answer.exit_code

    return click.command(name=function.__name__)(command)


def answered(function: Callable[[], Answer]) -> Answer:
    """The answer of a verb; what it raises becomes an answer too, unless SABAI_DEBUG=1 asks for the traceback."""
    try:
        return function()
    except SabaiError as error:
        return Answer({}, issues=error.issues, exit_code=error.exit_code)
    except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
        raise
    except (OSError, MemoryError) as error:
        return Answer({}, issues=[_refused(error)], exit_code=1)
    except Exception as error:
        if refused(error):
            return Answer({}, issues=[_refused(error)], exit_code=1)
        if os.environ.get("SABAI_DEBUG") == "1":
            raise
        return Answer({}, issues=[fault(error)], exit_code=OUR_FAULT)


def say(answer: Answer, as_json: bool) -> None:
    if as_json:
        click.echo(answer.as_json())
        return
    if answer.text:
        click.echo(shown(answer.text))
    if answer.issues:
        click.echo(shown("\n\n".join(map(str, answer.issues))), err=True)


def shown(text: str) -> str:
    """Signs that would steer a terminal, in a name for instance, as pictures of themselves.

    >>> shown("bell \\a, colour \\x1b[31m")
    'bell ␇, colour ␛[31m'
    """
    return text.translate({sign: 0x2400 + sign for sign in range(32) if chr(sign) not in "\n\t"} | {127: 0x2421})


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    try:
        code = command.main(arguments, prog_name="sabai", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        _say_wrong_use(error, "--json" in (sys.argv if arguments is None else arguments))
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. What was finished before is unchanged.", err=True)
        return STOPPED
    except SystemExit as ended:
        # click's own ways out: completion was asked for, or whoever read our output has read enough.
        return int(ended.code or 0) if "_SABAI_COMPLETE" in os.environ else 0
    except BrokenPipeError:
        # The same, but while flushing.
        _say_no_more()
        return 0
    except OSError as error:
        _say_no_more()
        say(Answer({}, issues=[_refused(error)]), as_json=False)
        return 1
    return code if isinstance(code, int) else 0


def _say_no_more() -> None:
    """Python would complain once more when it flushes the standard output at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_wrong_use(error: click.ClickException, as_json: bool) -> None:
    if not as_json:
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    where, usage = (context.command_path, context.get_usage()) if context else ("sabai", "sabai --help")
    issue = Issue("CLI-007", error.format_message(), where, "What is meant cannot be known, and is not guessed.", usage)
    say(Answer({}, issues=[issue]), as_json=True)


def _refused(error: Exception) -> Issue:
    """What the machine does not give: room, memory, a name as long as that."""
    refusal = refused(error) or Refusal("something there cannot be read or written", str(error), "Look at it.")
    return Issue(
        "CLI-008",
        f"The computer refused: {refusal.what}.",
        refusal.where,
        "Nothing half-written was left; what was finished before is unchanged.",
        refusal.hint,
    )


def fault(error: Exception) -> Issue:
    """Our own mistake, said in a sentence; the details are written where they can be sent from."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Issue(
        "CLI-900",
        f"Sabai made a mistake of its own: {type(error).__name__} in {Path(last.filename).name}:{last.lineno}.",
        str(_write_details(error)),
        "Nothing half-written was left; what was finished before is unchanged.",
        "Send us that file, please. SABAI_DEBUG=1 shows the same at once.",
    )


def _write_details(error: Exception) -> Path:
    told = [
        f"sabai {__version__}, Python {sys.version.split()[0]}, {sys.platform}, {datetime.now(UTC):%Y-%m-%d %H:%M:%SZ}",
        " ".join(sys.argv),
        "".join(traceback.format_exception(error)),
    ]
    for folder in (Path.cwd(), Path(tempfile.gettempdir())):
        path = folder / "sabai-fault.log"
        try:
            path.write_text("\n".join(told), encoding="utf-8")
        except OSError:
            continue
        return path
    return Path("(the details could not be written anywhere)")
