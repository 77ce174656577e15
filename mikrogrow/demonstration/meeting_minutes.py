"""Short minutes of some of the invented meetings: what was talked about and what was agreed."""

from datetime import date

MINUTES: dict[tuple[str, date], tuple[str, str]] = {
    ("Ylä-Savo", date(2017, 4, 1)): (
        "Ryhmä sopi toimintatavoistaan ja tutustui jäsenyrityksiin. Jokainen kertoi yhden esteen, joka "
        "hidastaa yrityksen kasvua.",
        "Ryhmä kokoontuu kuukauden kolmantena tiistaina kello 8.30. Leipomo tuo seuraavaan kokoontumiseen "
        "kokeilun suunnitelman.",
    ),
    ("Ylä-Savo", date(2017, 9, 1)): (
        "Utujyvän Leipomo kertoi leipälaatikon ennakkotilauksesta. Lyhyempi lomake lisäsi tilauksia, mutta "
        "nouto vain leipomosta rajasi asiakkaita.",
        "Leipomo kokeilee seuraavaksi noutopisteitä Kuopiossa.",
    ),
    ("Ylä-Savo", date(2018, 4, 1)): (
        "Noutopisteistä saadut kokemukset käytiin läpi. Ryhmä keskusteli siitä, mitkä tuotteet kestävät "
        "pitkän kuljetuksen.",
        "Kolme elintarvikeyritystä selvittää yhteisen noutopisteen.",
    ),
    ("Ylä-Savo", date(2019, 10, 1)): (
        "Utujyvän Leipomo esitteli kokemukset ruotsalaisista jälleenmyyjistä. Yrttisumu kertoi, miten kevyt "
        "pakkaus toimi Saksan myynnissä.",
        "Kokemukset kootaan yhden sivun ohjeeksi muiden ryhmien käyttöön.",
    ),
    ("Sisä-Savo", date(2017, 5, 1)): (
        "Katajavirta Melonta ja Rusoposki Marja esittelivät kokeilunsa. Ryhmä auttoi asettamaan tavoitteet.",
        "Molempien tulokset arvioidaan syksyn kokoontumisissa.",
    ),
    ("Sisä-Savo", date(2018, 9, 1)): (
        "Marjojen viikkotilaus arvioitiin onnistuneeksi. Tilaajia oli 15, kun tavoite oli 12.",
        "Rusoposki Marja kertoo kokemuksistaan hankkeen avoimessa tilaisuudessa marraskuussa.",
    ),
    ("Kuopio", date(2017, 5, 1)): (
        "Sanasoutu esitteli kokeilun, jossa kiireellisen käännöksen hinta näkyy verkkosivulla. Ryhmä pohti, "
        "milloin hinta kannattaa julkaista.",
        "Hinta julkaistaan toukokuussa, ja tulos arvioidaan syyskuussa.",
    ),
    ("Kuopio", date(2018, 7, 1)): (
        "Valoverso kertoi, miksi koekäyttö Virossa epäonnistui. Puutarhat eivät tunteneet yritystä.",
        "Seuraava kokeilu tehdään virolaisen puutarhakoulun kanssa.",
    ),
    ("Kuopio", date(2018, 10, 1)): (
        "Aiheena oli jälleenmyyjän löytäminen. Kolme yritystä kertoi omista sopimuksistaan.",
        "Ryhmälle kootaan lista asioista, jotka jälleenmyyjän kanssa on sovittava.",
    ),
    ("Kuopio", date(2019, 3, 1)): (
        "Puutarhakoulun koekäyttö ja ulkoilutakin ennakkomyynti arvioitiin onnistuneiksi.",
        "Vaatelokki esittelee ennakkomyynnin Sisä-Savon ryhmälle.",
    ),
    ("Varkaus", date(2018, 2, 1)): (
        "Löylykaarna kertoi, että saunatuotteiden myynti Saksaan jäi alle kolmannekseen tavoitteesta. Syynä "
        "olivat postikulut.",
        "Seuraavassa kokeilussa myydään vain kevyitä tuotteita.",
    ),
    ("Varkaus", date(2018, 9, 1)): (
        "Kevyt saunapakkaus ylitti tavoitteensa. Ryhmä keskusteli siitä, mitä pakkaukseen voisi lisätä.",
        "Vihreäkuori valmistelee kokeilun, jossa pakkaukseen lisätään kosmetiikkaa.",
    ),
}
