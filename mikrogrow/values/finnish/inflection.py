"""Cases of Finnish, and the nouns and numerals that texts count with."""

from dataclasses import dataclass
from enum import StrEnum

from mikrogrow.values.number_words import number_in_words

LARGEST_NUMERAL = 20


class Case(StrEnum):
    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    PARTITIVE = "partitive"
    INESSIVE = "inessive"
    ELATIVE = "elative"
    ILLATIVE = "illative"
    ADESSIVE = "adessive"
    ABLATIVE = "ablative"
    ALLATIVE = "allative"


# With back vowels; front ones follow from the stem.
_ENDINGS = {
    Case.GENITIVE: "n",
    Case.INESSIVE: "ssa",
    Case.ELATIVE: "sta",
    Case.ADESSIVE: "lla",
    Case.ABLATIVE: "lta",
    Case.ALLATIVE: "lle",
}


@dataclass(frozen=True)
class Noun:
    """The forms from which the others follow; `stem` is the genitive without its n."""

    nominative: str
    partitive: str
    stem: str
    illative: str

    def form(self, case: Case) -> str:
        if case is Case.NOMINATIVE:
            return self.nominative
        if case is Case.PARTITIVE:
            return self.partitive
        if case is Case.ILLATIVE:
            return self.illative
        ending = _ENDINGS[case]
        return self.stem + (ending if _has_back_vowels(self.stem) else ending.replace("a", "ä"))


def _has_back_vowels(stem: str) -> bool:
    # The last part of a compound decides; e and i go with either.
    deciding = [sign for sign in stem if sign in "aouäöy"]
    return bool(deciding) and deciding[-1] in "aou"


EURO = Noun("euro", "euroa", "euro", "euroon")
PERCENT = Noun("prosentti", "prosenttia", "prosenti", "prosenttiin")
PERCENTAGE_POINT = Noun("prosenttiyksikkö", "prosenttiyksikköä", "prosenttiyksikö", "prosenttiyksikköön")
COMPANY = Noun("yritys", "yritystä", "yritykse", "yritykseen")
GROUP = Noun("ryhmä", "ryhmää", "ryhmä", "ryhmään")
MEETING = Noun("kokoontuminen", "kokoontumista", "kokoontumise", "kokoontumiseen")
PERSON = Noun("henkilö", "henkilöä", "henkilö", "henkilöön")
MUNICIPALITY = Noun("kunta", "kuntaa", "kunna", "kuntaan")
OBJECTIVE = Noun("tavoite", "tavoitetta", "tavoittee", "tavoitteeseen")
PROJECT = Noun("hanke", "hanketta", "hankkee", "hankkeeseen")

_TEN = Noun("kymmenen", "kymmentä", "kymmene", "kymmeneen")
_NUMERALS = (
    Noun("nolla", "nollaa", "nolla", "nollaan"),
    Noun("yksi", "yhtä", "yhde", "yhteen"),
    Noun("kaksi", "kahta", "kahde", "kahteen"),
    Noun("kolme", "kolmea", "kolme", "kolmeen"),
    Noun("neljä", "neljää", "neljä", "neljään"),
    Noun("viisi", "viittä", "viide", "viiteen"),
    Noun("kuusi", "kuutta", "kuude", "kuuteen"),
    Noun("seitsemän", "seitsemää", "seitsemä", "seitsemään"),
    Noun("kahdeksan", "kahdeksaa", "kahdeksa", "kahdeksaan"),
    Noun("yhdeksän", "yhdeksää", "yhdeksä", "yhdeksään"),
    _TEN,
)


def numeral(number: int, case: Case = Case.NOMINATIVE) -> str:
    """Raises ValueError for what is not from 0 to LARGEST_NUMERAL."""
    if not 0 <= number <= LARGEST_NUMERAL:
        raise ValueError(number)
    if case is Case.NOMINATIVE:
        return number_in_words(number)
    tens, units = divmod(number, 10)
    if number == LARGEST_NUMERAL:
        return _NUMERALS[tens].form(case) + _TEN.form(case)
    return f"{_NUMERALS[units].form(case)}toista" if number > 10 else _NUMERALS[number].form(case)
