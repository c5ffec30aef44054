"""Alarms, verdicts and drift in the reader's language: what the proof wrote in English, said again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sabai.language.catalogues import SOURCE, gettext_noop
from sabai.language.language import Language
from sabai.proof.alarms.alarm import Alarm
from sabai.report.said_again import said_again
from sabai.report.sheet import apart

ALARMS = (
    gettext_noop("Shuffled labels were not tried: too few accounts left."),
    gettext_noop(
        "As chance would, weights learned on labels shuffled within each month have a mean AUC of %(mean)s over "
        "%(refits)s refits."
    ),
    gettext_noop(
        "There is nothing to learn, and yet weights learned on labels shuffled within each month have a mean AUC of "
        "%(mean)s over %(refits)s refits, where chance gives .5."
    ),
    gettext_noop("Rows that weights learn from are judged again: look at the split, and for accounts under two ids."),
    gettext_noop("Later facts were not looked for: nobody was a customer at any date."),
    gettext_noop("Later facts were not looked for: %(why)s"),
    gettext_noop("Later facts change nothing: %(numbers)s numbers measured on %(date)s are the same bits."),
    gettext_noop("Later facts change what was measured on %(date)s: %(changed)s of %(numbers)s numbers, in %(names)s."),
    gettext_noop(
        "A filter may read a date or a mark that was filled in later: count from that date instead of filtering on it. "
        "Else it is a fault of the engine; please report it."
    ),
    gettext_noop("Every value that enters the score carries a date, or has a history."),
    gettext_noop("Values that carry no date are read as they stand now, also where the past is judged: %(names)s."),
    gettext_noop(
        "If such a value changes when customers are about to leave, it tells the answer. Land newer exports into a "
        "store, or map a source with its history, and its past is known from then on."
    ),
    gettext_noop("Random rows were not compared with later months: the past is not split in time."),
    gettext_noop("Random rows were not compared with later months: too few accounts left."),
    gettext_noop(
        "Time makes no great difference: weights have AUC %(random)s on rows drawn at random and %(later)s on later "
        "months."
    ),
    gettext_noop(
        "Time makes a difference: weights have AUC %(random)s on rows drawn at random and %(later)s on later months."
    ),
    gettext_noop(
        "Believe the later months. Look for factors that changed their meaning, came into use or were filled in "
        "afterwards: their missingness and drift over time show which."
    ),
    gettext_noop("Single factors were not looked at: too few accounts left where one was known."),
    gettext_noop("No factor alone foretells too well: %(name)s has AUC %(auc)s."),
    gettext_noop("One factor alone says who leaves: %(names)s."),
    gettext_noop(
        "Find out when its value is written down. If that is after the customer decided, leave it out of the factors, "
        "or map the time at which it became known as received_at."
    ),
    gettext_noop("The score was not looked at: too few accounts left where it was known."),
    gettext_noop("The score does not foretell too well: AUC %(auc)s."),
    gettext_noop("The score foretells better than honest scores do: AUC %(auc)s."),
    gettext_noop(
        "Call it a leak until shown otherwise: take out one factor after the other, and see at which it falls."
    ),
    gettext_noop("Nothing that enters the score is made of a column that says who left."),
    gettext_noop("What enters the score is made of columns that say who left: %(names)s."),
    gettext_noop("Leave it out of the factors: what is to be foretold must not foretell itself."),
    gettext_noop("The export has customers who left: %(share)s of all accounts."),
    gettext_noop("Nobody left, and the history is too short or too small to wonder at it."),
    gettext_noop(
        "Those who left are missing from the export: %(lost)s of %(rows)s rows of %(table)s name an account that is "
        "not among the accounts."
    ),
    gettext_noop("Nobody of %(accounts)s accounts left since %(date)s: the export seems to hold the living only."),
    gettext_noop("Export the accounts that have left too, with the day on which they did."),
    gettext_noop("Nobody says when churn was written down, so it is taken to have been known in time."),
    gettext_noop("Churn was written down in time: 95%% of it within %(days)s days after it took effect."),
    gettext_noop(
        "Churn was written down late: 95%% of it within %(days)s days after it took effect, and %(share)s later than "
        "the %(horizon)s days foretold."
    ),
    gettext_noop("A table without dates says everything as it stands now, so there is no past to look into."),
    gettext_noop("A table without dates does not say when churn was written down."),
    gettext_noop("Customers under two ids were not looked for: no account has a name."),
    gettext_noop("No two accounts have the same name."),
    gettext_noop("Pairs of accounts with the same name: %(pairs)s. Nothing else says that any is one customer."),
    gettext_noop("Pairs of accounts that look like one customer under two ids: %(pairs)s, for instance %(names)s."),
    gettext_noop(
        "Map one id to the other with identities; where both are right, name their parent. Until then whoever goes on "
        "under another id counts as one who left."
    ),
    gettext_noop("The last %(days)s days are left out of the proof for it. Write churn down when it is known."),
)

VERDICTS = (
    gettext_noop(
        "Keep yours: 1 account left in the months that judge, which is not enough evidence; it takes %(needed)s."
    ),
    gettext_noop(
        "Keep yours: %(churned)s accounts left in the months that judge, which is not enough evidence; it takes "
        "%(needed)s."
    ),
    gettext_noop("Keep yours: the past supports no weights that could be compared with them."),
    gettext_noop(
        "Adopt: on %(churned)s churned accounts that they never saw, the learned weights put more of them first "
        "(AUC %(gain)s, 95%% interval %(low)s to %(high)s)."
    ),
    gettext_noop(
        "Promising: the learned weights are likely better, but it is not shown (AUC %(gain)s, 95%% interval %(low)s "
        "to %(high)s)."
    ),
    gettext_noop(
        "Keep yours: they foretell better than the learned ones (AUC %(gain)s, 95%% interval %(low)s to %(high)s)."
    ),
    gettext_noop(
        "Keep yours: nothing shows that the learned weights are better (AUC %(gain)s, 95%% interval %(low)s to "
        "%(high)s)."
    ),
    gettext_noop(
        "Keep yours: nothing shows that the learned weights beat a coin (AUC %(auc)s, 95%% interval %(low)s to "
        "%(high)s)."
    ),
    gettext_noop("Learning %(weights)s weights asks for about %(needed)s churned accounts, and there are %(churned)s."),
    gettext_noop(
        "Learning %(weights)s weights asks for about %(needed)s churned accounts, but there are %(churned)s: fewer "
        "factors, or a longer history, would make the weights steadier."
    ),
)

SEGMENTS = gettext_noop("the segments")

DRIFTS = (
    gettext_noop(
        "%(factor)s in %(year)s has shifted, from %(before)s to %(now)s points on average (PSI %(psi)s): keep an eye "
        "on it."
    ),
    gettext_noop(
        "%(factor)s in %(year)s is not what it was, from %(before)s to %(now)s points on average (PSI %(psi)s): see "
        "whether its meaning or source changed."
    ),
)


def alarmed(alarms: Sequence[Alarm], language: Language) -> list[Alarm]:
    """The same alarms in the language.

    >>> from sabai.language.language import speak
    >>> quiet = Alarm("LEAK-06", "The score does not foretell too well: AUC 0.7.", "", 0.7, fired=False)
    >>> alarmed([quiet], speak("ja"))[0].sentence
    'スコアは当たりすぎてはいません: AUC \u20660.7\u2069。'
    """
    return [
        replace(
            alarm,
            sentence=said_again(_with_its_list(alarm, language), ALARMS, language),
            what_to_do=said_again(alarm.what_to_do, ALARMS, language),
        )
        for alarm in alarms
    ]


def _with_its_list(alarm: Alarm, language: Language) -> str:
    """The English sentence, in which names are joined as in the language; each kept from turning around the others."""
    if alarm.names is None or (language.code == SOURCE and language.labels is None):
        return alarm.sentence
    more = [language.gettext("%(count)s more", count=language.show.fixed(alarm.names.more))] if alarm.names.more else []
    listed = language.show.listed([*(_named(name, language) for name in alarm.names.shown), *more])
    return alarm.sentence.replace(str(alarm.names), listed)


def _named(name: str, language: Language) -> str:
    """What enters the score, with the columns that it reads: "seats (subscriptions.seats)"."""
    enters, opens, columns = name.partition(" (")
    said = language.gettext(SEGMENTS) if enters == SEGMENTS else language.called(enters)
    told = f"{said}{opens}{columns}"
    return apart(told, most=len(told))
