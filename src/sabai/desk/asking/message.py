"""A mail as it goes to the server: who it is from, how one leaves, and an id that is the same however often."""

from __future__ import annotations

from email.mime.image import MIMEImage
from email.utils import formataddr, parseaddr
from pathlib import PurePath

from django.conf import settings

from sabai.desk.asking.links import link, mail_id, stop_link
from sabai.desk.asking.mails import Links, rendered, sender
from sabai.desk.asking.models import Ask
from sabai.desk.look.letter import Letter
from sabai.desk.surveys.form import SCALES, Form
from sabai.desk.surveys.models import Survey

LOGO = "logo@sabai"
SHOWN = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".gif": "gif"}
"""Pictures that all mail readers show."""
LARGEST = 200_000  # bytes of a logo: it travels with every mail


class Asking(Letter):
    """Its pictures belong to its text."""

    mixed_subtype = "related"


def message(ask: Ask, form: Form, picture: MIMEImage | None, *, reminder: bool = False) -> Asking:
    """The mail of an ask to its contact, who is there and has an address. What comes back comes to BOUNCES_TO."""
    assert ask.contact is not None
    survey = ask.survey
    mail = rendered(form, survey, ask.language, ask.contact.name, _links(ask, form, picture), reminder=reminder)
    made = Asking(
        mail.subject,
        mail.text,
        settings.BOUNCES_TO,
        [ask.contact.email],
        reply_to=[survey.reply_to] if survey.reply_to else None,
        headers=_headers(ask, reminder),
    )
    made.attach_alternative(mail.html, "text/html")
    if picture:
        made.attach(picture)
    return made


def picture_of(survey: Survey) -> MIMEImage | None:
    """The logo, to be shown inside the mail without asking any server; None where there is none that can be."""
    kind = SHOWN.get(PurePath(survey.logo.name or "").suffix.lower())
    try:
        if kind is None or survey.logo.size > LARGEST:
            return None
        with survey.logo.open("rb") as file:
            made = MIMEImage(file.read(), kind)
    except OSError:
        return None
    made.add_header("Content-ID", f"<{LOGO}>")
    made.add_header("Content-Disposition", "inline")
    return made


def _links(ask: Ask, form: Form, picture: MIMEImage | None) -> Links:
    low, high = SCALES.get(form.first.kind, (0, -1))
    scores = {score: link(ask, score) for score in range(low, high + 1)}
    return Links(link(ask), stop_link(ask), scores, f"cid:{LOGO}" if picture else "")


def _headers(ask: Ask, reminder: bool) -> dict[str, str]:
    own = _id(ask, reminder)
    first = {"In-Reply-To": _id(ask, False), "References": _id(ask, False)} if reminder else {}
    return first | {
        "From": formataddr((sender(ask.survey), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        "Message-ID": own,
        "List-Unsubscribe": f"<{stop_link(ask)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def _id(ask: Ask, reminder: bool) -> str:
    return f"<{mail_id(ask, reminder=reminder)}@{settings.HOST}>"
