"""The metrics of `sabai.yaml` once more, for peers that have them by hand; `agree` sees where the two differ."""

from __future__ import annotations

NAMES_28 = {
    "logins": ["login"],
    "views": ["view"],
    "searches": ["search"],
    "creates": ["create"],
    "edits": ["edit"],
    "api_calls": ["api"],
    "work": ["create", "edit", "comment"],
}
NAMES_90 = {
    "exports": ["export"],
    "shares": ["share"],
    "reports": ["report"],
    "invites": ["invite"],
    "comments": ["comment"],
}
FEATURES = ["export", "share", "report", "api", "invite"]
LONGEST = 90  # days that the longest window looks back
