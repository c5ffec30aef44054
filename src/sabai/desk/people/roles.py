"""What each role may do. A page names the verb that it needs; nothing else decides who sees it."""

from __future__ import annotations

from sabai.language.catalogues import gettext_noop

VERBS = (
    "read",  # accounts, scores, insight
    "money",  # who owes what, what customers are worth
    "work",  # tasks, touchpoints, notes, pulses, overrides
    "assign",  # owners of accounts
    "export",
    "define",  # definitions
    "connect",  # sources, write keys, uploads, API tokens
    "people",  # invitations and roles
    "audit",
    "keep",  # backup, erasure, what is kept for how long
)

ROLES: dict[str, frozenset[str]] = {
    "admin": frozenset(VERBS),
    "operations": frozenset(VERBS) - {"people", "keep"},
    "manager": frozenset({"read", "money", "work", "export"}),
    "billing": frozenset({"read", "money", "export"}),
    "viewer": frozenset({"read"}),
}

ROLE_WORDS = {
    "admin": gettext_noop("administrator"),
    "operations": gettext_noop("operations"),
    "manager": gettext_noop("customer success manager"),
    "billing": gettext_noop("billing"),
    "viewer": gettext_noop("viewer"),
}


VERB_WORDS = {
    "read": gettext_noop("see accounts, scores and insight"),
    "money": gettext_noop("see who owes what and what customers are worth"),
    "work": gettext_noop("work: tasks, contacts, notes, pulses, overrides"),
    "assign": gettext_noop("say who answers for whom"),
    "export": gettext_noop("take lists away as files"),
    "define": gettext_noop("change the definitions"),
    "connect": gettext_noop("connect sources and the API"),
    "people": gettext_noop("invite people and set roles"),
    "audit": gettext_noop("read the audit trail"),
    "keep": gettext_noop("back up and erase"),
}


def may(role: str, verb: str) -> bool:
    """
    >>> may("viewer", "read"), may("viewer", "work")
    (True, False)
    """
    return verb in ROLES.get(role, frozenset())
