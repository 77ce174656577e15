"""Numbers in words, in the cases of Finnish that papers have them in: kaksituhatta yhdeksänsataa."""

import re

# Nominative, genitive, partitive, inessive, elative, illative, adessive, allative. "Yhdessä" says together.
_FORMS = {
    1: "yksi yhden - - yhdestä - - yhdelle",
    2: "kaksi kahden kahta kahdessa kahdesta kahteen kahdella kahdelle",
    3: "kolme kolmen kolmea kolmessa kolmesta kolmeen kolmella kolmelle",
    4: "neljä neljän neljää neljässä neljästä neljään neljällä neljälle",
    5: "viisi viiden viittä viidessä viidestä viiteen viidellä viidelle",
    6: "kuusi kuuden kuutta kuudessa kuudesta kuuteen kuudella kuudelle",
    7: "seitsemän seitsemän seitsemää seitsemässä seitsemästä seitsemään seitsemällä seitsemälle",
    8: "kahdeksan kahdeksan kahdeksaa kahdeksassa kahdeksasta kahdeksaan kahdeksalla kahdeksalle",
    9: "yhdeksän yhdeksän yhdeksää yhdeksässä yhdeksästä yhdeksään yhdeksällä yhdeksälle",
}
_TEN = [
    *("kymmenen", "kymmenen", "kymmentä", "kymmenessä"),
    *("kymmenestä", "kymmeneen", "kymmenellä", "kymmenelle"),
]
_TENS = ["kymmentä", *_TEN[1:]]
# A number of them, and one alone; the larger size first.
_SIZES = (
    (10**6, re.compile(r"miljoona(?:a|n|ssa|sta|an|lla|lle)?")),
    (1000, re.compile(r"tuha(?:tta|t|nnen|nnessa|nnesta|nteen|nnella|nnelle)")),
    (100, re.compile(r"sa(?:taa|ta|dan|dassa|dasta|taan|dalla|dalle)")),
)
# Only of more than one of them: "viisi tuhatta" has no number before it.
_OF_MANY = {"miljoonaa", "tuhatta"}


def _words() -> dict[str, int]:
    ones = {number: forms.split() for number, forms in _FORMS.items()}
    found = {form: number for number, forms in ones.items() for form in forms}
    found |= dict.fromkeys(_TEN, 10)
    for number, forms in ones.items():
        found |= {f"{form}toista": 10 + number for form in forms}
        if number > 1:
            tens = [form + ten for form, ten in zip(forms, _TENS, strict=True)]
            found |= dict.fromkeys(tens, 10 * number)
            for one, endings in ones.items():
                pairs = zip(tens, endings, strict=True)
                found |= {ten + ending: 10 * number + one for ten, ending in pairs}
    return {form: number for form, number in found.items() if "-" not in form}


_BELOW_HUNDRED = _words()


def number_in(words: str) -> int | None:
    """In small letters and without spaces. None if they are no number."""
    if words in _BELOW_HUNDRED:
        return _BELOW_HUNDRED[words]
    for size, pattern in _SIZES:
        if found := pattern.search(words):
            before, after = words[: found.start()], words[found.end() :]
            count = number_in(before) if before else None if found[0] in _OF_MANY else 1
            rest = number_in(after) if after else 0
            # Of "satatuhattasata" each part is smaller than the size before it.
            if count is None or rest is None or count >= 1000 or rest >= size:
                return None
            return count * size + rest
    return None
