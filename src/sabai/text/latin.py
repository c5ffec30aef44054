"""Which language a text in Latin letters is in. English, unless the small words of another are clearly more."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL = {
    "en": "the be to of and a in that have it for not on with he as you do at this but his by from they we say her she "
    "or an will my one all would there their what so up out if about who get which go me when make can like no just "
    "him know take into your good some could them see other than then now look only come its over also back after how "
    "our is was are has had were been i i'm it's don't very great service product works work really love bad app",
    "de": "der die das und ist nicht ein eine ich sie wir mit für auf dem den von zu sich auch aber sehr es bei "
    "war sind wird haben hat kann noch nur wie oder nach aus im gut schlecht mehr keine kein mir uns leider immer",
    "fr": "le la les un une des et est pas que qui dans pour sur avec ce je nous vous il elle ne au aux du très mais "
    "sont par cette mon votre bien c'est j'ai n'est être fait tout bon mauvais trop aussi",
    "es": "el la los las un una y es no que de en para con por se lo como más pero su muy mi me al del está son este "
    "esta fue todo hay bien malo bueno también cuando nos gracias tiene",
    "pt": "o os as um uma e é não que de para com por se como mais mas seu muito meu ao do da dos das está são este "
    "esta foi tudo há bem ruim bom também quando nos obrigado tem você",
    "it": "il lo gli un una e è non che di in per con si come più ma molto mio al del della sono questo questa "
    "tutto bene male buono anche quando ci grazie troppo",
    "nl": "de het een en is niet ik wij we met voor op van te zich ook maar zeer er bij was zijn wordt hebben heeft "
    "nog alleen hoe of na uit goed slecht meer geen mij ons helaas altijd erg",
    "id": "yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya kami anda ada bisa sudah sangat lebih "
    "karena tapi atau bagus baik belum kurang cepat lambat",
    "tr": "ve bir bu da de için ile çok ama ben biz siz değil var yok gibi daha olarak iyi kötü ne mi kadar sonra en "
    "hiç teşekkürler",
    "pl": "i w nie na się z do to jest że jak o ale za po co tak bardzo dla od czy już przez są był dobry zły mi nas "
    "tylko też",
    "sv": "och att det som en på är av för med den till inte om ett han men var jag vi mycket så från kan bra dålig "
    "också när",
    "vi": "và là của có không được cho một những này rất tôi chúng với các để trong khi đã sẽ tốt nhưng nhiều người",
}  # fmt: skip
_OWN = {
    "de": "ß",
    "es": "¿¡ñ",
    "pt": "ãõ",
    "tr": "ğış",
    "pl": "łąęśżź",
    "vi": "ăđơưạảấầẩậắằặẹẻẽếềểệỉịọỏốồổộớờởợụủứừửựỳỵỷỹ",
    "fr": "œ",
}
"""Letters that hardly another language here has; each counts as a word."""


def latin_language(text: str) -> str:
    """The code of the language whose small words stand in the text most; English in doubt, also where only a name
    stands.

    >>> latin_language("Die Rechnung ist falsch und der Support antwortet nicht"), latin_language("ok thx")
    ('de', 'en')
    """
    lower = text.lower()
    votes: Counter[str] = Counter()
    for word in set(_WORD.findall(lower)):
        votes.update(_languages_of(word))
    for code, letters in _OWN.items():
        votes[code] += sum(lower.count(letter) for letter in letters)
    if not votes:
        return "en"
    most = max(votes, key=lambda code: (votes[code], code == "en"))
    return most if most == "en" or votes[most] >= max(2, 1.5 * votes["en"]) else "en"


@cache
def _small_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, words in _SMALL.items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), code)
    return found


def _languages_of(word: str) -> tuple[str, ...]:
    return _small_words().get(word.replace("’", "'"), ())
