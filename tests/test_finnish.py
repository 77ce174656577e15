"""The messages of the interface keep the rules of its Finnish: number, case, commas, one word a thing."""

import re

import pytest

from tests.support.messages import Message, all_messages

FILLED = r"(?:%\(\w+\)[sd]|%[sd])"
# Nouns of what is counted, as they stand after a number of more than one.
COUNTED = (
    "asiaa|ehdotusta|erää|hakemusta|hanketta|havaintoa|henkilöä|huomautusta|indikaattoria|"
    "jäsentä|kertaa|kilometriä|kohtaa|kokeilua|kokousta|kuntaa|kuukautta|laskua|liitettä|"
    "lukua|lähdettä|merkkiä|minuuttia|muuta|muutosta|osaa|osahanketta|osallistujaa|palstaa|"
    "pykälää|pistettä|päivää|päätöstä|riviä|ryhmää|saraketta|sekuntia|sivua|suunnitelmaa|"
    "taulukkoa|tarkistusta|tiedostoa|toteuttajaa|tuntia|tuotetta|valtuutusta|varoitusta|"
    "versiota|vierasta|viikkoa|virhettä|vuotta|yritystä"
)

# There, the number is never one, or the noun is in the partitive also after one.
ALWAYS_MANY = {
    # Limits of our own.
    "PDF:ssä on yli %s sivua. Tallenna siitä vain päätöksen sivut.",
    "Asiakirja on liian suuri: enintään %(pages)s sivua ja %(seconds)s sekuntia. "
    "Lyhennä tekstejä tai jaa asiakirja osiin.",
    "Taulukossa ”%(name)s” on yli %(most)s riviä. Jätä siihen vain tuotavat rivit.",
    "Taulukossa ”%(name)s” on yli %(most)s saraketta. Jätä siihen vain tuotavat sarakkeet.",
    "Luettelossa on yli %s riviä. Tuo se osissa.",
    "Luettiin ”%(read)s”. Teksti on liian pitkä: enintään %(most)s merkkiä.",
    "Enintään 2 Mt, %(most)s yritystä ja 40 saraketta; ei makroja eikä salasanaa.",
    # More than such a limit.
    "Tiedostossa on %(pages)s sivua. Sivuja voi olla enintään 1 000.",
    "Kohdassa ”%(label)s” on %(show_value)s merkkiä. Lyhennä se enintään %(limit_value)s merkkiin.",
    "Kirjoita enintään %(limit_value)s merkkiä. Tekstissä on %(show_value)s merkkiä.",
    "Luettiin %(show_value)s merkkiä. Niitä saa olla enintään %(limit_value)s.",
    "Tekstissä on %(number)s merkkiä. Yhden asian päätöksessä niitä on enintään %(most)s.",
    # Without a range there is one number.
    "Tekstissä on vaihteluväli, %(first)s–%(last)s yritystä. Kirjoita tavoite, kun se on päätetty.",
    # The same number of one has a sentence of its own.
    "Toteutus alkoi %(days)s päivää ennen rahoituspäätöstä.",
    "Toteutus alkoi %(days)s päivää ennen rahoituspäätöksiä.",
    "%(number)s lähdettä täsmää.",
    "%(number)s muutosta",
    # How many of how many.
    "%(held)s / %(due)s kuukautta",
    "%(done)s / %(checks)s tarkistusta",
    "%(done)s / %(checks)s tarkistusta tehty",
}
# A word that the guide retires: what is said instead. A pattern is a whole word.
RETIRED = {
    r"budjet(?!in ylläpitäj)(?:ti|in|teja|teista|ista)": "suunnitelma, hankebudjetti",
    r"valtuutettu\w*": "valtuutus",
    r"(?:ylä)?raja(?:n|t|ksi)?|katto|katon": "enimmäismäärä",
    r"ero kustannuksiin|rahoitus miinus kustannukset": "Rahoitus – kustannukset",
    r"vero jää kuluksi|vero jää kaupungin maksettavaksi": "jää kustannukseksi",
    r"mistä lasku on|mistä on kyse": "laskun aihe",
    r"mihin lasku kuuluu": "kustannuksen kohde",
    r"mistä maksetaan": "rahan lähde",
    r"kenen kustannus": "kustannuksen omistaja",
    r"painaa|painettu\w*|painettiin|painanut|painettaessa|paineta": "tulostaa",
    r"asiaviite\w*|asianro": "asianumero",
    r"virka-asema\w*": "virkanimike",
    r"kesto": "toteutusaika",
    r"esittelyaineisto\w*|esittelyluku\w*|\(esittely\)": "esimerkki",
    r"murupolut": "murupolku",
    r"siirry pääsisältöön": "Siirry sisältöön",
    r"erilleen jätet\w*": "hakematta jätetty",
    r"rahat|rahojen|rahoihin|rahoista|rahaa ja aikaa": "kustannukset, rahoitus",
    r"virheellinen\w*": "what was read and what would be right",
    r"kun sivu oli auki": "sivun avaamisen jälkeen",
    r"osoite, jossa palvellaan": "palvelimen osoite",
    r"on jo jotain|aja(?:kaa)? ensin": "tietoja; suorita",
    r"megatavua": "Mt",
    r"nettotyöpaik\w*": "työpaikkojen nettolisäys",
}
# Where the word has another meaning.
OTHER_SENSE = {
    # A limit of a law.
    "Esimerkiksi taustatilasto, hinta tai lain raja.",
}


def named(messages: list[Message]) -> list[str]:
    return [f"{message.place}: {message.forms[0]}" for message in messages]


def with_match(
    pattern: str, *, but: set[str] = frozenset(), flags: int = 0, also_counted: bool = True
) -> list[str]:
    found = re.compile(pattern, flags)
    return named(
        [
            message
            for message in all_messages()
            if (also_counted or not message.is_counted)
            and not but.intersection(message.forms)
            and any(found.search(form) for form in message.forms)
        ]
    )


def test_messages_are_found_in_code_and_templates():
    places = {message.place.split("/")[0] for message in all_messages()}

    assert places == {"mikrogrow", "projects", "financing", "groups", "templates"}
    assert len(all_messages()) > 4000
    assert sum(message.is_counted for message in all_messages()) > 80


def test_the_euro_sign_is_not_inflected():
    assert with_match(r"€:?[a-zåäö]|€:") == []


def test_no_sign_or_number_that_is_filled_in_is_inflected_with_a_colon():
    assert with_match(rf"{FILLED}:[a-zåäö]+\b") == []


def test_a_clause_before_ennen_kuin_has_its_comma():
    assert with_match(r"(?<=[^,.:;(] )ennen kuin|[^,.:;( ]\nennen kuin") == []


def test_a_clause_after_a_comparison_has_its_comma():
    """With a verb of its own; "sama kuin tavoite" has none."""
    assert with_match(r"sellai\w+ kuin\b|enemmän kuin (?:ne|niiden)\b") == []


def test_thousands_are_parted():
    assert with_match(r"(?<![\d.,:/-])[1-9]\d{3,} (?:merkkiä|riviä|sivua|euroa|€)") == []


def test_a_name_of_one_word_is_joined_to_its_noun():
    assert with_match(r"(?:^|[(”.:,] ?|[a-zåäö] )[A-ZÅÄÖ]\w* -[a-zåäö]") == []


def test_no_name_that_is_filled_in_is_followed_by_a_joined_noun():
    """How it is joined, depends on the name: `mikrogrow/values/finnish/names.py` knows."""
    assert with_match(rf"{FILLED} ?-[a-zåäö]") == []


def test_what_is_counted_has_a_singular():
    """Else one year would be "1 vuotta"."""
    found = with_match(rf"{FILLED}[ \u00a0](?:{COUNTED})\b", but=ALWAYS_MANY, also_counted=False)

    assert found == []


def test_what_never_needs_a_singular_is_still_said():
    forms = {form for message in all_messages() for form in message.forms}

    assert forms >= ALWAYS_MANY | OTHER_SENSE


def test_a_list_that_may_have_one_member_has_a_singular():
    """Not "vuosia: 2019"."""
    nouns = "vuosia|vuosien|vuosille|vuosina|vuosilta|rivejä|ryhmiä|hankkeita|lähteitä|hyväksyjiä|kuntia"

    assert with_match(rf"\b(?:{nouns}):? {FILLED}(?! ja )(?![–-])", also_counted=False) == []


@pytest.mark.parametrize("word", RETIRED)
def test_a_word_that_the_guide_retires_is_not_said(word):
    found = with_match(rf"(?<![\w-])(?:{word})(?![\w-])", but=OTHER_SENSE, flags=re.IGNORECASE)

    assert found == [], f"Say: {RETIRED[word]}"


def test_quotes_are_finnish():
    assert with_match(r'(?<!=)"[^"<>]*"(?![>\w])|“|‘') == []


def test_singular_and_plural_fill_in_the_same():
    def filled(form: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)", form))

    different = [
        message
        for message in all_messages()
        if message.is_counted and filled(message.forms[0]) - filled(message.forms[1])
    ]
    assert named(different) == []


def test_one_is_said_in_the_singular():
    # What is not done, is in the partitive whatever its number.
    denied = "%(number)s tarkistusta ei voida tehdä"
    counted = [message for message in all_messages() if message.is_counted and denied not in message.forms]
    partitive = re.compile(rf"(?:{FILLED}|\b1)[ \u00a0](?:{COUNTED})\b")

    assert named([message for message in counted if partitive.search(message.forms[0])]) == []
