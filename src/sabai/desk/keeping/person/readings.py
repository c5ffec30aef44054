"""What somebody said, as it was read: it goes with them, and stands in the file of an export."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q, QuerySet

from sabai.desk.keeping.person.whom import Whom
from sabai.desk.people.models import Workspace
from sabai.desk.themes.models import Reading


def readings_of(workspace: Workspace, whom: Whom) -> QuerySet[Reading]:
    """Of an account those of all its people, of a person their own."""
    theirs = Q(contact_id__in=whom.contacts)
    if whom.kind == "account":
        theirs |= Q(account__account_id__in=whom.accounts)
    return Reading.of(workspace).filter(theirs).order_by("pk")


def leave(workspace: Workspace, whom: Whom) -> Counter[str]:
    """What the themes were counted from goes too."""
    _, gone = readings_of(workspace, whom).delete()
    return Counter({"readings": gone.get(Reading._meta.label, 0)})
