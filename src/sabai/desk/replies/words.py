"""What the codes of this app are called."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop

FAVOUR_WORDS = {
    "review": gettext_noop("a review"),
    "reference": gettext_noop("a reference"),
    "case study": gettext_noop("a case study"),
}
