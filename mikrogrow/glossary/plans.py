"""Words of plans, costs and what the city answers for."""

from django.utils.translation import gettext_lazy as _

from mikrogrow.glossary.entries import Subject, Term

FINANCING = Subject(
    "rahoitussuunnitelma",
    _("Rahoitussuunnitelma"),
    (
        Term(
            "hankebudjetti",
            _("hankebudjetti"),
            _("Tuloste, jossa ovat rahoitussuunnitelman kustannukset ja rahoitus."),
        ),
        Term(
            "kehittamisrahasto",
            _("kehittämisrahasto"),
            _(
                "Kuntien rahasto, joka rahoittaa hankkeita. Sen raha on kuntarahoitusta eikä kuulu luokkaan "
                "EU ja valtio."
            ),
        ),
        Term(
            "lahdeluokka",
            _("lähdeluokka"),
            _(
                "Ryhmä, johon rahoituslähde kuuluu rahoittajan lomakkeilla: EU ja valtio, kuntarahoitus, "
                "muu julkinen rahoitus tai yksityinen rahoitus."
            ),
        ),
        Term(
            "omarahoitus",
            _("omarahoitus"),
            _(
                "Se osa osahankkeen kustannuksista, jonka toteuttaja maksaa omista varoistaan. Yleensä se on "
                "se, mikä muiden rahoituslähteiden jälkeen jää maksettavaksi."
            ),
        ),
        Term(
            "rahoituslahde",
            _("rahoituslähde"),
            _("Se, jolta raha tulee, esimerkiksi maakunnan liitto, kunta tai yritykset."),
        ),
        Term(
            "rahoitussuunnitelma",
            _("rahoitussuunnitelma"),
            _(
                "Suunnitelma yhden osahankkeen tai koko hankkeen kustannuksista ja siitä, kuka ne maksaa. "
                "Lyhyesti suunnitelma."
            ),
        ),
        Term(
            "versio",
            _("versio"),
            _(
                "Rahoitussuunnitelman vaihe: luonnos, hyväksytty tai korvattu. Hyväksytty versio ei muutu, "
                "vaan muutos tehdään uuteen versioon."
            ),
        ),
    ),
)

COSTS = Subject(
    "kustannukset",
    _("Kustannukset"),
    (
        Term(
            "jakoperuste",
            _("jakoperuste"),
            _("Sääntö, jolla yhteinen kustannus jaetaan, esimerkiksi tasan tai asukasluvun mukaan."),
        ),
        Term(
            "kertakorvaus",
            _("kertakorvaus (lump sum)"),
            _("Ennalta sovittu summa, jonka rahoittaja maksaa sovitusta tuotoksesta."),
        ),
        Term(
            "kustannusarvio",
            _("kustannusarvio"),
            _("Suunnitellut kustannukset."),
        ),
        Term(
            "kustannuslaji",
            _("kustannuslaji"),
            _("Se, mihin raha käytetään, esimerkiksi palkkakustannukset tai ostopalvelut."),
        ),
        Term(
            "kustannusmalli",
            _("kustannusmalli"),
            _(
                "Tapa, jolla rahoittaja korvaa kustannukset: tosiasiallisina, prosenttimääräisinä tai "
                "kertakorvauksena. Se on kaikilla toteuttajilla sama koko hankkeen ajan."
            ),
        ),
        Term(
            "kustannusten-jako",
            _("kustannusten jako"),
            _("Yhteisen kustannuksen jakaminen sen maksajille jakoperusteen mukaan."),
        ),
        Term(
            "nettokustannukset",
            _("nettokustannukset"),
            _("Kustannukset, joista tulot on vähennetty. Rahoittajan tuki on osuus niistä."),
        ),
        Term(
            "ostopalvelut",
            _("ostopalvelut"),
            _("Muilta ostettu työ, esimerkiksi asiantuntijan palkkio tai viestinnän toteutus."),
        ),
        Term(
            "palkkakustannukset",
            _("palkkakustannukset"),
            _("Hankkeen työntekijöiden palkat sivukuluineen."),
        ),
        Term(
            "prosenttimaaraiset-kustannukset",
            _("prosenttimääräiset kustannukset (flat rate)"),
            _(
                "Kustannukset, jotka rahoittaja korvaa kiinteänä prosenttiosuutena palkkakustannuksista, "
                "esimerkiksi 24 %. Niistä ei kirjata laskuja, vaan ne kertyvät palkkakustannusten mukana."
            ),
        ),
        Term(
            "tosiasialliset-kustannukset",
            _("tosiasialliset kustannukset"),
            _("Kustannukset, jotka rahoittaja korvaa laskujen ja muiden tositteiden mukaan."),
        ),
        Term(
            "tulot",
            _("tulot"),
            _("Hankkeesta saatava raha, esimerkiksi osallistumismaksut. Ne vähennetään kustannuksista."),
        ),
        Term(
            "yhteiset-kustannukset",
            _("yhteiset kustannukset"),
            _(
                "Yhteisen työn kustannukset, joista yksi toteuttaja laskuttaa muita. Ne eivät sisälly "
                "kaupungin osahankkeen kustannuksiin."
            ),
        ),
    ),
)

AUTHORITY = Subject(
    "kaupungin-vastuu",
    _("Kaupungin vastuu ja luvat"),
    (
        Term(
            "enimmaismaara",
            _("enimmäismäärä"),
            _("Suurin summa, jonka valtuutus sallii. Se voidaan antaa euroina, prosentteina tai molempina."),
        ),
        Term(
            "kokonaisvastuu",
            _("kokonaisvastuu"),
            _(
                "Kaikki eurot, joista kaupunki itse vastaa hankkeessa: omarahoitus, osuus yhteisistä "
                "kustannuksista ja rahoitus muiden toteuttajien osahankkeisiin."
            ),
        ),
        Term(
            "maararaha",
            _("määräraha"),
            _("Raha, joka on varattu kaupungin talousarviossa. Samasta määrärahasta voi maksaa usea hanke."),
        ),
        Term(
            "sitoumus",
            _("sitoumus"),
            _(
                "Ulkopuoliselle annettu lupaus, esimerkiksi rahoittajalle annettu kuntarahoitussitoumus. "
                "Se on eri asia kuin valtuutus."
            ),
        ),
        Term(
            "valtuutus",
            _("valtuutus"),
            _(
                "Kaupungin omassa päätöksessä annettu lupa käyttää rahaa hankkeeseen. Se kertoo, mihin rahaa "
                "saa käyttää, minä vuosina ja enintään kuinka paljon."
            ),
        ),
    ),
)
