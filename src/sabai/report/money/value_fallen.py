"""That a model of value could not be used, and what is used instead, said to people who never heard of it."""

from __future__ import annotations

import re

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.sheet import apart

FULL_NAMES = {
    "sbg": "Shifted beta-geometric (sBG)", "bdw": "Beta-discrete-Weibull (BdW)", "bgnbd": "Beta-geometric/NBD (BG/NBD)",
    "pareto": "Pareto/NBD", "gammagamma": "Gamma-Gamma",
}  # fmt: skip
WHY = {
    r".+ ran to the end of what was searched: the data do not tell it": gettext_noop(
        "too little was seen to settle how it should be set"
    ),
    r"the likelihood did not converge": gettext_noop("no best fit was found"),
    r"the likelihood is flat: the data do not tell the parameters apart": gettext_noop(
        "very different settings fit equally well"
    ),
    r"q is at most 1, and then the mean amount of all has no expectation": gettext_noop(
        "single amounts are so large that no mean can be expected"
    ),
    r"nobody or everybody left": gettext_noop("nobody or everybody left"),
}
INSTEAD = {
    "fell back": gettext_noop("A simpler model is used instead."),
    "fell back to bgnbd": gettext_noop("A model that needs less, BG/NBD, is used instead."),
    "fell back to as many purchases a week as so far, marked naive": gettext_noop(
        "Each is taken to buy as often as so far, marked naive."
    ),
    "fell back to the mean amount of each, marked own mean": gettext_noop(
        "Each is taken to spend as much as so far, marked own mean."
    ),
}
_FELL_BACK = re.compile(r"(\w+): (.+); (fell back[^;]*)\.", re.DOTALL)


def fallen(sentence: str, language: Language) -> str | None:
    """The same in plain words and with the model's full name; None where the sentence is about something else.

    >>> from sabai.language.language import speak
    >>> fallen("pareto: the likelihood did not converge; fell back to bgnbd.", speak("en"))[-49:]
    'A model that needs less, BG/NBD, is used instead.'
    """
    found = _FELL_BACK.fullmatch(sentence)
    if not found:
        return None
    model, problem, instead = found.groups()
    why = next((said for written, said in WHY.items() if re.fullmatch(written, problem)), None)
    if why is None or instead not in INSTEAD:
        return None
    named = apart(FULL_NAMES.get(model, model), most=40)
    because = language.gettext("%(model)s could not be used: %(why)s.", model=named, why=language.gettext(why))
    return f"{because} {language.gettext(INSTEAD[instead])}"
