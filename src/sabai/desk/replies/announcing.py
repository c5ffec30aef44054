"""The mail that tells somebody what was done about what they said."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer

from sabai.desk.look.letter import Letter
from sabai.desk.look.spoken import spoken
from sabai.desk.replies.models import Told
from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.form import spoken as said

_signer = Signer(sep="~", salt="sabai.desk.replies.stop")


def mail(told: Told) -> Letter:
    """In the contact's language where the text was written in it; without what one would take for a header."""
    of, contact = told.announcement, told.contact
    language = contact.language.partition("-")[0]
    words = spoken(language if language in of.texts else of.fallback)
    leave = stop_address(contact)
    lines = (
        said(of.texts, language, of.fallback),
        "— " + (str(of.by) if of.by else of.workspace.name),
        words.gettext("If you would rather not hear from us like this: %(address)s", address=leave),
    )
    return Letter(
        " ".join(words.gettext("You told us, and we did something about it").split()),
        "\n\n".join(lines) + "\n",
        to=[contact.email],
        reply_to=[of.by.email] if of.by else None,
        headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def stop_address(contact: Contact) -> str:
    """Where this person says that they do not want such mails."""
    host: str = settings.SABAI["SABAI_URL"]
    return f"{host}/told/stop/{_signer.sign(str(contact.pk))}/"


def whose(signed: str) -> Contact | None:
    """The contact of that address; None where it was forged or they are gone."""
    try:
        key = _signer.unsign(signed)
    except BadSignature:
        return None
    return Contact.everywhere.select_related("workspace").filter(pk=key).first()
