"""`sabai desk`: the web application, for a team and its morning."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from sabai.cli.answer import Answer
from sabai.cli.outcome import verb
from sabai.cli.waiting import waiting
from sabai.errors import Issue, UsageError

if TYPE_CHECKING:
    from sabai.desk.environ import Settings
    from sabai.progress import Progress


@verb
@click.option("--demo", is_flag=True, help="With a made company in it, unless it has one already.")
@click.option("--company", help="Begin a workspace for this company, with --email as its first administrator.")
@click.option("--email", help="Whose sign-in link to print: of somebody new with --company, or of anybody who is in.")
@click.option("--set-up", "only_set_up", is_flag=True, help="Make it ready, ask it one page, and stop.")
@click.option("--background", is_flag=True, help="Go on when this command has ended.")
@click.option("--minutes", type=click.IntRange(1), help="End by itself after so many minutes.")
@click.option("--jobs-only", is_flag=True, help="Only work off jobs: beside web workers that run elsewhere.")
def desk(
    demo: bool, company: str | None, email: str | None, only_set_up: bool, background: bool, minutes: int | None,
    jobs_only: bool,
) -> Answer:  # fmt: skip
    """Open the desk: the morning list, every customer on one page, tasks, definitions, and the way in for events.

    It sets itself up, and runs until it is stopped. Everything lies in one folder, SABAI_DATA. All settings are
    variables of the environment: docs/reference/settings.md.

    \b
        sabai desk --demo
        sabai desk --company "Lanna Coffee" --email owner@lanna.example
        SABAI_DATA=/var/lib/sabai sabai desk
    """
    if company and not email:
        raise click.UsageError("--company needs --email: somebody has to be its first administrator.")
    if not find_spec("django"):
        raise UsageError(_not_installed())
    from sabai.desk.start import place_is_free, run_jobs, serve, set_up

    with waiting() as progress:
        settings = set_up(progress)
        if not (only_set_up or jobs_only):
            place_is_free(settings)
        link = _demo(progress) if demo else _link(company, email)
    data = {"address": settings["SABAI_URL"], "sign_in": link, "data": settings.data}
    if only_set_up:
        return Answer(data, f"The desk is ready in {settings.data}.")
    if jobs_only:
        return Answer(data, f"Working off jobs of {settings.data}.", then=run_jobs)
    if background:
        data["pid"] = pid = _in_background(settings, minutes)
        return Answer(data, _said(settings, link, f"kill {pid}", minutes))
    return Answer(data, _said(settings, link, "Ctrl+C", minutes), then=lambda: serve(settings, minutes))


def _in_background(settings: Settings, minutes: int | None) -> int:
    from sabai.cli.background import started

    arguments = ["desk", *(["--minutes", str(minutes)] if minutes else [])]
    pid = started(arguments, settings["SABAI_URL"] + "/readyz", settings.data / "desk.log")
    (settings.data / "desk.pid").write_text(str(pid))
    return pid


def _said(settings: Settings, link: str | None, ends: str, minutes: int | None) -> str:
    by_itself = f", and it ends by itself after {minutes} minutes" if minutes else ""
    lines = [f"The desk is at {settings['SABAI_URL']}. {ends} ends it{by_itself}."]
    if link:
        lines += ["Sign in, once, with this link:", link]
    return "\n".join(lines)


def _demo(progress: Progress) -> str:
    from sabai.desk.demo import demo
    from sabai.desk.people.sign_in import sign_in_link

    return sign_in_link(demo(progress).user)


def _link(company: str | None, email: str | None) -> str | None:
    from sabai.desk.people.actions.found import found_named
    from sabai.desk.people.sign_in import link_of, sign_in_link

    if company and email:
        return sign_in_link(found_named(company, email).user)
    return link_of(email) if email else None


def _not_installed() -> Issue:
    return Issue(
        "CLI-015",
        "The desk is not installed.",
        why="The command line does without it.",
        hint="pip install 'sabai[desk]'",
    )
