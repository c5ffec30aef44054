"""Pages of themes: what stands on them, how they are narrowed, and setting a reading right with one click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.themes import counting
from sabai.desk.themes.features import features
from sabai.desk.themes.models import Mention, Reading
from sabai.desk.themes.wanted import Wanted

SignIn = Callable[[Membership], Client]
Customer = Callable[..., Account]
Said = Callable[..., Reading]


def at(member: Membership, view: str, *more: object) -> str:
    return reverse(f"themes:{view}", args=[member.workspace.slug, *more])


def seen(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_themes_are_counted(workspace: Workspace, said: Said, customer: Customer) -> None:
    other = customer("Doi Tea", revenue_minor=10_000, here=True)
    gone = customer("Gone Inn", revenue_minor=70_000, here=False)
    for _ in range(3):
        said("Too slow", "negative", "speed")
    said("Quick now", "positive", "speed", account=other)
    said("Hm", "unsure", "speed", "price", account=gone)
    said("It was slow", "negative", "speed", at=timezone.now() - timedelta(days=100))
    said("Slow long ago", "negative", "speed", at=timezone.now() - timedelta(days=300))
    speed, price = counting.themes(workspace, Wanted())
    assert (speed.id, speed.felt.all, speed.felt.known, speed.before.all) == ("speed", 5, 4, 1)
    assert speed.felt.negative.value == 0.75
    assert (speed.who.here, speed.who.left, speed.who.revenue_minor) == (2, 1, 100_000), "each customer once"
    assert (price.id, price.felt.known, price.who.revenue_minor) == ("price", 0, None)
    assert not speed.clear
    assert [each.id for each in counting.themes(workspace, Wanted(segment="small"))] == ["speed"]
    assert counting.themes(workspace, Wanted(kind="ticket")) == []


def test_a_change_is_clear_only_where_chance_would_hardly_do_it(workspace: Workspace, said: Said) -> None:
    before = timezone.now() - timedelta(days=100)
    for _ in range(20):
        said("Slow", "negative", "speed")
        said("Quick", "positive", "speed", at=before)
    (speed,) = counting.themes(workspace, Wanted())
    assert speed.clear
    assert speed.change.value == 1.0


def test_the_page_says_what_stands_in_its_address(aiko: Membership, sign_in: SignIn, said: Said) -> None:
    said("Too slow", "negative", "speed", kind="ticket")
    client = sign_in(aiko)
    whole = seen(client, at(aiko, "themes"))
    assert "Speed" in whole
    assert "100%" in whole
    assert "Speed" not in seen(client, at(aiko, "themes") + "?kind=response").split("<tbody>")[-1]
    assert "Nobody spoke of any theme." in seen(client, at(aiko, "themes") + "?kind=response")


def test_without_words_the_page_says_how_they_come(aiko: Membership, sign_in: SignIn) -> None:
    assert "No words were read yet." in seen(sign_in(aiko), at(aiko, "themes"))


def test_one_theme_has_quotes_speakers_and_months(
    aiko: Membership, sign_in: SignIn, said: Said, account: Account
) -> None:
    said('ช้ามาก <script>alert("x")</script>', "negative", "speed", language="th")
    page = sign_in(aiko).get(at(aiko, "theme", "speed")).content.decode()
    assert 'dir="auto" lang="th">ช้ามาก &lt;script&gt;' in page
    assert "Thai" in page
    assert account.name in page
    assert reverse("replies:announcements", args=[aiko.workspace.slug]) in page
    (*_, (_, month)) = counting.months(
        aiko.workspace, Wanted(theme="speed"), aiko.workspace.today() - timedelta(days=365)
    )
    assert (month["negative"], month.all) in {(1, 1), (0, 0)}, "yesterday may be last month"
    assert sign_in(aiko).get(at(aiko, "theme", "nonsense")).status_code == 404


def test_what_nobody_is_sure_of_comes_first(aiko: Membership, sign_in: SignIn, said: Said) -> None:
    said("Surely bad", "negative")
    said("Who knows", "unsure", at=timezone.now() - timedelta(days=20))
    page = seen(sign_in(aiko), at(aiko, "readings"))
    assert page.index("Who knows") < page.index("Surely bad")


def test_one_click_sets_it_right(ben: Membership, sign_in: SignIn, said: Said) -> None:
    row = said("Who knows", "unsure", "speed")
    client = sign_in(ben)
    answer = client.post(at(ben, "feeling", row.pk) + "?days=30&page=2", {"feeling": "positive"})
    assert answer.headers["Location"] == at(ben, "readings") + "?days=30&page=2"
    part = client.post(at(ben, "about", row.pk), {"theme": ["price", "bugs"]}, headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith(f'<li id="reading-{row.pk}">')
    row.refresh_from_db()
    assert (row.sentiment, row.themes) == ("positive", ["price", "bugs"])
    assert client.post(at(ben, "about", row.pk), {"theme": ["nonsense"]}).status_code == 404
    client.post(at(ben, "feeling", row.pk), {"feeling": "furious"})
    row.refresh_from_db()
    assert row.sentiment == "positive"


def test_a_viewer_may_look_and_not_touch(member: Callable[[str], Membership], sign_in: SignIn, said: Said) -> None:
    row, viewer = said("Who knows", "unsure"), member("viewer")
    client = sign_in(viewer)
    assert "They meant:" not in seen(client, at(viewer, "readings"))
    assert client.post(at(viewer, "feeling", row.pk), {"feeling": "positive"}).status_code == 403


def test_missing_features_are_weighed(workspace: Workspace, said: Said, customer: Customer) -> None:
    big = customer("Big", revenue_minor=900_000)
    gone = [customer(f"Gone {n}", here=False) for n in range(2)]
    said("Please export to Excel", "neutral", "missing_feature", "reporting", account=big)
    said("We want dark mode", "neutral", request="Dark mode", kind="ticket")
    for each in gone:
        said("Dark mode or we leave", "negative", "missing_feature", request="Dark mode", account=each)
    by_revenue = features(workspace, Wanted(), "revenue")
    assert [(each.request, each.theme) for each in by_revenue] == [("", "reporting"), ("Dark mode", "")]
    by_leaving = features(workspace, Wanted(), "left")
    assert [(each.request, each.texts, each.who.left, each.who.revenue_minor) for each in by_leaving] == [
        ("Dark mode", 3, 2, 90_000), ("", 1, 0, 900_000),
    ]  # fmt: skip


def test_counting_asks_few_questions(
    aiko: Membership, sign_in: SignIn, said: Said, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for each in range(40):
        said(f"Slow {each}", "unsure", "speed", "price")
    client = sign_in(aiko)
    for view, more in (("themes", ()), ("theme", ("speed",)), ("readings", ()), ("features", ())):
        with django_assert_max_num_queries(16):  # type: ignore[attr-defined]
            client.get(at(aiko, view, *more))


def test_mentions_are_those_of_the_readings(said: Said) -> None:
    said("Slow", "negative", "speed", "price")
    pairs = {(row.pk, theme) for row in Reading.everywhere.all() for theme in row.themes}
    assert set(Mention.everywhere.values_list("reading", "theme")) == pairs
