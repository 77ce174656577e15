"""Words of invoices, claims and the reconciliation."""

from django.utils.translation import gettext_lazy as _

from mikrogrow.glossary.entries import Subject, Term

SPENDING = Subject(
    "laskut-ja-maksatus",
    _("Laskut ja maksatus"),
    (
        Term(
            "hakematta-jatetty-kustannus",
            _("hakematta jätetty kustannus"),
            _(
                "Kustannus, joka jätettiin pois oman kautensa maksatushakemuksesta, esimerkiksi koska sen "
                "tukikelpoisuus on kiistanalainen. Myöhempi hakemus voi ottaa sen mukaan."
            ),
        ),
        Term(
            "kustannusvuosi",
            _("kustannusvuosi"),
            _("Vuosi, jonka kustannus lasku on. Se voi olla eri vuosi kuin laskun päiväyksen vuosi."),
        ),
        Term(
            "lasku",
            _("lasku"),
            _(
                "Hankkeesta tullut lasku tai muu tosite. Se on saapunut, tarkastettu, hyväksytty, maksettu "
                "tai hylätty."
            ),
        ),
        Term(
            "laskujen-hyvaksyja",
            _("laskujen hyväksyjä"),
            _("Viranhaltija, jonka kaupungin päätös nimeää hyväksymään hankkeen laskut."),
        ),
        Term(
            "maksatushakemus",
            _("maksatushakemus"),
            _("Hakemus, jolla rahoittajalta haetaan tuki jälkikäteen maksatuskauden kustannuksiin."),
        ),
        Term(
            "maksatuskausi",
            _("maksatuskausi"),
            _(
                "Aika, jonka kustannuksista yksi maksatushakemus tehdään. Kaudet seuraavat toisiaan "
                "aukottomasti hankkeen alusta."
            ),
        ),
        Term(
            "maksatuspaatos",
            _("maksatuspäätös"),
            _("Rahoittajan päätös siitä, mitä maksatushakemuksesta hyväksytään ja maksetaan."),
        ),
        Term(
            "sijainen",
            _("sijainen"),
            _("Henkilö, joka hyväksyy laskut laskujen hyväksyjän puolesta sovittuna aikana."),
        ),
        Term(
            "tarkastaa",
            _("tarkastaa"),
            _("Todeta ennen hyväksymistä, että lasku on oikein ja kuuluu hankkeelle."),
        ),
        Term(
            "tukikelpoinen",
            _("tukikelpoinen"),
            _("Kustannus, jonka rahoittaja hyväksyy tuen perusteeksi."),
        ),
    ),
)

FOLLOWING = Subject(
    "seuranta-ja-tasmaytys",
    _("Seuranta ja täsmäytys"),
    (
        Term(
            "ennuste",
            _("ennuste"),
            _(
                "Arvio siitä, kuinka paljon rahoitusta kustakin lähteestä käytetään kunakin vuonna. Uusi "
                "ennuste korvaa edellisen."
            ),
        ),
        Term(
            "havainto",
            _("havainto"),
            _("Asia, jonka tarkistus löysi. Se on virhe, varoitus tai huomautus."),
        ),
        Term(
            "ilmoitettu",
            _("ilmoitettu"),
            _("Luku sellaisena, kuin asiakirja sen ilmoittaa. Sitä ei muuteta, vaikka se ei täsmäisi."),
        ),
        Term(
            "laskettu",
            _("laskettu"),
            _("Luku, jonka järjestelmä laskee muista luvuista."),
        ),
        Term(
            "poikkeama",
            _("poikkeama"),
            _("Suunnitelman ja ennusteen ero: suunnitelma – ennuste."),
        ),
        Term(
            "selitys",
            _("selitys"),
            _("Henkilön kirjaama syy havaintoon, esimerkiksi pyöristys. Selitetty havainto jää näkyviin."),
        ),
        Term(
            "tarkistus",
            _("tarkistus"),
            _("Yksi täsmäytyksen vertailu. Sillä on tunnus, esimerkiksi R01."),
        ),
        Term(
            "toteuma",
            _("toteuma"),
            _("Toteutuneet eurot. Kustannusten toteuma on hyväksytyt ja maksetut laskut."),
        ),
        Term(
            "toteuma-prosentteina",
            _("toteuma, %"),
            _("Toteuman osuus suunnitelmasta: toteuma ÷ suunnitelma."),
        ),
        Term(
            "tasmaytys",
            _("täsmäytys"),
            _(
                "Asiakirjojen ilmoittamien lukujen vertaaminen siihen, mitä muista luvuista laskettuna "
                "pitäisi olla. Täsmäytys näyttää erot mutta ei korjaa lukuja."
            ),
        ),
    ),
)
