"""Words of projects, their funders and decisions."""

from django.utils.translation import gettext_lazy as _

from mikrogrow.glossary.entries import Subject, Term

PROJECT = Subject(
    "hanke-ja-toteuttajat",
    _("Hanke ja toteuttajat"),
    (
        Term(
            "hanke",
            _("hanke"),
            _("Rahoittajan tukema työ kokonaisuutena. Siihen kuuluvat kaikkien toteuttajien osahankkeet."),
        ),
        Term(
            "osahanke",
            _("osahanke"),
            _("Yhden toteuttajan osa hankkeesta. Sillä on omat kustannukset ja oma rahoitus."),
        ),
        Term(
            "osallistuja",
            _("osallistuja"),
            _("Organisaatio, joka on hankkeessa mukana ilman omaa osahanketta."),
        ),
        Term(
            "osatoteuttaja",
            _("osatoteuttaja"),
            _("Organisaatio, joka toteuttaa oman osahankkeensa ja vastaa sen kustannuksista."),
        ),
        Term(
            "paatoteuttaja",
            _("päätoteuttaja"),
            _("Organisaatio, joka johtaa hanketta, raportoi rahoittajalle ja kokoaa maksatushakemukset."),
        ),
        Term(
            "toteuttaja",
            _("toteuttaja"),
            _("Päätoteuttaja tai osatoteuttaja."),
        ),
        Term(
            "toteutusaika",
            _("toteutusaika"),
            _("Aika hankkeen ensimmäisestä päivästä viimeiseen."),
        ),
        Term(
            "valietappi",
            _("välietappi"),
            _(
                "Päivä, johon mennessä jonkin pitää olla valmiina: esimerkiksi raportin, maksatushakemuksen "
                "tai koko hankkeen."
            ),
        ),
    ),
)

FUNDER = Subject(
    "rahoittaja-ja-ohjelma",
    _("Rahoittaja ja ohjelma"),
    (
        Term(
            "erityistavoite",
            _("erityistavoite"),
            _("Ohjelman toimintalinjan tarkempi tavoite, jota hanke edistää."),
        ),
        Term(
            "muutoshakemus",
            _("muutoshakemus"),
            _("Rahoittajalle tehtävä pyyntö muuttaa rahoituspäätöstä. Muutosta ei haeta takautuvasti."),
        ),
        Term(
            "muutospaatos",
            _("muutospäätös"),
            _("Rahoittajan päätös, joka muuttaa aiempaa rahoituspäätöstä."),
        ),
        Term(
            "ohjelma",
            _("ohjelma"),
            _("Rahoitusohjelma, josta tuki myönnetään, esimerkiksi Kestävää kasvua ja työtä 2014–2020."),
        ),
        Term(
            "rahoittaja",
            _("rahoittaja"),
            _("Organisaatio, joka antaa hankkeelle rahaa, esimerkiksi maakunnan liitto."),
        ),
        Term(
            "rahoituspaatos",
            _("rahoituspäätös"),
            _("Rahoittajan päätös, jolla tuki myönnetään hankkeelle."),
        ),
        Term(
            "toimintalinja",
            _("toimintalinja"),
            _("Ohjelman osa, johon hanke kuuluu, esimerkiksi pk-yritystoiminnan kilpailukyky."),
        ),
    ),
)

DECIDING = Subject(
    "paatoksenteko",
    _("Päätöksenteko"),
    (
        Term(
            "asianumero",
            _("asianumero"),
            _("Asian tunnus kaupungin asianhallinnassa, esimerkiksi 4834/02.05.02.01/2017."),
        ),
        Term(
            "esittelija",
            _("esittelijä"),
            _("Viranhaltija, joka esittelee asian toimielimelle ja tekee siitä päätösehdotuksen."),
        ),
        Term(
            "esityksen-tekija",
            _("esityksen tekijä"),
            _("Viranhaltija, jonka esityksestä asia tulee päätettäväksi, esimerkiksi elinkeinojohtaja."),
        ),
        Term(
            "esitys",
            _("esitys"),
            _("Se, mitä esityksen tekijä pyytää päättämään. Se edeltää päätösehdotusta."),
        ),
        Term(
            "muutoksenhakukielto",
            _("muutoksenhakukielto"),
            _(
                "Ilmoitus siitä, ettei päätökseen saa hakea muutosta, ja sen peruste: päätös esimerkiksi "
                "koskee vain valmistelua."
            ),
        ),
        Term(
            "oikaisuvaatimusohje",
            _("oikaisuvaatimusohje"),
            _("Ohje siitä, miten, mihin mennessä ja keneltä päätökseen voi vaatia oikaisua."),
        ),
        Term(
            "pykala",
            _("pykälä"),
            _("Asian numero kokouksen pöytäkirjassa, esimerkiksi § 13. Numerointi alkaa joka vuosi alusta."),
        ),
        Term(
            "paatos",
            _("päätös"),
            _("Se, mitä toimielin tai viranhaltija on asiasta päättänyt."),
        ),
        Term(
            "paatosehdotus",
            _("päätösehdotus"),
            _("Esittelijän ehdotus siitä, mitä toimielin päättää."),
        ),
        Term(
            "poytakirjanote",
            _("pöytäkirjanote"),
            _("Pöytäkirjasta erotettu osa, jossa on yksi asia päätöksineen."),
        ),
        Term(
            "valmistelija",
            _("valmistelija"),
            _("Henkilö, joka laatii asian tekstin ja antaa siitä lisätietoja."),
        ),
        Term(
            "viransijainen",
            _("viransijainen (vs.)"),
            _("Henkilö, joka hoitaa virkaa väliaikaisesti. Lyhenne vs. on virkanimikkeen edessä."),
        ),
        Term(
            "virkanimike",
            _("virkanimike"),
            _("Viran nimi, esimerkiksi elinkeinojohtaja."),
        ),
    ),
)
