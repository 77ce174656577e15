"""The invented companies by area: name, municipality, line of business, TOL 2008 code, contact person.

No company and no person exists by these names as far as is known. The business IDs have a valid check digit,
but numbers from 98 on have not been given to anybody.
"""

from mikrogrow.demonstration.company_sizes import SIZES
from mikrogrow.demonstration.group_facts import AreaFact, CompanyFact, MunicipalityFact
from projects.business_id import is_business_id

_TABLES = {
    "Ylä-Savo": """\
Utujyvän Leipomo Oy | Iisalmi | leipomo | 10710 | Aino Kaislaranta
Kuusenkajo Hirsi Oy | Vieremä | hirsitalojen valmistus | 1623 | Lauri Tuulenniitty
Rautaorava Oy | Iisalmi | metallin koneistus | 25620 | Saima Ahvenlampi
Yrttisumu Ky | Kiuruvesi | luonnonkosmetiikan valmistus | 20420 | Hannes Sorsapelto
Lumikahmari Oy | Sonkajärvi | metsäkoneiden lisälaitteet | 28300 | Minttu Routamaa
Maitokaiku Juustola Oy | Lapinlahti | juustojen valmistus | 10510 | Sulo Savikorpi
Neulerasti Oy | Iisalmi | neulevaatteiden valmistus | 14390 | Eevi Närekangas
Karjakello Oy | Lapinlahti | ohjelmistot maatiloille | 62010 | Lempi Ruohosaari
Hiljakaisla Mökit Oy | Pielavesi | mökkimajoitus | 5520 | Raili Suvilahde
Vasarakynä Oy | Iisalmi | teräsrakenteiden valmistus | 25110 | Ilmari Käpylehto
Havupaja Valaisin Oy | Iisalmi | valaisimien valmistus | 27400 | Pihla Koivupuro
Sarkavilli Oy | Kiuruvesi | sisustustekstiilien valmistus | 1392 | Veikko Tervakorpi
Tervahaapa Kalusteet Oy | Vieremä | huonekalujen valmistus | 31090 | Kaisa Haapaniitty
Kuikankulma Oy | Keitele | puupakkausten valmistus | 16240 | Petteri Honkasuvanto
Hunajakaarna Ky | Sonkajärvi | mehiläistuotteet | 0149 | Vappu Marjaniitty
Mittamajava Oy | Iisalmi | mittalaitteiden valmistus | 26510 | Joosua Pajuranta
Siltapolku Viestintä Oy | Iisalmi | mainostoimisto | 73111 | Oili Mäntypelto
Pyryvaunu Oy | Vieremä | perävaunujen valmistus | 29200 | Eero Petäjäoja
Kaskikeitto Oy | Kiuruvesi | valmisruokien valmistus | 10850 | Maija Hallasuo
Louhenlanka Oy | Lapinlahti | teknisten ompelutuotteiden valmistus | 1392 | Taavi Hiidenoja
Tmi Löylyhetki Kaarna | Pielavesi | sauna- ja hyvinvointipalvelut | 9604 | Iida Jäkäläsuo
Pikkupuntari Oy | Iisalmi | tilitoimisto | 69201 | Niilo Lepikkömäki
Suosirri Retket Oy | Sonkajärvi | opastetut luontoretket | 7990 | Tyyne Lumivuori
Kivikaarna Oy | Kiuruvesi | luonnonkiven työstö | 23700 | Heino Sinivaara
Kurjenkello Lelut Oy | Lapinlahti | puulelujen valmistus | 32400 | Martta Kallioharju
Pisarapolku Oy | Iisalmi | vesihuollon suunnittelu | 7112 | Santeri Utupuro
Hämärähanka Oy | Vieremä | urheiluvälineiden valmistus | 32300 | Kerttu Vaskikangas
Nauriskellari Oy | Keitele | kasvisten jalostus | 10390 | Reino Kuikkaselkä
Siiankutu Kala Oy | Pielavesi | kalan jalostus | 10200 | Elsa Varpulehto
Tmi Tuohituuli | Kiuruvesi | tuohi- ja punontatyöt | 16290 | Luukas Kaislaranta
Piennarpeli Oy | Iisalmi | oppimispelien kustantaminen | 58210 | Riikka Tuulenniitty
Sahaviiri Oy | Lapinlahti | puun sahaus ja höyläys | 16100 | Aarni Ahvenlampi
""",
    "Sisä-Savo": """\
Rusoposki Marja Oy | Suonenjoki | marjojen jalostus | 10390 | Katri Sorsapelto
Aromiaho Oy | Suonenjoki | marjamehujen valmistus | 10320 | Paavo Routamaa
Katajavirta Melonta Oy | Rautalampi | melontaretket | 7990 | Helmi Savikorpi
Tuulaskala Oy | Tervo | kalan jalostus | 10200 | Otso Närekangas
Hirsikäpä Oy | Vesanto | saunarakennusten valmistus | 1623 | Ulla Ruohosaari
Taimitalo Vilukka Oy | Suonenjoki | marjantaimien kasvatus | 01300 | Jalmari Suvilahde
Verkkosukkula Oy | Rautalampi | verkkojen ja köysien valmistus | 13940 | Orvokki Käpylehto
Rivikitkijä Oy | Suonenjoki | marjanviljelyn koneiden valmistus | 28300 | Urho Koivupuro
Hiirenvirna Majoitus Oy | Rautalampi | lomamökkien vuokraus | 5520 | Irja Tervakorpi
Savikuoma Oy | Vesanto | keramiikan valmistus | 23410 | Nestori Haapaniitty
Pakkassato Oy | Suonenjoki | pakastemarjojen jalostus | 10390 | Aino Honkasuvanto
Kimmelkuva Oy | Suonenjoki | valokuvaus | 7420 | Lauri Marjaniitty
Niittyhauki Oy | Tervo | kalastusvälineiden valmistus | 32300 | Saima Pajuranta
Rapsipisara Oy | Vesanto | kasviöljyjen puristaminen | 10410 | Hannes Mäntypelto
Villakippo Oy | Rautalampi | villalankojen kehruu | 13100 | Minttu Petäjäoja
Kahvila Lettukaiku Oy | Suonenjoki | kahvila | 5610 | Sulo Hallasuo
Tmi Suvikuura | Suonenjoki | hieronta ja kuntoutus | 8690 | Eevi Hiidenoja
Pikselipiha Oy | Kuopio | verkkokauppojen ohjelmistot | 62010 | Lempi Jäkäläsuo
Suppavesi Oy | Suonenjoki | virvoitusjuomien valmistus | 11070 | Raili Lepikkömäki
Kehrävarsi Oy | Vesanto | kalusteosien valmistus | 31090 | Ilmari Lumivuori
Nokipannu Retket Oy | Tervo | retkipalvelut | 7990 | Pihla Sinivaara
Marjavaunu Kuljetus Oy | Suonenjoki | kylmäkuljetukset | 49410 | Veikko Kallioharju
Helmihapsu Oy | Rautalampi | korujen valmistus | 32130 | Kaisa Utupuro
Laavulastu Oy | Tervo | piharakennusten puuosat | 1623 | Petteri Vaskikangas
Tmi Kangaskaisla | Vesanto | kankaiden kudonta | 13200 | Vappu Kuikkaselkä
Hillohylly Oy | Suonenjoki | hillojen valmistus | 10390 | Joosua Varpulehto
Kotaranta Pito Oy | Rautalampi | pitopalvelu | 56210 | Oili Kaislaranta
Versotieto Oy | Suonenjoki | kasvihuoneiden mittausohjelmistot | 62010 | Eero Tuulenniitty
""",
    "Kuopio": """\
Solukaiku Oy | Kuopio | solututkimuksen palvelut | 72110 | Maija Ahvenlampi
Kallakuutti Oy | Kuopio | terveydenhuollon ohjelmistot | 62010 | Taavi Sorsapelto
Ilmarahina Oy | Kuopio | ilmanlaadun mittalaitteet | 26510 | Iida Routamaa
Savukuiskaus Oy | Siilinjärvi | savustetut lihatuotteet | 10130 | Niilo Savikorpi
Tomunurkka Oy | Kuopio | siivouspalvelut | 81210 | Tyyne Närekangas
Nivelpolku Oy | Kuopio | kuntoutusvälineiden valmistus | 32500 | Heino Ruohosaari
Huilutuuli Oy | Kuopio | soittimien valmistus | 32200 | Martta Suvilahde
Rinnekettu Oy | Kuopio | ohjelma- ja elämyspalvelut | 9329 | Santeri Käpylehto
Kattokukka Oy | Siilinjärvi | viherkattojen perustaminen ja hoito | 81300 | Kerttu Koivupuro
Äänenlumo Oy | Kuopio | äänitysstudio | 59200 | Reino Tervakorpi
Datatiainen Oy | Kuopio | tietojen analysointi | 62020 | Elsa Haapaniitty
Mustikkamieli Oy | Kuopio | ravintolisien valmistus | 10890 | Luukas Honkasuvanto
Valoverso Oy | Kuopio | kasvivalojen valmistus | 27400 | Riikka Marjaniitty
Rieskakori Oy | Kuopio | leipomo | 10710 | Aarni Pajuranta
Sanasoutu Oy | Kuopio | käännöspalvelut | 74300 | Katri Mäntypelto
Lasikaisla Oy | Siilinjärvi | lasiesineiden valmistus | 23130 | Paavo Petäjäoja
Keuhkolinna Oy | Kuopio | lääkintälaitteiden valmistus | 26600 | Helmi Hallasuo
Vaatelokki Oy | Kuopio | ulkoiluvaatteiden valmistus | 14130 | Otso Hiidenoja
Polkutaika Oy | Siilinjärvi | sähköpyörien vuokraus | 77210 | Ulla Jäkäläsuo
Padankaiku Oy | Kuopio | pitopalvelu | 56210 | Jalmari Lepikkömäki
Rakennehaukka Oy | Kuopio | rakennesuunnittelu | 7112 | Orvokki Lumivuori
Purukalu Oy | Siilinjärvi | hammasteknisten tuotteiden valmistus | 32500 | Urho Sinivaara
Kuvakuikka Oy | Kuopio | videotuotanto | 59110 | Irja Kallioharju
Pihlajapora Oy | Kuopio | koeporaus ja maaperän tutkimus | 43130 | Nestori Utupuro
Kenkäkorento Oy | Kuopio | jalkineiden verkkokauppa | 4791 | Aino Vaskikangas
Lastulaiva Oy | Kuopio | lasten sovellukset | 58290 | Lauri Kuikkaselkä
Askelvahti Oy | Kuopio | turvalaitteiden valmistus | 26300 | Saima Varpulehto
Pakkasparta Oy | Kuopio | parranhoitotuotteiden valmistus | 20420 | Hannes Kaislaranta
Tuoppikukko Oy | Kuopio | pienpanimo | 11050 | Minttu Tuulenniitty
Oppihaitari Oy | Kuopio | verkkokoulutus | 8559 | Sulo Ahvenlampi
Tärinätutka Oy | Siilinjärvi | koneiden kunnonvalvonnan anturit | 26510 | Eevi Sorsapelto
Vesikuje Oy | Siilinjärvi | vedenpuhdistuslaitteiden valmistus | 28290 | Lempi Routamaa
Muistimökki Oy | Kuopio | muistipelit ikääntyneille | 58290 | Raili Savikorpi
Kaarisäde Oy | Kuopio | koneensuunnittelu | 7112 | Ilmari Närekangas
""",
    "Varkaus": """\
Kattilakaiku Oy | Varkaus | kattiloiden huolto | 33110 | Pihla Ruohosaari
Putkikäki Oy | Varkaus | putkistojen suunnittelu | 7112 | Veikko Suvilahde
Hehkunuotta Oy | Varkaus | metallien lämpökäsittely | 25610 | Kaisa Käpylehto
Löylykaarna Oy | Leppävirta | saunatuotteiden valmistus | 16290 | Petteri Koivupuro
Telakoukku Oy | Varkaus | paperikoneiden varaosat | 28950 | Vappu Tervakorpi
Purjelastu Oy | Leppävirta | puuveneiden valmistus | 30120 | Joosua Haapaniitty
Sulkuveräjä Oy | Varkaus | matkamuistojen myynti | 4778 | Oili Honkasuvanto
Ulappaketju Oy | Leppävirta | veneiden huolto | 33150 | Eero Marjaniitty
Relepöllö Oy | Varkaus | automaation asennus | 33200 | Maija Pajuranta
Siipiratas Oy | Varkaus | pumppujen valmistus | 28130 | Taavi Mäntypelto
Havinamökit Oy | Leppävirta | mökkien vuokraus | 5520 | Iida Petäjäoja
Kieliruoko Oy | Varkaus | musiikinopetus | 8552 | Niilo Hallasuo
Vihreäkuori Oy | Leppävirta | luonnonkosmetiikan valmistus | 20420 | Tyyne Hiidenoja
Kioskikko Oy | Varkaus | kahvila | 5610 | Heino Jäkäläsuo
Hakehirvi Oy | Leppävirta | energiapuun korjuu ja haketus | 02200 | Martta Lepikkömäki
Paperikurki Oy | Varkaus | paperituotteiden valmistus | 17290 | Santeri Lumivuori
Voimakampi Oy | Varkaus | metallin koneistus | 25620 | Kerttu Sinivaara
Tyrnitaivas Oy | Leppävirta | marjajalosteiden valmistus | 10390 | Reino Kallioharju
Tmi Kuvapeilari | Varkaus | graafinen suunnittelu | 7410 | Elsa Utupuro
Nostopaju Oy | Varkaus | nostolaitteiden valmistus | 28220 | Luukas Vaskikangas
Kuntokuovi Oy | Varkaus | kuntokeskus | 9313 | Riikka Kuikkaselkä
Kiiltosorsa Oy | Varkaus | siivouspalvelut | 81210 | Aarni Varpulehto
Laineharso Risteilyt Oy | Varkaus | järviristeilyt | 50300 | Katri Kaislaranta
Vuolukärki Oy | Leppävirta | puukkojen valmistus | 25710 | Paavo Tuulenniitty
Säätökuha Oy | Varkaus | tuotannonohjauksen ohjelmistot | 62010 | Helmi Ahvenlampi
Höyrypäre Oy | Varkaus | energiatehokkuuden suunnittelu | 7112 | Otso Sorsapelto
Aurinkohaka Oy | Leppävirta | aurinkosähkön asennus | 43210 | Ulla Routamaa
Järvikorte Oy | Joroinen | mausteseosten valmistus | 10840 | Jalmari Savikorpi
Vanerivakka Oy | Leppävirta | vanerituotteiden valmistus | 16210 | Orvokki Närekangas
Rouheratas Oy | Varkaus | muovin kierrätys | 38320 | Urho Ruohosaari
Kansikuikka Oy | Leppävirta | kaivonkansien valmistus | 25990 | Irja Suvilahde
Tietotaimen Oy | Varkaus | verkkopalvelujen toteutus | 62010 | Nestori Käpylehto
""",
}

# The decision names four areas and "all municipalities of these areas", but no municipality. These are the
# sub-regions as they were on 1.4.2017. Uncertain: Koillis-Savo (Kaavi, Rautavaara, Tuusniemi), which the
# decision does not name, so it is left out although it is in the same region; and Joroinen, which joined
# the sub-region of Varkaus only in 2021. Juankoski had joined Kuopio on 1.1.2017.
AREAS = (
    AreaFact(
        "Ylä-Savo",
        "111",
        (
            MunicipalityFact("Iisalmi", "140"),
            MunicipalityFact("Keitele", "239"),
            MunicipalityFact("Kiuruvesi", "263"),
            MunicipalityFact("Lapinlahti", "402"),
            MunicipalityFact("Pielavesi", "595"),
            MunicipalityFact("Sonkajärvi", "762"),
            MunicipalityFact("Vieremä", "925"),
        ),
    ),
    AreaFact(
        "Sisä-Savo",
        "115",
        (
            MunicipalityFact("Rautalampi", "686"),
            MunicipalityFact("Suonenjoki", "778"),
            MunicipalityFact("Tervo", "844"),
            MunicipalityFact("Vesanto", "921"),
        ),
    ),
    AreaFact("Kuopio", "112", (MunicipalityFact("Kuopio", "297"), MunicipalityFact("Siilinjärvi", "749"))),
    AreaFact("Varkaus", "114", (MunicipalityFact("Leppävirta", "420"), MunicipalityFact("Varkaus", "915"))),
)
# In 2017 Joroinen belonged to another sub-region and another region. The code of the sub-region is unknown.
OUTSIDE = (AreaFact("Pieksämäki", None, (MunicipalityFact("Joroinen", "171"),)),)

# Sole entrepreneurs whose business ID nobody has entered.
WITHOUT_BUSINESS_ID = ("Tmi Tuohituuli", "Tmi Kangaskaisla")

_FIRST_SERIAL, _SERIAL_STEP = 9800104, 137


def _business_id(number: int) -> str:
    """Of the company with this number; numbers with the remainder 1 have no check digit and give way."""
    serial = _FIRST_SERIAL + number * _SERIAL_STEP
    candidates = (f"{serial + offset}-{digit}" for offset in (0, 1) for digit in range(10))
    return next(candidate for candidate in candidates if is_business_id(candidate))


def _email(person: str) -> str:
    address = person.lower().replace(" ", ".").replace("ä", "a").replace("ö", "o")
    return f"{address}@example.org"


def _company(number: int, row: str) -> CompanyFact:
    name, municipality, line_of_business, industry, contact = row.split(" | ")
    before, after = SIZES[name]
    return CompanyFact(
        number=number,
        name=name,
        business_id=None if name in WITHOUT_BUSINESS_ID else _business_id(number),
        municipality=municipality,
        line_of_business=line_of_business,
        industry=industry,
        contact=contact,
        email=_email(contact),
        size_2016=before,
        size_2019=after,
    )


_ROWS = [row for table in _TABLES.values() for row in table.splitlines()]
COMPANIES = tuple(_company(number, row) for number, row in enumerate(_ROWS, start=1))
