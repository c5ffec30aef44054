"""Coming in by a link that was printed where the desk was started."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sabai.desk.people.models import User
from sabai.desk.people.sign_in import come_in, links


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, user: int, secret: str) -> HttpResponse:
    """A GET only asks, so that whatever previews links does not use it up; the POST signs in."""
    found = User.objects.filter(pk=user, is_active=True).first()
    if found is None or not links.check_token(found, secret):
        raise Http404
    if request.method == "GET":
        return render(request, "people/enter.html", {"user_name": str(found)})
    come_in(request, found)
    return redirect("home")
