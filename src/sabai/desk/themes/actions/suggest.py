"""Themes that were found: put before people, who name them or say no."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.drafts.actions.change import begin, save
from sabai.desk.drafts.models import Draft
from sabai.desk.drafts.queries import published
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.themes.models import Suggestion
from sabai.desk.themes.naming import Named, with_theme
from sabai.errors import Issue, UsageError

MOST_EXAMPLES = 60
Found = tuple[Sequence[str], Sequence[tuple[str, str]]]
"""Terms, and (kind, key) of the readings."""


@transaction.atomic
def suggest(workspace: Workspace, found: Sequence[Found]) -> int:
    """Takes the place of what was suggested before and not decided; how many are new.

    What half consists of texts of which a person said "this is no theme" is not suggested again.
    """
    refused = {
        tuple(each)
        for examples in Suggestion.of(workspace)
        .filter(theme="")
        .exclude(decided_at=None)
        .values_list("examples", flat=True)
        for each in examples
    }
    Suggestion.of(workspace).filter(decided_at=None).delete()
    rows = [
        Suggestion(
            workspace=workspace,
            terms=list(terms),
            examples=[list(key) for key in keys[:MOST_EXAMPLES]],
            count=len(keys),
        )
        for terms, keys in found
        if 2 * sum(tuple(key) in refused for key in keys) < len(keys)
    ]
    Suggestion.everywhere.bulk_create(rows)
    return len(rows)


@transaction.atomic
def approve(member: Membership, suggestion: Suggestion, named: Named) -> Draft:
    """Writes the theme into a draft of the definitions: somebody still looks at it and publishes it.

    Goes on with the member's own draft where there is one of what is published. DefinitionsError where it cannot stand.
    """
    workspace = member.workspace
    last = published(workspace)
    draft = Draft.of(workspace).filter(by=member.user, based_on=last).order_by("-saved_at").first()
    text = with_theme(draft.text if draft else _text(workspace), named)
    if draft:
        save(member, draft, text)
    else:
        draft = begin(member, text)
    _decide(member, suggestion, named.id)
    return draft


@transaction.atomic
def refuse(member: Membership, suggestion: Suggestion) -> None:
    _decide(member, suggestion, "")


def _decide(member: Membership, suggestion: Suggestion, theme: str) -> None:
    suggestion.decided_by, suggestion.decided_at, suggestion.theme = member.user, timezone.now(), theme
    suggestion.save(update_fields=["decided_by", "decided_at", "theme"])
    verb = "accept" if theme else "refuse"
    write(
        member.workspace, member.user, verb, "suggested theme", suggestion.pk, None, {"theme": theme} if theme else None
    )


def _text(workspace: Workspace) -> str:
    last = published(workspace)
    if last:
        return last.text
    path = Company.of(workspace).definitions
    if not path.exists():
        raise UsageError(_no_definitions())
    return path.read_text(encoding="utf-8")


def _no_definitions() -> Issue:
    return Issue(
        "DSK-083",
        "There are no definitions to write the theme into.",
        why="A theme is part of them.",
        hint="Publish a first version on the page of definitions.",
    )
