"""What the issue says that a viewer sees of the first project, figure by figure."""

import re

import pytest
from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Invoice
from groups.models import Meeting
from projects.models import Project
from tests.support.addresses import HTML_PAGES, OF_GROUPS, address_of
from tests.support.demonstration import put_demonstration
from tests.support.factories import make_user
from tests.support.pages import Page, links_on, words_on

pytestmark = pytest.mark.django_db

# By the page's name; in every text _ is a no-break space.
HEADINGS = {
    "project": [
        "MikroGrow",
        "Kaupunki vastaa 24_162_eurosta, valtuutus on 2_991_euroa",
        "Aikaa on kulunut 56,0_%, jäljellä 442 päivää",
        "Osahankkeelle on suunniteltu 59_953_€, toteuma 34_850_€",
        "4 ryhmää, yritystavoite 120",
        "Seuraavat välietapit",
        "Täsmäytyksen virheet",
        "Perustiedot",
        "Tavoitteet",
        "Lisäarvo",
        "Kokeilun vaiheet",
        "Muutokset",
    ],
    "financing": [
        "Rahoitus",
        "Rahoitus lähteittäin Osahanke, Kuopio",
        "Kustannukset vuosittain Osahanke, Kuopio",
        "Koko hankkeen osuudet noin_651_200_€",
        "Yhteiset kustannukset osahankkeen ulkopuolella, €",
        "Valtuutus enintään, €",
        "Kaupunki vastaa 24_162_eurosta, valtuutus on 2_991_euroa",
    ],
    "plan_comparison": [
        "Versioiden vertailu",
        "Versiossa 2 rahoitus pienenee 2_€: 59_955_€ → 59_953_€",
        "Rahoitus lähteittäin",
        "Kustannukset vuosittain",
    ],
    "invoice": [
        "Lasku E-2018-1, Päätoteuttaja (keksitty lasku)",
        "Lasku",
        "Summat €",
        "Käsittely",
        "1 asia vaatii selityksen €",
        "Seuraava vaihe",
    ],
    "spending": [
        "Suunnitelma, toteuma ja ennuste",
        "Suunnitelmasta on toteutunut 58,1_%, ajasta on kulunut 56,0_%",
        "Kustannukset lajeittain, €",
        "Kokonaisvastuu on 24_162_€, siitä laskutettu 7_328,43_€",
        "Valtuutukset ja määrärahat, €",
        "Rahoitus lähteittäin ja vuosittain",
        "Ennusteen muutokset",
        "Kaupunki on maksanut muiden puolesta 6_972,73_€",
    ],
    "reconciliation": [
        "Täsmäytys",
        "9 havaintoa",
        "Rahoituslähteet 59_955_€ – kustannukset 59_953_€ = 2_€ liikaa.",
        "Osuudet 105,0_% – 100,0_% = 5,0 prosenttiyksikköä liikaa.",
        "Kokonaisvastuu 24_162_€ – valtuutus 2_991_€ = 21_171_€ valtuutuksen ulkopuolella.",
        "Pohjois-Savon kehittämisrahasto on laskettu kahteen lähdeluokkaan.",
        "Kaupunginhallitus §_13, Rahoitus, ristiriita: Osuudet ovat yhteensä 105_%, ei 100_%.",
        "Kaupunginhallitus §_13, Rahoitus, ristiriita (2): "
        "Kustannukset ovat 59_953_€, mutta rahoitus on 59_955_€.",
        "Kaupunginhallitus §_13, Esitys, ristiriita: "
        "Enimmäismäärä on 2_991_€, mutta sen pitäisi kattaa 24_162_€.",
        "Toteutus alkoi 34 ja 58 päivää ennen rahoituspäätöksiä.",
        "Ei tiedossa: kokouspäivä, EURA-koodi, rahoituslähteet vuosittain, yhteiset kustannukset vuosittain.",
        "23 tarkistusta täsmää",
        "7 tarkistusta ei voida tehdä",
    ],
}
LIABILITY_BAR = (
    "Kokonaisvastuu palkkina: valtuutus on enintään 2_991_€, sen ulkopuolella on 21_171_€. "
    "Omarahoitus 2_991. Savogrow 11_954. Oulun yliopisto 9_217. Samat luvut ovat taulukkona. "
    "Omarahoitus 2_991 Savogrow 11_954 Oulun yliopisto 9_217 21_171_€ valtuutuksen ulkopuolella "
    "Valtuutus enintään 2_991_€"
)
USED_BARS = (
    "Toteutuneet ja suunnitellut kustannukset vuosittain palkkeina. "
    "2017: toteuma 18_200_€, suunniteltu 24_095_€. 2018: toteuma 16_650_€, suunniteltu 22_252_€. "
    "2019: toteuma 0_€, suunniteltu 13_606_€. "
    "2017 18_200_€ / 24_095_€ 2018 16_650_€ / 22_252_€ 2019 0_€ / 13_606_€"
)
# All texts of a class.
TEXTS = {
    "project": {
        "lead": [
            "Pohjois-Savon mikroyritykset kasvuun. "
            "Kaupunki on osatoteuttaja, päätoteuttaja on Kehittämisyhtiö Savogrow Oy. "
            "Toteutusaika 1.4.2017–31.12.2019 . Käynnissä"
        ],
        "chart": [
            LIABILITY_BAR,
            "Toteutusaika janana. Alusta 58 päivää omalla riskillä. "
            "Omalla riskillä 58 pv 15.10.2018 2017 2018 2019",
            USED_BARS,
        ],
    },
    "financing": {
        "note": ["Osahankkeen luvut puuttuvat: Savogrow, Oulun yliopisto."],
        "chart": [
            "Suunnitellut kustannukset vuosittain palkkeina. "
            "2017: 24_095_€. 2018: 22_252_€. 2019: 13_606_€. "
            "2017 24_095_€ 2018 22_252_€ 2019 13_606_€",
            LIABILITY_BAR,
        ],
    },
    "history": {
        "lead": [
            "Jokainen hankkeen tietojen muutos: kuka muutti, milloin, mitä ja mikä arvo oli ennen. "
            "Historiaa ei voi muuttaa eikä poistaa."
        ],
    },
    "claims": {
        "more": [
            "✓ Täsmää Maksatuskaudet jatkuvat katkotta hankkeen alusta: 1.4.2017–30.6.2018. "
            "Katso tarkistus R15"
        ],
    },
    "spending": {"chart": [USED_BARS]},
    "reconciliation": {
        "lead": [
            "Virheitä 3, varoituksia 4, huomautuksia 2. "
            "Mitään lukua ei korjata puolestasi: ero selitetään tai tieto oikaistaan."
        ],
    },
    "groups": {
        "lead": [
            "30.9.2018 mennessä 72 kokoontumisesta 61 on pidetty, 5 peruttu ja 6 pitämättä.",
            "1 toteutettu: 22 · 2 arvioitu: 17 · 3 oppi käytetty seuraavassa: 8 · 4 levitetty: 5",
        ]
    },
}
# All items of the lists under a heading.
ITEMS = {
    "project": {
        "Täsmäytyksen virheet": [
            "■ Virhe Rahoituslähteet 59_955_€ – kustannukset 59_953_€ = 2_€ liikaa.",
            "■ Virhe Osuudet 105,0_% – 100,0_% = 5,0 prosenttiyksikköä liikaa.",
            "■ Virhe Kokonaisvastuu 24_162_€ – valtuutus 2_991_€ = 21_171_€ valtuutuksen ulkopuolella.",
            "▲ Varoitus Pohjois-Savon kehittämisrahasto on laskettu kahteen lähdeluokkaan.",
            "▲ Varoitus Kaupunginhallitus §_13, Rahoitus, ristiriita: Osuudet ovat yhteensä 105_%, ei 100_%.",
            "▲ Varoitus Kaupunginhallitus §_13, Rahoitus, ristiriita (2): "
            "Kustannukset ovat 59_953_€, mutta rahoitus on 59_955_€.",
            "▲ Varoitus Kaupunginhallitus §_13, Esitys, ristiriita: "
            "Enimmäismäärä on 2_991_€, mutta sen pitäisi kattaa 24_162_€.",
            "○ Huomautus Toteutus alkoi 34 ja 58 päivää ennen rahoituspäätöksiä.",
            "○ Huomautus Ei tiedossa: kokouspäivä, EURA-koodi, rahoituslähteet vuosittain, "
            "yhteiset kustannukset vuosittain.",
        ],
    },
    "decision": {
        "Rahoitus": [
            # Figures that are marked in the text stand apart from its signs for who only reads the words.
            "EAKR‑ ja valtion rahoitus sekä kehittämisrahasto: 80_% Luku, joka ei täsmää: 1",
            "kunnat: 18,9_%",
            "muu julkinen rahoitus, Oulun yliopisto: 0,6_%",
            "yritykset eli yksityinen rahoitus: 5,5_%",
            "EAKR‑ ja valtion rahoitus: 44_966_euroa ( 75_% )",
            "Pohjois‑Savon kehittämisrahasto: 2_998_euroa ( 5_% )",
            "kaupungin omarahoitus: 2_991_euroa ( 5_% )",
            "yksityinen rahoitus: 9_000_euroa",
        ],
    },
}
# Whole sentences of the text under a heading.
SENTENCES = {
    "project": {
        "Aikaa on kulunut 56,0_%, jäljellä 442 päivää": [
            "Tilanne 15.10.2018 Toteutusaika 1.4.2017–31.12.2019, 1_005 päivää."
        ],
    },
    "decision": {
        "Hanke": [
            "Toteutusaika on 1.4.2017–31.12.2019.",
            "Pohjois‑Savon liitto teki hankkeesta myönteiset rahoituspäätökset 5.5.2017 ja 29.5.2017, "
            "ja ne koskevat vuosia 2017–2019.",
        ],
        "Rahoitus": [
            "Koko hankkeen kustannukset ovat noin 651_200_euroa.",
            "Kaupungin osahankkeen kustannusarvio on 59_953_euroa, ja se rahoitetaan näin:",
            "Vuoden 2017 osuus kustannuksista on 24_095_euroa, vuoden 2018 osuus 22_252_euroa "
            "ja vuoden 2019 osuus 13_606_euroa.",
            "Lisäksi kaupunki maksaa hankkeen yhteisiä kustannuksia vuosina 2017–2019: "
            "Savogrow laskuttaa omasta työstään 11_954_euroa ja Oulun yliopiston työstä 9_217_euroa.",
        ],
        "Esitys": [
            "Elinkeinojohtaja esittää, että kaupunki osallistuu MikroGrow‑hankkeeseen osatoteuttajana "
            "ja varaa siihen omarahoitusta vuosille 2017–2019 enintään 2_991_euroa.",
        ],
        "Päätösehdotus": [
            "Vs._kaupunginjohtaja Jarmo Pirhonen Kaupunginhallitus päättää, että Kuopion kaupunki osallistuu "
            "Pohjois‑Savon mikroyritykset kasvuun (MikroGrow)_‑hankkeeseen osatoteuttajana elinkeinojohtajan "
            "esityksen mukaisesti.",
            "Kaupungin omarahoitus vuosina 2017–2019 on enintään 2_991_euroa.",
        ],
    },
}
# Rows of tables, by the table's name.
ROWS = {
    "project": {
        "Rahoituspäätökset": [
            "Pohjois-Savon liitto | 5.5.2017 | 2017–2019 | 34 päivää",
            "Pohjois-Savon liitto | 29.5.2017 | 2017–2019 | 58 päivää",
        ],
        "Kokonaisvastuu suunnitelman mukaan, €": [
            "Omarahoitus | 2_991",
            "Yhteiset kustannukset, Savogrow, oma työ | 11_954",
            "Yhteiset kustannukset, Oulun yliopisto (laskuttaa Savogrow) | 9_217",
            "Kokonaisvastuu | 24_162",
            "Valtuutukset, enintään | 2_991",
            "Valtuutuksen ulkopuolella | 21_171",
        ],
        "Kustannukset vuosittain": [
            "2017 | 24_095 | 18_200 | 75,5_% | 5_895",
            "2018 | 22_252 | 16_650 | 74,8_% | 5_602",
            "2019 | 13_606 | 0 | 0,0_% | 13_606",
            "Yhteensä | 59_953 | 34_850 | 58,1_% | 25_103",
        ],
    },
    "financing": {
        "Rahoitus lähteittäin: Osahanke, Kuopio": [
            "EAKR- ja valtion rahoitus | 44_966 | 75_% | 75,00_% | 0,00 | UNKNOWN | UNKNOWN | UNKNOWN",
            "Pohjois-Savon kehittämisrahasto | 2_998 | 5_% | 5,00_% | 0,00 | UNKNOWN | UNKNOWN | UNKNOWN",
            "Kuopion kaupungin omarahoitus | 2_991 | 5_% | 4,99_% | +0,01 | UNKNOWN | UNKNOWN | UNKNOWN",
            "Yritysten rahoitus | 9_000 | ei ilmoitettu | 15,01_% | ei ilmoitettu "
            "| UNKNOWN | UNKNOWN | UNKNOWN",
            "Rahoitus yhteensä | 59_955 | 85_% 1 ei ilmoitettu | 100,00_% |  | UNKNOWN | UNKNOWN | UNKNOWN",
            "Kustannukset, ilmoitettu | 59_953 |  |  |  |  |  | ",
            "Kustannukset, rivien summa | 59_953 |  |  |  | 24_095 | 22_252 | 13_606",
            "Rahoitus – kustannukset | +2 |  |  |  | UNKNOWN | UNKNOWN | UNKNOWN",
        ],
        "Koko hankkeen osuudet": ["Yhteensä | 105,0_% | 100,0_%", "Liikaa | +5,0_%-yks. | 0,0_%-yks."],
        "Yhteiset kustannukset": [
            "Savogrow | Savogrow, oma työ | UNKNOWN | 11_954",
            "Savogrow | Oulun yliopisto | UNKNOWN | 9_217",
        ],
        "Valtuutukset": ["Yhteensä enintään | 2_991"],
        "Kokonaisvastuu suunnitelman mukaan, €": [
            "Kokonaisvastuu | 24_162",
            "Valtuutukset, enintään | 2_991",
            "Valtuutuksen ulkopuolella | 21_171",
        ],
    },
    "plan_versions": {
        "Versiot: Osahanke, Kuopio": [
            "2 luonnos | 59_953 | 59_953 | 0 "
            "| Avustus on 75_% kustannuksista alaspäin pyöristettynä, 44_964_€. "
            "Silloin lähteet ja kustannukset täsmäävät; rahoittajalta on varmistettava, "
            "onko näin tarkoitettu. | ei vielä | Vertaa versioon 1 versiota 2, Osahanke, Kuopio",
        ],
    },
    "plan_comparison": {
        "Taulukko: Rahoitus lähteittäin": [
            "EAKR- ja valtion rahoitus | 44_966 | 44_964 | −2 | 75_% | 75_% | 0"
        ],
    },
    "claims": {
        "Maksatushakemukset": [
            "Hakemus 1 esimerkkiluku | 1.4.2017–31.12.2017 | maksettu | 17_900 | 17_500 | 400 | 16_400",
            "Hakemus 2 esimerkkiluku | 1.1.2018–30.6.2018 | lähetetty | 16_950 | ei päätetty | ei päätetty "
            "| ei vielä",
        ],
        "Haettu kustannuslajeittain": [
            "Nettokustannukset | 59_953 | 17_900 | 16_950 | 34_850 | 58,1_% | 25_103",
        ],
        "Haettu rahoituslähteittäin": [
            "EAKR- ja valtion rahoitus | 44_966 | 13_425 | 12_712 | 26_137 | 58,1_% | 18_829 | ei vielä",
        ],
        "Hakematta jätetyt kustannukset": [
            "Hakemus 1 | Ostopalvelut | Esitteen laskun erittely puuttui. | Hakemus 2 | 300",
        ],
    },
    "invoices": {
        "Laskuluettelo": [
            "Esimerkki Viestintä Oy (keksitty) E-118 esimerkkiluku | 4.6.2018 | 25.6.2018 "
            "| ostopalvelut Esitteet ja verkkosivut | 2018 | 950 | 228 | 1_178 | 950 | hylätty",
            "Palkkakirjaus (keksitty) P-2017 esimerkkiluku | 31.12.2017 | 21.1.2018 "
            "| palkkakustannukset Projektityöntekijän palkat sivukuluineen "
            "| 2017 | 14_000 | 0 | 14_000 | 14_000 | maksettu",
        ],
    },
    "spending": {
        "Kustannukset vuosittain": [
            "2017 | 24_095 | 18_200 | 75,5_% | 5_895",
            "2018 | 22_252 | 16_650 | 74,8_% | 5_602",
            "2019 | 13_606 | 0 | 0,0_% | 13_606",
            "Yhteensä | 59_953 | 34_850 | 58,1_% | 25_103",
        ],
        "Kokonaisvastuu vaiheittain ja vuosittain": [
            "Suunniteltu yhteensä | UNKNOWN | UNKNOWN | UNKNOWN | 24_162 | 24_162",
            "Laskutettu | 907,98 | 6_420,45 | 0 | 0 | 7_328,43",
        ],
        "Valtuutukset ja määrärahat": ["Kaikkien valtuutusten ulkopuolella | 0 | 5_500 | 0 | 0 | −5_500"],
        "Ennusteet päivittäin": [
            "31.8.2018 esimerkkiluku | 59_061 | −892 | Vientikokeilut alkavat myöhemmin kuin suunniteltiin.",
        ],
    },
    "reconciliation": {
        "Täsmäävät tarkistukset": [
            "Ilmoitettu osuus vastaa rahamäärää R03 · Koko hanke "
            "| ✓ Täsmää Yksityinen rahoitus: 4 × 9_000_€ = 36_000_€ on 5,53_% kokonaiskustannuksista, "
            "ilmoitettu 5,5_%. | 5,5_% | 5,53_% | −0,03_%-yks.",
            "Vuosien summa = kustannukset R04 · Osahanke, Kuopio "
            "| ✓ Täsmää Vuodet 24_095_€ + 22_252_€ + 13_606_€ = 59_953_€, sama kuin kustannukset. "
            "| 59_953_€ | 59_953_€ | 0_€",
            "Samat eurot vain yhdessä lähdeluokassa R10 · Osahanke, Kuopio "
            "| ✓ Täsmää Mikään lähde ei ole kahdessa lähdeluokassa. | 0 | 0 | 0",
            "Valtuutus kattaa omarahoituksen R11 · Kaupungin vastuu "
            "| ✓ Täsmää Valtuutus 2_991_€ kattaa omarahoituksen 2_991_€. | 2_991_€ | 2_991_€ | 0_€",
            "Ryhmien tavoitteet yhteensä = hankkeen tavoite R16 · Koko hanke "
            "| ✓ Täsmää Ryhmät 4 × 30 = 120, sama kuin tavoite. | 4_×_30_=_120 | 120 | 0",
        ],
        "Tarkistukset, joita ei voida tehdä": [
            "Osahankkeiden kustannukset = koko hankkeen kustannukset R09 · Koko hanke "
            "| Osahankkeen luvut puuttuvat: Savogrow, Oulun yliopisto.",
        ],
    },
    "decisions": {
        "Päätösluettelo": [
            "TITLE | Kaupunginhallitus §_13 | UNKNOWN | 4834/02.05.02.01/2017 | Päätetty | PDF : TITLE",
        ],
    },
    "decision": {
        "Osahankkeen rahoitus": [
            "Rahoitus yhteensä | 59_955",
            "Kustannukset | 59_953",
            "Rahoitus – kustannukset | +2",
        ],
        "Liiteluettelo": ["2 | 4834/2017 | EURA 2014_‑hakemus", "5 | 4834/2017 | Hankepäätös"],
    },
    "groups": {
        "Yritysryhmät": [
            "Sisä-Savon ryhmä Sisä-Savo | Rautalampi, Suonenjoki, Tervo, Vesanto "
            "| 22 | 30 | 8_puuttuu | 0 | 5 | 12,1 | 1 | 2",
            "Kuopion ryhmä Kuopio | Kuopio, Siilinjärvi | 30 | 30 | täynnä | 2 | 5 | 23,2 | 0 | 1",
            "Yhteensä | 104 | 4_×_30_=_120 |  | 17,8 |  | 2",
            "Hankkeen tavoite |  | 120 | Ryhmät 4 × 30 = 120, sama kuin tavoite.",
        ],
    },
}
# All that description lists say of a name.
FACTS = {
    "project": {
        "Kokonaisvastuu": ["24_162_€", "21_171_€ valtuutuksen ulkopuolella"],
        "Valtuutukset, enintään": ["2_991_€", "Kaupunginhallitus §_13, 2017–2019"],
        "Osahankkeen kustannukset": ["59_953_€", "koko hanke noin_651_200_€"],
        "Aikaa kulunut": ["56,0_%", "jäljellä 442 pv"],
        "Täsmäytys": ["3 virhettä", "17 / 24 tarkistusta tehty", "4 varoitusta, 2 huomautusta"],
        "EURA-koodi": ["UNKNOWN"],
    },
    "reconciliation": {
        "Lähteet yhteensä": ["59_955_€"],
        "Kustannukset": ["59_953_€"],
        "Osuudet yhteensä": ["105,0_%"],
        "Kokonaisvastuu": ["24_162_€"],
        "Valtuutus kattaa": ["2_991_€"],
        "Ulkopuolella": ["+21_171_€"],
        "Pitäisi olla": ["100,0_%", "1", "0"],
        "Ero": ["+2_€", "+5,0_%-yks.", "+1", "−5_%-yks.", "−2_€", "−21_171_€", "34 ja 58 päivää", "+4"],
    },
    "decision": {
        "Kokouspäivä": ["UNKNOWN"],
        "Esityksen tekijä": ["Elinkeinojohtaja Jukka Tapio Pitkänen, Yrityspalvelu"],
    },
}
TITLE = "Osallistuminen Pohjois‑Savon mikroyritykset kasvuun (MikroGrow)_‑hankkeeseen"


@pytest.fixture
def viewer(client):
    put_demonstration()
    client.force_login(make_user(username="katselija"))
    return client


def written_out(text):
    # The title first: it has a no-break space of its own.
    return text.replace("TITLE", TITLE).replace("UNKNOWN", "ei tiedossa").replace("_", "\u00a0")


def lists(wanted):
    return {written_out(name): [written_out(text) for text in texts] for name, texts in wanted.items()}


def missing(page, rows, sentences):
    """The wanted rows that the page's tables do not have, and the wanted sentences that no heading has."""
    not_shown = []
    for name, wanted in lists(rows).items():
        found = [" | ".join(row) for row in page.table(name).rows]
        not_shown += [row for row in wanted if row not in found]
    for heading, wanted in lists(sentences).items():
        said = _whole(page.text_under(heading))
        not_shown += [text for text in wanted if text not in said]
    return not_shown


def _whole(text):
    """Without the numbers and the spaces that marked figures leave among the words."""
    unmarked = re.sub(r" Luku, joka ei täsmää: \d+", "", text)
    return re.sub(r"(?<=\() | (?=[.,;:)])", "", unmarked)


# A draft of a plan has no day, and steps are taken today.
OF_TODAY = {"plan_versions", "plan_comparison", "invoice"}


@pytest.mark.parametrize("page", HTML_PAGES)
def test_a_viewer_sees_the_figures_of_the_first_project(viewer, page):
    project = Project.objects.get(slug="mikrogrow")

    day = {} if page in OF_TODAY else {"on": "2018-10-15"}

    shown = Page(viewer.get(address_of(page, project), day))

    facts, texts, items = (lists(wanted.get(page, {})) for wanted in (FACTS, TEXTS, ITEMS))
    assert {name: shown.facts[name] for name in facts} == facts
    assert {class_name: shown.texts(class_name) for class_name in texts} == texts
    assert {heading: shown.items_under(heading) for heading in items} == items
    assert missing(shown, ROWS.get(page, {}), SENTENCES.get(page, {})) == []
    if page in HEADINGS:
        assert shown.headings == [written_out(heading) for heading in HEADINGS[page]]


def test_a_viewer_sees_where_all_projects_stand(viewer):
    page = Page(viewer.get(reverse("portfolio"), {"on": "2018-10-15"}))

    assert page.facts["Hankkeita"] == ["4", "1 käynnissä, 3 valmistelussa"]
    assert page.facts["Kokonaisvastuu"] == [written_out("54_995_€"), "1 hankkeessa ei tiedossa"]
    assert " | ".join(page.table("Hankeluettelo").rows[0]) == written_out(
        "MikroGrow Pohjois-Savon mikroyritykset kasvuun | Käynnissä | 56,0_% päättyy 31.12.2019 "
        "| 59_953 toteuma 58,1_% | 24_162 valtuutus 2_991 21_171 yli valtuutuksen "
        "| ■ 3 virhettä ▲ 4 varoitusta ○ 2 huomautusta 17 / 24 tarkistusta"
    )


@pytest.mark.parametrize(
    "words", ["Mikrogrow", "Microgrow", "MikroGrow", "SAVO Mikroyrittäjyys", "savogrow 4834"]
)
def test_a_viewer_finds_the_first_project_by_each_spelling(viewer, words):
    rows = viewer.get("/", {"q": words}).context["rows"]

    assert [row.url for row in rows] == ["/projects/mikrogrow/"]


@pytest.mark.parametrize("slug", ["puupolku", "kiertokone", "jarviretki"])
def test_every_page_of_the_invented_projects_works(viewer, slug):
    project = Project.objects.get(slug=slug)
    missing_rows = set() if project.decisions.exists() else {"decision"}
    if not Invoice.objects.of_project(project.pk).filter(status=InvoiceStatus.CHECKED).exists():
        missing_rows.add("invoice")
    groups = project.groups.all()
    if not Meeting.objects.filter(group__in=groups).exists():
        # Only the first project's groups have met and tried anything out.
        missing_rows |= OF_GROUPS.keys() - ({"group"} if groups else set())
    pages = [page for page in HTML_PAGES if page not in missing_rows]

    assert [viewer.get(address_of(page, project)).status_code for page in pages] == [200] * len(pages)


def test_the_banner_says_what_is_invented_and_leads_to_a_day_of_the_project(viewer):
    response = viewer.get("/projects/puupolku/")

    assert "yhteystiedot ja muut hankkeet on keksitty" in words_on(response)
    assert links_on(response, "/projects/mikrogrow/") == ["/projects/mikrogrow/?on=2018-10-15"]


def test_there_is_no_banner_without_the_demonstration(client):
    client.force_login(make_user())

    assert "Esimerkkiaineisto" not in words_on(client.get("/"))
