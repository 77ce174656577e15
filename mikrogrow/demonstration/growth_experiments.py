"""Invented experiments in growth: does what sells to some sell to many?"""

from datetime import date
from decimal import Decimal

from mikrogrow.demonstration.group_facts import (
    GROWTH,
    PARTLY,
    SUCCEEDED,
    ExperimentFact,
    RoundFact,
    SpreadFact,
)

GROWTH_EXPERIMENTS = (
    ExperimentFact(
        key="leipalaatikko-kuopioon",
        group="Ylä-Savo",
        company="Utujyvän Leipomo Oy",
        kind=GROWTH,
        title="Leipälaatikko Kuopion noutopisteisiin",
        idea="Ennakkoon tilatut leipälaatikot viedään kerran viikossa kahteen noutopisteeseen Kuopiossa.",
        measure="viikossa myytyjen leipälaatikoiden määrä",
        unit="kpl/viikko",
        target=Decimal(80),
        set_on=date(2017, 9, 19),
        starts_on=date(2017, 10, 6),
        ends_on=date(2018, 2, 23),
        cost=Decimal(1150),
        channel="noutopisteet",
        helped_by="Rieskakori Oy",
        rounds=(
            RoundFact(1, date(2017, 10, 13), "Avattiin yksi noutopiste.", "31 laatikkoa viikossa."),
            RoundFact(
                2,
                date(2017, 11, 24),
                "Avattiin toinen noutopiste työmatkan varrella.",
                "67 laatikkoa viikossa.",
            ),
            RoundFact(
                3, date(2018, 1, 26), "Noutoaikaa jatkettiin kahdella tunnilla.", "92 laatikkoa viikossa."
            ),
        ),
        assessed_on=date(2018, 2, 27),
        measured=Decimal(92),
        verdict=SUCCEEDED,
        learnt="Noutopisteen paikka ja aukioloaika ratkaisevat enemmän kuin hinta.",
        learnt_from="leipalaatikko",
        spread=(
            SpreadFact(
                date(2018, 4, 17), "Ylä-Savon ryhmän yrityksille", "ryhmän kokoontumisessa Iisalmessa"
            ),
            SpreadFact(date(2018, 6, 7), "Kuopion ryhmän yrityksille", "ryhmän kokoontumisessa Kuopiossa"),
        ),
        meetings=(date(2017, 10, 1), date(2018, 4, 1)),
        objectives=(2, 4),
        added_values=(2,),
    ),
    ExperimentFact(
        key="marjatilaus",
        group="Sisä-Savo",
        company="Rusoposki Marja Oy",
        kind=GROWTH,
        title="Marjojen viikkotilaus ravintoloille",
        idea="Ravintola sopii viikoittaisesta marjaerästä koko kesäksi ja saa sen samana viikonpäivänä.",
        measure="viikkotilauksen tehneiden ravintoloiden määrä",
        unit="ravintolaa",
        target=Decimal(12),
        set_on=date(2018, 4, 18),
        starts_on=date(2018, 5, 21),
        ends_on=date(2018, 9, 14),
        cost=Decimal(760),
        channel="puhelinmyynti",
        helped_by="Marjavaunu Kuljetus Oy",
        rounds=(
            RoundFact(
                1,
                date(2018, 5, 28),
                "Tilausta tarjottiin nykyisille ravintola-asiakkaille.",
                "Seitsemän tilausta.",
            ),
            RoundFact(
                2,
                date(2018, 7, 9),
                "Tilausta tarjottiin uusille ravintoloille Kuopiossa.",
                "Kahdeksan tilausta lisää.",
            ),
        ),
        assessed_on=date(2018, 9, 19),
        measured=Decimal(15),
        verdict=SUCCEEDED,
        learnt="Sovittu toimituspäivä on ravintolalle tärkeämpi kuin alennus.",
        learnt_from="marjapussi",
        spread=(
            SpreadFact(
                date(2018, 10, 17), "Sisä-Savon ryhmän yrityksille", "ryhmän kokoontumisessa Suonenjoella"
            ),
            SpreadFact(
                date(2018, 11, 8), "elintarvikeyrityksille", "hankkeen avoimessa tilaisuudessa Kuopiossa"
            ),
        ),
        meetings=(date(2018, 5, 1), date(2018, 9, 1), date(2018, 10, 1)),
        objectives=(2, 4),
        added_values=(2, 4),
    ),
    ExperimentFact(
        key="jakelupaivat",
        group="Sisä-Savo",
        company="Pakkassato Oy",
        kind=GROWTH,
        title="Yhteiset jakelupäivät",
        idea="Kolme marja-alan yritystä toimittaa tuotteensa ravintoloille samalla autolla kahtena päivänä "
        "viikossa.",
        measure="toimitusta kohti säästetty kuljetuskustannus",
        unit="€",
        target=Decimal(12),
        set_on=date(2019, 2, 20),
        starts_on=date(2019, 3, 18),
        ends_on=date(2019, 8, 30),
        cost=Decimal(430),
        channel="yhteinen kuljetus",
        helped_by="Marjavaunu Kuljetus Oy",
        rounds=(
            RoundFact(
                1, date(2019, 4, 8), "Ajettiin yhteinen reitti tiistaisin.", "Säästö 6 € toimitukselta."
            ),
            RoundFact(2, date(2019, 6, 10), "Reittiin lisättiin perjantai.", "Säästö 9 € toimitukselta."),
        ),
        assessed_on=date(2019, 9, 18),
        measured=Decimal(9),
        verdict=PARTLY,
        learnt="Yhteinen reitti säästää, mutta tilausten on oltava tiedossa edellisenä päivänä.",
        learnt_from="marjatilaus",
        meetings=(date(2019, 3, 1), date(2019, 9, 1)),
        objectives=(1, 2),
        added_values=(1, 2),
    ),
    ExperimentFact(
        key="maksuton-kuukausi",
        group="Ylä-Savo",
        company="Karjakello Oy",
        kind=GROWTH,
        title="Ohjelmiston maksuton kuukausi",
        idea="Maatila saa ohjelmiston käyttöönsä kuukaudeksi maksutta, ja käyttöönotto tehdään puhelimitse.",
        measure="maksaviksi asiakkaiksi jääneiden maatilojen määrä",
        unit="maatilaa",
        target=Decimal(15),
        set_on=date(2017, 5, 16),
        starts_on=date(2017, 6, 5),
        ends_on=date(2017, 11, 30),
        cost=Decimal(820),
        channel="alan lehti ja puhelin",
        helped_by="Maitokaiku Juustola Oy",
        rounds=(
            RoundFact(
                1, date(2017, 6, 12), "Maksutonta kuukautta tarjottiin alan lehdessä.", "9 uutta maatilaa."
            ),
            RoundFact(
                2,
                date(2017, 9, 11),
                "Kokeileville maatiloille soitettiin viikon kuluttua käyttöönotosta.",
                "12 uutta maatilaa.",
            ),
        ),
        assessed_on=date(2017, 12, 19),
        measured=Decimal(21),
        verdict=SUCCEEDED,
        learnt="Puhelu ensimmäisen viikon jälkeen ratkaisee, jääkö maatila asiakkaaksi.",
        spread=(
            SpreadFact(
                date(2018, 1, 16), "Ylä-Savon ryhmän yrityksille", "ryhmän kokoontumisessa Kiuruvedellä"
            ),
            SpreadFact(date(2018, 2, 8), "alueen lehdistölle", "tiedotteena"),
        ),
        meetings=(date(2017, 6, 1), date(2017, 12, 1), date(2018, 1, 1)),
        objectives=(2, 4),
        added_values=(2, 3),
    ),
    ExperimentFact(
        key="saunan-esittely",
        group="Sisä-Savo",
        company="Hirsikäpä Oy",
        kind=GROWTH,
        title="Saunan esittely etäyhteydellä",
        idea="Ostaja tutustuu valmiiseen saunaan videopuhelussa, eikä hänen tarvitse matkustaa paikalle.",
        measure="etäesittelyn jälkeen tilattujen saunojen määrä",
        unit="kpl",
        target=Decimal(3),
        set_on=date(2018, 9, 19),
        channel="videopuhelu",
        meetings=(date(2018, 9, 1),),
        objectives=(2,),
        added_values=(4,),
    ),
    ExperimentFact(
        key="kiireelliset-kaannokset",
        group="Kuopio",
        company="Sanasoutu Oy",
        kind=GROWTH,
        title="Kiireelliset käännökset kiinteään hintaan",
        idea="Enintään kahden sivun käännös toimitetaan vuorokaudessa hintaan, joka näkyy verkkosivulla.",
        measure="kiireellisten käännösten määrä kuukaudessa",
        unit="kpl/kk",
        target=Decimal(25),
        set_on=date(2017, 5, 4),
        starts_on=date(2017, 5, 22),
        ends_on=date(2017, 8, 31),
        cost=Decimal(150),
        channel="oma verkkosivu",
        rounds=(
            RoundFact(1, date(2017, 5, 29), "Hinta julkaistiin verkkosivulla.", "16 käännöstä kuukaudessa."),
            RoundFact(
                2, date(2017, 7, 31), "Tilauslomake käännettiin englanniksi.", "28 käännöstä kuukaudessa."
            ),
        ),
        assessed_on=date(2017, 9, 7),
        measured=Decimal(28),
        verdict=SUCCEEDED,
        learnt="Näkyvä hinta vähentää kyselyjä ja nopeuttaa tilaamista.",
        spread=(
            SpreadFact(date(2017, 10, 5), "Kuopion ryhmän yrityksille", "ryhmän kokoontumisessa Kuopiossa"),
        ),
        meetings=(date(2017, 5, 1), date(2017, 10, 1)),
        objectives=(2, 4),
        added_values=(2,),
    ),
    ExperimentFact(
        key="kurssin-kuukausimaksu",
        group="Kuopio",
        company="Oppihaitari Oy",
        kind=GROWTH,
        title="Verkkokurssit kuukausimaksulla",
        idea="Työnantaja saa kaikki verkkokurssit henkilöstönsä käyttöön yhdellä kuukausimaksulla.",
        measure="kuukausimaksuun siirtyneiden työnantajien määrä",
        unit="työnantajaa",
        target=Decimal(5),
        set_on=date(2019, 11, 7),
        channel="sähköposti nykyisille asiakkaille",
        meetings=(date(2019, 11, 1),),
        objectives=(2,),
        added_values=(2,),
    ),
    ExperimentFact(
        key="huoltosopimus",
        group="Varkaus",
        company="Relepöllö Oy",
        kind=GROWTH,
        title="Huoltosopimus kuukausimaksulla",
        idea="Pienelle teollisuusyritykselle tarjotaan automaation huolto kiinteällä kuukausimaksulla.",
        measure="huoltosopimusten määrä",
        unit="sopimusta",
        target=Decimal(6),
        set_on=date(2017, 9, 21),
        starts_on=date(2017, 10, 16),
        ends_on=date(2018, 3, 29),
        cost=Decimal(200),
        channel="suora yhteydenotto",
        helped_by="Kattilakaiku Oy",
        rounds=(
            RoundFact(
                1, date(2017, 10, 23), "Sopimusta tarjottiin viidelle yritykselle.", "Kaksi sopimusta."
            ),
            RoundFact(
                2,
                date(2018, 1, 22),
                "Sopimukseen lisättiin päivystys viikonloppuisin.",
                "Viisi sopimusta lisää.",
            ),
        ),
        assessed_on=date(2018, 4, 19),
        measured=Decimal(7),
        verdict=SUCCEEDED,
        learnt="Päivystys on asiakkaalle tärkein osa sopimusta, vaikka sitä tarvitaan harvoin.",
        spread=(
            SpreadFact(
                date(2018, 5, 17), "Varkauden ryhmän yrityksille", "ryhmän kokoontumisessa Varkaudessa"
            ),
            SpreadFact(
                date(2018, 9, 18), "Ylä-Savon ryhmän yrityksille", "ryhmän kokoontumisessa Vieremällä"
            ),
        ),
        meetings=(date(2017, 10, 1), date(2018, 4, 1), date(2018, 5, 1)),
        objectives=(1, 2, 4),
        added_values=(1, 2),
    ),
)
