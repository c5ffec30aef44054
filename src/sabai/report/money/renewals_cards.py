"""Cards of what will renew: month by month, by group, where work pays, on whom it hangs, what owners say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sabai.language.language import Language
from sabai.renewals.forecast import Renewals
from sabai.renewals.sums import Sum
from sabai.report.money import renewals_listed as listed
from sabai.report.money import renewals_pictures as pictures
from sabai.report.money.page import Section
from sabai.report.money.renewals_stakes import called, on_whom, where_work_pays
from sabai.report.money.words import group_called, group_word
from sabai.report.names import Named
from sabai.report.proof.sentence import span
from sabai.report.sheet import apart

Names = Mapping[str, Named]


def money(minor: float | None, found: Renewals, language: Language) -> str:
    """Short, since it is an estimate."""
    return language.show.money_short(minor, found.currency)


def ends(each: Sum, found: Renewals, language: Language) -> str:
    """From P10 to P90."""
    return span(*(money(end, found, language) for end in (each.p10_minor, each.p90_minor)))


def months(found: Renewals, language: Language) -> Section:
    _, rolling, title = language.gettext, found.rolling, language.gettext("Month by month")

    def month(each: Sum) -> str:
        return language.show.month(date.fromisoformat(f"{each.name}-01"))

    beside = _(
        "Not in it: %(customers)s with contracts that renew every month, for %(amount)s a month; given notice: "
        "%(notices)s.",
        customers=language.ngettext("%(num)s customer", "%(num)s customers", rolling.accounts),
        amount=money(rolling.monthly_minor, found, language), notices=language.show.fixed(rolling.notices),
    )  # fmt: skip
    return Section(
        "months", title, picture=pictures.due_and_expected(found.months, month, "months", title, found, language),
        table=listed.sums(found.months, _("Month"), month, found, language), folded=_("In numbers"),
        notes=(beside,) if rolling.accounts else (), missing=_("Nothing is due."),
    )  # fmt: skip


def groups(found: Renewals, language: Language) -> Iterator[Section]:
    """By owner, segment and product, where there is more than one of them."""
    kinds: tuple[tuple[str, Sequence[Sum]], ...] = (
        ("owner", found.owners), ("segment", found.segments), ("product", found.products),
    )  # fmt: skip
    for by, groups in kinds:
        if len(groups) > 1:
            yield _group(by, groups, found, language)


def _group(by: str, groups: Sequence[Sum], found: Renewals, language: Language) -> Section:
    word, largest = group_word(by, language), sorted(groups, key=lambda each: -each.due_minor)
    title = language.gettext("Apart by %(group)s", group=word)

    def named(each: Sum) -> str:
        return group_called(by, each.name, language)

    return Section(
        by, title, picture=pictures.due_and_expected(largest, named, by, title, found, language),
        table=listed.sums(largest, word, named, found, language), folded=language.gettext("Every group"),
        missing=language.gettext("Nothing is due."),
    )  # fmt: skip


def inaction(found: Renewals, names: Names, language: Language) -> Section:
    _, title = language.gettext, language.gettext("The price of doing nothing")
    gain = money(sum(each.gain_minor for each in found.inaction), found, language)
    told = _("Were all of them as healthy as others are, %(gain)s more would be expected.", gain=gain)
    return Section(
        "inaction", title, picture=where_work_pays(found, names, title, language),
        notes=(told,) if found.inaction else (), missing=_("It cannot be told what work would change."),
    )  # fmt: skip


def whales(found: Renewals, names: Names, language: Language) -> Section:
    _, title, whales = language.gettext, language.gettext("On whom it hangs"), found.whales
    return Section(
        "few", title, picture=on_whom(found, names, title, language), missing=_("Nothing is due."),
        notes=tuple(_hangs(found, names, language)) if whales.largest else (),
    )  # fmt: skip


def _hangs(found: Renewals, names: Names, language: Language) -> Iterator[str]:
    _, whales = language.gettext, found.whales
    yield language.ngettext(
        "It is as risky as %(num)s renewal would be.", "It is as risky as %(num)s renewals of one size would be.",
        round(whales.effective or 0),
    )  # fmt: skip
    if whales.without and whales.without.p10_minor is not None:
        yield _(
            "Were %(customer)s lost, %(expected)s (%(span)s) would be expected.",
            customer=apart(called(whales.largest[0].account_id, names)),
            expected=money(whales.without.expected_minor, found, language),
            span=ends(whales.without, found, language),
        )  # fmt: skip


def calls(found: Renewals, names: Names, language: Language) -> Section:
    _, said, title = language.gettext, found.called, language.gettext("Where owners see it otherwise")
    if said is None:
        return Section("calls", title, missing=_("No owner has said what will renew: write it into calls.csv."))
    told = _(
        "Owners speak of %(due)s: the forecast expects %(expected)s of it, they expect %(called)s.",
        due=money(said.due_minor, found, language), expected=money(said.expected_minor, found, language),
        called=money(said.called_minor, found, language),
    )  # fmt: skip
    agree = _("Nobody sees a renewal very differently.")
    return Section(
        "calls", title, table=listed.seen_otherwise(found, names, language), notes=(told,), missing=agree
    )  # fmt: skip
