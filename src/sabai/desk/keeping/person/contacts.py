"""Somebody whom surveys ask: what becomes of their name, of what they were asked and of what they answered."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from sabai.desk.asking.models import Ask
from sabai.desk.keeping.person.whom import Whom
from sabai.desk.people.models import Workspace
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Contact


def theirs(workspace: Workspace, whom: Whom) -> QuerySet[Contact]:
    """The rows of one person at all customers; of an account those of its people, there."""
    contacts = Contact.of(workspace).annotate(address=Lower("email"))
    if whom.kind == "account":
        return contacts.filter(account__account_id__in=whom.accounts)
    addresses = [each.lower() for each in whom.emails]
    return contacts.filter(Q(contact_id__in=whom.contacts) | Q(address__in=addresses))


def asks_of(workspace: Workspace, whom: Whom) -> QuerySet[Ask]:
    return Ask.of(workspace).filter(contact__in=theirs(workspace, whom))


def answers_of(workspace: Workspace, whom: Whom) -> QuerySet[Response]:
    return Response.of(workspace).filter(contact__in=theirs(workspace, whom))


def leave(workspace: Workspace, whom: Whom) -> Counter[str]:
    """Their rows go, and their words. That somebody was asked and what score they gave stays, of nobody; so does the
    digest by which whoever left is known again, should a list bring them back.
    """
    gone: Counter[str] = Counter()
    gone["responses"] += answers_of(workspace, whom).update(comment="", given={})
    planned = asks_of(workspace, whom).filter(state="planned")
    gone["invitations"] += planned.update(state="stopped", problem="erased")
    gone["contacts"] += theirs(workspace, whom).count()
    Contact.of(workspace).filter(pk__in=list(theirs(workspace, whom).values_list("pk", flat=True))).delete()
    return gone
