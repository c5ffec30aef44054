"""What answers are called on screen."""

from __future__ import annotations

from sabai.desk.surveys.words import language_name
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language

MOOD_WORDS = {
    "unhappy": gettext_noop("unhappy"),
    "neutral": gettext_noop("in between"),
    "happy": gettext_noop("happy"),
}
MOOD_BANDS = {"unhappy": "unhealthy", "neutral": "at_risk", "happy": "healthy"}
STATE_WORDS = {
    "partial": gettext_noop("begun"),
    "complete": gettext_noop("complete"),
    "late": gettext_noop("after the close"),
}
DOUBT_WORDS = {
    "machine": gettext_noop("only clicked, perhaps by a machine"),
    "forwarded": gettext_noop("from another browser, perhaps forwarded"),
    "again": gettext_noop("a second answer of the same person"),
    "counted": gettext_noop("none: it counts"),
}
CHANNEL_WORDS = {
    "mail": gettext_noop("mail"),
    "page": gettext_noop("link"),
    "widget": gettext_noop("widget"),
    "qr": gettext_noop("QR code"),
    "api": gettext_noop("the API"),
    "import": gettext_noop("import"),
}
DOUBTS_EXPLAINED = {
    "machine": gettext_noop(
        "The link in the mail was opened and nobody touched the page. Mail scanners do that too, so it counts nowhere."
    ),
    "forwarded": gettext_noop(
        "It came by the same link from another browser, after it had been answered. It counts once you accept it."
    ),
    "again": gettext_noop(
        "The same person had answered already in another way. Once accepted, this takes the place of the first answer."
    ),
    "late": gettext_noop("It came after the survey had closed for them. It counts once you accept it."),
}
ABOUT = {
    "nps": gettext_noop("Share of promoters less share of detractors, from −100 to 100."),
    "csat": gettext_noop("Share of the two best answers."),
    "ces5": gettext_noop("Share of the two best answers, on a scale of five."),
    "ces7": gettext_noop("Share of the two best answers, on a scale of seven."),
    "rating": gettext_noop("Share of the two best answers."),
}
GROUP_WORDS = {
    "segment": gettext_noop("Segment"),
    "country": gettext_noop("Country"),
    "stage": gettext_noop("Stage"),
    "owner": gettext_noop("Owner"),
    "product": gettext_noop("Product"),
    "language": gettext_noop("Language"),
    "channel": gettext_noop("Way it came"),
}


def group_name(by: str, name: str, language: Language) -> str:
    """A group as the reader calls it: countries, languages and ways in their words; "" is nobody's."""
    if not name:
        return language.gettext("not said")
    if by == "country":
        return str(language.show.locale.territories.get(name.upper(), name))
    if by == "language":
        return language_name(name, language.code)
    return language.gettext(CHANNEL_WORDS[name]) if by == "channel" else name
