"""A company begins to use Sabai: its workspace, and the first person in it."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership, User, Workspace
from sabai.errors import Issue, UsageError


@transaction.atomic
def found(
    slug: str, name: str, currency: str, time_zone: str, admin_email: str, admin_name: str
) -> tuple[Workspace, Membership]:
    """A workspace with its first administrator, who comes in by a link; UsageError where `slug` is taken.

    Whoever has that address already, in another workspace, keeps name and password.
    """
    if Workspace.objects.filter(slug=slug).exists():
        raise UsageError(Issue("DSK-012", f'There is a workspace "{slug}" already.', hint="Choose another name."))
    known = {"name": name, "currency": currency, "time_zone": time_zone}
    workspace = Workspace.objects.create(slug=slug, **known)
    user = User.objects.filter(email=admin_email.lower()).first() or User.objects.create_user(
        admin_email, name=admin_name
    )
    member = Membership.everywhere.create(workspace=workspace, user=user, role="admin")
    write(
        workspace, None, "create", "workspace", slug, after={"name": name, "currency": currency, "time_zone": time_zone}
    )
    write(workspace, None, "create", "membership", user, after={"role": "admin"})
    return workspace, member


def found_named(company: str, email: str) -> Membership:
    """The workspace of that company and its first administrator; where it is there already, that person in it."""
    slug = slugify(company)[:40] or "company"
    there = Membership.everywhere.filter(workspace__slug=slug, user__email=email.lower(), left_at=None).first()
    return there or found(slug, company, "USD", "UTC", email, email.split("@", maxsplit=1)[0])[1]
