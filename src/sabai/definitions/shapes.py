"""Is the file made of the keys and values that the grammar knows? What is not is named, and then left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sabai.definitions.grammar.file import AGAIN, FILE
from sabai.definitions.grammar.kinds import Again, Either, Forms, Keys, Kind, Many, Named, Word
from sabai.definitions.written import Entries, Items, Text, Written
from sabai.errors import Issue, did_you_mean

_UNREAD = "What cannot be understood cannot be counted, and is never guessed."


class _Misfit(ValueError):
    """Something else stands where `what` is expected."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(slots=True)
class Shapes:
    """Checks what is written in the file called `where` and collects `issues`."""

    where: str
    issues: list[Issue] = field(default_factory=list)

    def fit_file(self, root: Entries) -> Entries:
        """The sections that fit, also where others are missing or broken: their rules should speak as well."""
        self._missing(root, FILE)
        return Entries(root.line, tuple(self._known_entries(root, FILE)), root.size)

    def fit(self, node: Written, kind: Kind) -> Written | None:
        """The part of `node` that fits `kind`; None if nothing does. What was left out stands in `issues`."""
        try:
            return self._fitted(node, kind)
        except _Misfit as misfit:
            self._add(
                "DEF-011",
                node,
                f"{_shown(node)} stands where {misfit.what} is expected.",
                _UNREAD,
                f"Write {misfit.what}.",
            )
            return None

    def _fitted(self, node: Written, kind: Kind) -> Written | None:
        match kind:
            case Again():
                return self._fitted(node, AGAIN[kind.name])
            case Word():
                return _word(node, kind)
            case Many():
                return self._many(node, kind)
            case Named():
                return self._named(node, kind)
            case Keys():
                return self._keys(node, kind)
            case Forms():
                return self._forms(node, kind)
            case Either():
                return self._either(node, kind)

    def _many(self, node: Written, kind: Many) -> Written | None:
        if not isinstance(node, Items):
            if kind.alone:
                return self._fitted(node, kind.of)
            raise _Misfit(f"a list of {kind.what}")
        fitted = [self.fit(item, kind.of) for item in node.items]
        return Items(node.line, tuple(item for item in fitted if item is not None), node.size)

    def _named(self, node: Written, kind: Named) -> Entries | None:
        if not isinstance(node, Entries):
            raise _Misfit(kind.what)
        return Entries(node.line, tuple(self._named_entries(node, kind)), node.size)

    def _named_entries(self, node: Entries, kind: Named) -> Iterator[tuple[Text, Written]]:
        for key, value in self._once(node):
            if kind.choices and key.text not in kind.choices:
                self._add(
                    "DEF-010",
                    key,
                    f'"{key.text}" is not {kind.name.what}.',
                    "Nobody would know what it means.",
                    did_you_mean(key.text, list(kind.choices)),
                )
            elif self.fit(key, kind.name) and (fitted := self.fit(value, kind.of)) is not None:
                yield key, fitted

    def _keys(self, node: Written, kind: Keys) -> Entries | None:
        if not isinstance(node, Entries):
            raise _Misfit(f"{kind.what} with keys {', '.join(kind.names)}")
        fitted = Entries(node.line, tuple(self._known_entries(node, kind)), node.size)
        self._missing(node, kind)
        return fitted if all(key.name in fitted for key in kind.keys if key.required) else None

    def _missing(self, node: Entries, kind: Keys) -> None:
        for key in kind.keys:
            if key.required and not _says(node, key.name):
                self._add(
                    "DEF-012",
                    node,
                    f'The key "{key.name}" is missing in {kind.what}.',
                    key.doc,
                    f"Write {key.name}: and behind it {_what(key.kind)}.",
                )

    def _known_entries(self, node: Entries, kind: Keys) -> Iterator[tuple[Text, Written]]:
        for key, value in self._once(node):
            known = kind.key(key.text)
            if known is None:
                self._add(
                    "DEF-010",
                    key,
                    f'"{key.text}" is not a key of {kind.what}.',
                    _UNREAD,
                    did_you_mean(key.text, kind.names),
                )
            elif not _empty(value) and (fitted := self.fit(value, known.kind)) is not None:
                yield key, fitted

    def _forms(self, node: Written, kind: Forms) -> Entries | None:
        if not isinstance(node, Entries):
            raise _Misfit(f"{kind.what} such as {{ count: events, window: 28d }}")
        said = [name for name in node.names() if name in kind.names]
        if len(set(said)) != 1:
            what = f"It says {' and '.join(said)} at once." if said else f"It does not say how {kind.what} is measured."
            hint = "Make two metrics of it." if said else _nearest_form(node, kind)
            self._add("DEF-013", node, what, "One metric is one number.", hint)
            return None
        form = kind.form(said[0])
        return self._keys(node, form) if form else None

    def _either(self, node: Written, kind: Either) -> Written | None:
        for option in kind.kinds:
            if isinstance(node, _written_as(option)):
                return self._fitted(node, option)
        raise _Misfit(kind.what)

    def _once(self, node: Entries) -> Iterator[tuple[Text, Written]]:
        first: dict[str, int] = {}
        for key, value in node:
            if key.text in first:
                self._add(
                    "DEF-006",
                    key,
                    f'"{key.text}" stands twice in one place, first on line {first[key.text]}.',
                    "Only one of the two could be meant.",
                    "Take one away, or give it another name.",
                )
                continue
            first[key.text] = key.line
            yield key, value

    def _add(self, code: str, node: Written, what: str, why: str, hint: str) -> None:
        self.issues.append(Issue(code, what, f"{self.where}:{node.line}", why, hint))


def _word(node: Written, kind: Word) -> Text:
    if not isinstance(node, Text):
        raise _Misfit(kind.what)
    try:
        kind.read(node.text)
    except (ValueError, OverflowError) as error:
        raise _Misfit(kind.what) from error
    return node


def _empty(node: Written) -> bool:
    return isinstance(node, Text) and node.empty


def _says(node: Entries, name: str) -> bool:
    found = node.get(name)
    return found is not None and not _empty(found)


def _shown(node: Written) -> str:
    if isinstance(node, Text):
        return "Nothing" if node.empty else f'"{node.text[:60]}"'
    return "A list" if isinstance(node, Items) else "A mapping"


def _what(kind: Kind) -> str:
    return _what(AGAIN[kind.name]) if isinstance(kind, Again) else kind.what


def _written_as(kind: Kind) -> type[Text] | type[Items] | type[Entries]:
    match kind:
        case Word():
            return Text
        case Many():
            return Items
        case _:
            return Entries


def _nearest_form(node: Entries, kind: Forms) -> str:
    return did_you_mean(node.names()[0] if node.entries else "", kind.names)
