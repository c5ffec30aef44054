"""The themes of a workspace, as its published definitions have them, and the texts that were read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.db.models import Case, IntegerField, QuerySet, Value, When

from sabai.definitions.reader import read_definitions
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.company import Company
from sabai.desk.themes.models import Reader, Reading, Suggestion, Written
from sabai.desk.themes.wanted import Wanted
from sabai.language.language import Language
from sabai.text.themes.taxonomy import OTHER, Taxonomy, shipped, taxonomy


def taxonomy_of(workspace: Workspace) -> Taxonomy:
    """The shipped themes where nothing is published yet."""
    path = Company.of(workspace).definitions
    return _published(path, path.stat().st_mtime_ns) if path.exists() else shipped()


def theme_words(workspace: Workspace, language: Language) -> Mapping[str, str]:
    """id -> what the theme is called in that language, in the order of the alphabet there."""
    named = {theme.id: theme.called(language.code) for theme in taxonomy_of(workspace) if theme.id != OTHER}
    return dict(sorted(named.items(), key=lambda each: each[1].casefold()))


def place_of(workspace: Workspace) -> Path:
    """The folder that whoever reads the workspace's texts has for themselves until they are done."""
    return Company.of(workspace).folder / "reading"


def meaning_of(taxonomy: Taxonomy) -> str:
    """A digest of all that the themes say."""
    return blake2b(repr(taxonomy).encode(), digest_size=16).hexdigest()


def reader_of(workspace: Workspace) -> Reader:
    reader, _ = Reader.everywhere.get_or_create(workspace=workspace)
    return reader


def readings(workspace: Workspace, wanted: Wanted) -> QuerySet[Reading]:
    """Those that are asked for: of which nobody is sure first, unless one feeling is asked for; then the newest."""
    found = Reading.of(workspace).select_related("account", "corrected_by")
    begins, ends = wanted.span(workspace)
    found = found.filter(at__gte=begins, at__lt=ends)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.segment:
        found = found.filter(account__segment=wanted.segment)
    if wanted.theme:
        found = found.filter(mentions__theme=wanted.theme)
    if wanted.feeling:
        return found.filter(sentiment=wanted.feeling).order_by("-at", "-pk")
    unsure = Case(When(sentiment="unsure", then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.order_by(unsure, "-at", "-pk")


def quotes(workspace: Workspace, wanted: Wanted) -> QuerySet[Reading]:
    """What was said of a theme, the newest first."""
    return readings(workspace, wanted).order_by("-at", "-pk")


def open_suggestions(workspace: Workspace) -> QuerySet[Suggestion]:
    return Suggestion.of(workspace).filter(decided_at=None).order_by("-count", "pk")


def examples(suggestion: Suggestion, most: int) -> list[Reading]:
    """Different texts of a suggestion, the most typical first; what was erased meanwhile is not among them."""
    keys = [tuple(each) for each in suggestion.examples]
    rows = Reading.of(suggestion.workspace).filter(key__in=[key for _, key in keys]).select_related("account")
    found = {(row.kind, row.key): row for row in rows}
    different = {found[each].text: found[each] for each in reversed(keys) if each in found}
    return [found[each] for each in keys if each in found and different[found[each].text] is found[each]][:most]


def written(workspace: Workspace, about: str, language: str) -> Written | None:
    """What the language model wrote about that, or why it did not."""
    return Written.of(workspace).filter(about=about, language=language).first()


@lru_cache(maxsize=32)
def _published(path: Path, stamp: int) -> Taxonomy:
    return taxonomy(read_definitions(path).themes)
