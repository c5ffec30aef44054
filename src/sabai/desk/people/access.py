"""The one door: whoever wants an object on somebody's behalf comes through here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from sabai.desk.people.models import Membership, User
from sabai.desk.people.scoped import OfWorkspace

Page = Callable[..., HttpResponseBase]
Row = TypeVar("Row", bound=OfWorkspace)


def membership(user: User, slug: str) -> Membership:
    """What this user is in that workspace; Http404 where they are nothing there, as where it does not exist."""
    found = Membership.everywhere.select_related("workspace", "user").filter(
        user=user, workspace__slug=slug, left_at=None
    )
    member: Membership | None = found.first()
    if member is None:
        raise Http404
    return member


def access(member: Membership, model: type[Row], **which: Any) -> Row:
    """The one row of the member's workspace that fits; Http404 otherwise, whoever else may have it.

    `access(member, Account, pk=7)`
    """
    found: Row | None = model.of(member.workspace).filter(**which).first()
    if found is None:
        raise Http404
    return found


def page(needs: str) -> Callable[[Page], Page]:
    """A view of a workspace: `view(request, member, ...)`, for members whose role may do `needs`."""

    def among(view: Page) -> Page:
        @login_required
        @wraps(view)
        def asked(request: HttpRequest, slug: str, **values: Any) -> HttpResponseBase:
            member = membership(request.user, slug)  # type: ignore[arg-type]
            request.member = member  # type: ignore[attr-defined]
            request.language = request.language.calling(member.workspace.labels)  # type: ignore[attr-defined]
            if not member.may(needs):
                raise PermissionDenied
            return view(request, member, **values)

        asked.needs = needs  # type: ignore[attr-defined]
        return asked

    return among
