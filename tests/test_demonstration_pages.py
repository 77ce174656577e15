"""What the issue says that a viewer sees of the first project, figure by figure."""

import pytest
from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Invoice
from projects.models import Project
from tests.support.addresses import HTML_PAGES, address_of
from tests.support.demonstration import put_demonstration
from tests.support.factories import make_user
from tests.support.pages import Page, links_on, words_on

pytestmark = pytest.mark.django_db

# The page or pages where each figure stands. N is a no-break space.
SHOWN = {
    "project": [
        "Tilanne 15.10.2018",
        "59N953N€",
        "2N991N€",
        "24N162N€",
        "21N171N€",
        "24N095N€",
        "22N252N€",
        "13N606N€",
        "11N954",
        "9N217",
        "noinN651N200N€",
        "105,0N%",
        "56,0N%",
        "1.4.2017–31.12.2019",
        "Osahankkeelle on suunniteltu 59N953N€, käytetty 34N850N€",
        "4 ryhmää, tavoite 120 yritystä",
        "Ei tiedossa: kokouspäivä, EURA-koodi, rahoituslähteet vuosittain, yhteiset kustannukset vuosittain.",
        "Kaupunki on osatoteuttaja, päätoteuttaja Kehittämisyhtiö Savogrow Oy.",
        "Rahoituslähteet 59N955N€ – kustannukset 59N953N€ = 2N€ liikaa.",
        "Kokonaisvastuu 24N162N€ – valtuutus 2N991N€ = 21N171N€ valtuutuksen ulkopuolella.",
        "Osuudet 105,0N% – 100,0N% = 5,0 prosenttiyksikköä liikaa.",
    ],
    "financing": [
        "noinN651N200N€",
        "Osahankkeen luvut puuttuvat: Savogrow, Oulun yliopisto.",
    ],
    "plan_versions": [
        "2 luonnos 59N953 59N953 0 Avustus on 75N% kustannuksista alaspäin pyöristettynä, 44N964N€.",
    ],
    "plan_comparison": [
        "Versio 2 pienentää rahoitusta 2N€: 59N955N€ → 59N953N€",
    ],
    "financing_history": ["Historiaa ei voi muuttaa eikä poistaa."],
    "invoices": [
        "E-118 esittelyluku 4.6.2018",
        "Palkkakirjaus (keksitty) P-2017 esittelyluku",
    ],
    "invoice": [
        "Lasku E-2018-1, Päätoteuttaja (keksitty lasku)",
        "1 raja vaatii selityksen",
    ],
    "claims": [
        "Täsmää Maksatuskaudet jatkuvat katkotta hankkeen alusta: 1.4.2017–30.6.2018.",
        "59N953 17N900 16N950 34N850 58,1N% 25N103",
    ],
    "spending": [
        "Rahasta on käytetty 58,1N%, ajasta on kulunut 56,0N%",
        "2017: käytetty 18N200N€, suunniteltu 24N095N€.",
    ],
    "reconciliation": [
        "Virheitä 3, varoituksia 1, huomautuksia 2.",
        "44N964N€",
        "59N955N€ Kustannukset 59N953N€ Ero +2N€",
        "105,0N% Pitäisi olla 100,0N% Ero +5,0N%-yks.",
        "24N162N€ Valtuutus kattaa 2N991N€ Ulkopuolella +21N171N€",
        "Vuodet 24N095N€ + 22N252N€ + 13N606N€ = 59N953N€, sama kuin kustannukset.",
        "4 × 9N000N€ = 36N000N€ on 5,53N% kokonaiskustannuksista, ilmoitettu 5,5N%.",
        "Valtuutus 2N991N€ kattaa omarahoituksen 2N991N€.",
        "Ryhmät 4 × 30 = 120, sama kuin tavoite.",
        "34 ja 58 päivää",
        "Mikään lähde ei ole kahdessa lähdeluokassa.",
    ],
    "decision": [
        "noin 651N200N€",
        "59N953N€",
        "44N966N€ (75N%)",
        "2N998N€ (5N%)",
        "2N991N€ (5N%)",
        "9N000N€",
        "24N095N€",
        "22N252N€",
        "13N606N€",
        "11N954N€",
        "9N217N€",
        "enintään 2N991N€",
        "1.4.2017–31.12.2019",
        "5.5.2017 ja 29.5.2017",
        "Vs.Nkaupunginjohtaja Jarmo Pirhonen",
    ],
    "groups": [
        "Ryhmät 4 × 30 = 120, sama kuin tavoite.",
    ],
}
# Rows of tables, by the table's name.
ROWS = {
    "project": {
        "Rahoituspäätökset": [
            "Pohjois-Savon liitto | 5.5.2017 | 2017–2019 | 34 päivää",
            "Pohjois-Savon liitto | 29.5.2017 | 2017–2019 | 58 päivää",
        ],
    },
    "financing": {
        "Rahoitus lähteittäin: Osahanke, Kuopio": [
            "EAKR- ja valtion rahoitus | 44N966 | 75N% | 75,00N% | 0,00 | UNKNOWN | UNKNOWN | UNKNOWN",
            "Pohjois-Savon kehittämisrahasto | 2N998 | 5N% | 5,00N% | 0,00 | UNKNOWN | UNKNOWN | UNKNOWN",
            "Kuopion kaupungin omarahoitus | 2N991 | 5N% | 4,99N% | +0,01 | UNKNOWN | UNKNOWN | UNKNOWN",
            "Yritysten rahoitus | 9N000 | ei ilmoitettu | 15,01N% | ei ilmoitettu "
            "| UNKNOWN | UNKNOWN | UNKNOWN",
            "Rahoitus yhteensä | 59N955 | 85N% 1 ei ilmoitettu | 100,00N% |  | UNKNOWN | UNKNOWN | UNKNOWN",
            "Kustannukset, ilmoitettu | 59N953 |  |  |  | 24N095 | 22N252 | 13N606",
            "Rahoitusta liikaa | +2 |  |  |  | UNKNOWN | UNKNOWN | UNKNOWN",
        ],
        "Koko hankkeen osuudet": ["Yhteensä | 105,0N% | 100,0N%", "Liikaa | +5,0N%-yks. | 0,0N%-yks."],
        "Yhteiset kustannukset": [
            "Savogrow | Savogrow, oma työ | UNKNOWN | 11N954",
            "Savogrow | Oulun yliopisto | UNKNOWN | 9N217",
        ],
        "Valtuutukset": ["Yhteensä enintään | 2N991"],
        "Kokonaisvastuu suunnitelman mukaan, €": [
            "Kokonaisvastuu | 24N162",
            "Valtuutus enintään | 2N991",
            "Valtuutuksen ulkopuolella | 21N171",
        ],
    },
    "plan_comparison": {
        "Taulukko: Rahoitus lähteittäin": [
            "EAKR- ja valtion rahoitus | 44N966 | 44N964 | −2 | 75N% | 75N% | 0"
        ],
    },
    "claims": {
        "Maksatushakemukset": [
            "Hakemus 1 esittelyluku | 1.4.2017–31.12.2017 | maksettu | 17N900 | 17N500 | 400 | 16N400",
            "Hakemus 2 esittelyluku | 1.1.2018–30.6.2018 | lähetetty | 16N950 | ei päätetty | ei päätetty "
            "| ei vielä",
        ],
        "Haettu rahoituslähteittäin": [
            "EAKR- ja valtion rahoitus | 44N966 | 13N425 | 12N712 | 26N137 | 58,1N% | 18N829 | ei vielä",
        ],
        "Erilleen jätetyt kustannukset": [
            "Hakemus 1 | Ostopalvelut | Esitteen laskun erittely puuttui. | Hakemus 2 | 300",
        ],
    },
    "spending": {
        "Kokonaisvastuu vaiheittain ja vuosittain": [
            "Suunniteltu yhteensä | UNKNOWN | UNKNOWN | UNKNOWN | 24N162 | 24N162",
            "Laskutettu | 907,98 | 6N420,45 | 0 | 0 | 7N328,43",
        ],
        "Valtuutukset ja määrärahat": ["Kaikkien valtuutusten ulkopuolella | 0 | 5N500 | 0 | 0 | −5N500"],
        "Ennusteet päivittäin": [
            "31.8.2018 esittelyluku | 59N061 | −892 | Vientikokeilut alkavat myöhemmin kuin suunniteltiin.",
        ],
    },
    "decisions": {
        "Päätösluettelo": [
            "TITLE | Kaupunginhallitus §N13 | UNKNOWN | 4834/02.05.02.01/2017 | Päätetty | PDF : TITLE",
        ],
    },
    "decision": {
        "Osahankkeen rahoitus": ["Rahoitus yhteensä | 59N955", "Kustannukset | 59N953", "Ero | +2"],
        "Liiteluettelo": ["2 | 4834/2017 | EURA 2014N‑hakemus", "5 | 4834/2017 | Hankepäätös"],
    },
    "groups": {
        "Yritysryhmät": [
            "Kuopion ryhmä | Kuopio | Kuopio, Siilinjärvi | 30",
            "Yhteensä | 4N×N30N=N120",
            "Hankkeen tavoite | 120",
        ],
    },
}
FACTS = {
    "project": {"EURA-koodi": "ei tiedossa"},
    "decision": {
        "Kokouspäivä": "ei tiedossa",
        "Asian esittelijä": "Elinkeinojohtaja Jukka Tapio Pitkänen, Yrityspalvelu",
    },
}
TITLE = "Osallistuminen Pohjois‑Savon mikroyritykset kasvuun (MikroGrow)N‑hankkeeseen"


@pytest.fixture
def viewer(client):
    put_demonstration()
    client.force_login(make_user(username="katselija"))
    return client


def written_out(text):
    # The title first: it has a no-break space of its own.
    return text.replace("TITLE", TITLE).replace("UNKNOWN", "ei tiedossa").replace("N", "\u00a0")


def missing(page, texts, rows):
    """The wanted texts that a page does not show, and the wanted rows that its tables do not have."""
    not_shown = [text for text in map(written_out, texts) if text not in page.words]
    for name, wanted in rows.items():
        found = [" | ".join(row) for row in page.table(name).rows]
        not_shown += [row for row in map(written_out, wanted) if row not in found]
    return not_shown


@pytest.mark.parametrize("page", HTML_PAGES)
def test_a_viewer_sees_the_figures_of_the_first_project(viewer, page):
    project = Project.objects.get(slug="mikrogrow")

    shown = Page(viewer.get(address_of(page, project), {"on": "2018-10-15"}))

    assert missing(shown, SHOWN.get(page, []), ROWS.get(page, {})) == []
    facts = FACTS.get(page, {})
    assert {name: shown.facts[name] for name in facts} == {name: [fact] for name, fact in facts.items()}


def test_a_viewer_sees_where_all_projects_stand(viewer):
    page = Page(viewer.get(reverse("portfolio"), {"on": "2018-10-15"}))

    assert page.facts["Hankkeita"] == ["4", "1 käynnissä, 3 valmistelussa"]
    assert page.facts["Kokonaisvastuu"] == [written_out("56N995N€"), "1 hankkeessa ei tiedossa"]
    assert " | ".join(page.table("Hankeluettelo").rows[0]) == written_out(
        "MikroGrow Pohjois-Savon mikroyritykset kasvuun | Käynnissä | 56,0N% päättyy 31.12.2019 "
        "| 59N953 käytetty 58,1N% | 24N162 valtuutus 2N991 ylittää 21N171 "
        "| ■ 3 virhettä ▲ 1 varoitus ○ 2 huomautusta"
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
    pages = [page for page in HTML_PAGES if page not in missing_rows]

    assert [viewer.get(address_of(page, project)).status_code for page in pages] == [200] * len(pages)


def test_the_banner_says_what_is_invented_and_leads_to_a_day_of_the_project(viewer):
    response = viewer.get("/projects/puupolku/")

    assert "yhteystiedot ja muut hankkeet ovat keksittyjä" in words_on(response)
    assert links_on(response, "/projects/mikrogrow/") == ["/projects/mikrogrow/?on=2018-10-15"]


def test_there_is_no_banner_without_the_demonstration(client):
    client.force_login(make_user())

    assert "Esittelyaineisto" not in words_on(client.get("/"))
