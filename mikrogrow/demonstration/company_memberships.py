"""Who belonged to which group, and when: name, months from first to last, and whether core or waiting.

"ydin" is one of the core of active entrepreneurs, "jono" waits for a place.
"""

import calendar
from datetime import date

from mikrogrow.demonstration.group_facts import MembershipFact

_TABLES = {
    "Ylä-Savo": """\
Utujyvän Leipomo Oy | 4/2017– | ydin
Kuusenkajo Hirsi Oy | 4/2017– | ydin
Rautaorava Oy | 4/2017– | ydin
Yrttisumu Ky | 4/2017– | ydin
Lumikahmari Oy | 4/2017– | ydin
Maitokaiku Juustola Oy | 4/2017–
Neulerasti Oy | 4/2017–
Karjakello Oy | 4/2017–
Hiljakaisla Mökit Oy | 4/2017–
Vasarakynä Oy | 4/2017–
Havupaja Valaisin Oy | 4/2017–
Sarkavilli Oy | 4/2017–
Tervahaapa Kalusteet Oy | 4/2017–
Kuikankulma Oy | 4/2017–
Hunajakaarna Ky | 4/2017–
Mittamajava Oy | 4/2017–
Siltapolku Viestintä Oy | 4/2017–6/2019
Pyryvaunu Oy | 4/2017–
Kaskikeitto Oy | 4/2017–
Louhenlanka Oy | 4/2017–
Tmi Löylyhetki Kaarna | 4/2017–8/2018, 2/2019–
Pikkupuntari Oy | 4/2017–12/2017
Suosirri Retket Oy | 4/2017–5/2018
Kivikaarna Oy | 4/2017–9/2017, 3/2018–
Kurjenkello Lelut Oy | 9/2017–
Pisarapolku Oy | 9/2017–
Hämärähanka Oy | 1/2018–
Nauriskellari Oy | 2/2018–
Siiankutu Kala Oy | 4/2018–
Tmi Tuohituuli | 9/2018–
Piennarpeli Oy | 11/2018–
Sahaviiri Oy | 3/2019–
""",
    "Sisä-Savo": """\
Rusoposki Marja Oy | 4/2017– | ydin
Aromiaho Oy | 4/2017– | ydin
Katajavirta Melonta Oy | 4/2017– | ydin
Tuulaskala Oy | 4/2017– | ydin
Hirsikäpä Oy | 4/2017– | ydin
Taimitalo Vilukka Oy | 4/2017–
Verkkosukkula Oy | 4/2017–
Rivikitkijä Oy | 4/2017–
Hiirenvirna Majoitus Oy | 4/2017–
Savikuoma Oy | 4/2017–
Pakkassato Oy | 4/2017–
Kimmelkuva Oy | 4/2017–5/2019
Niittyhauki Oy | 4/2017–
Rapsipisara Oy | 4/2017–
Villakippo Oy | 4/2017–6/2018, 3/2019–
Kahvila Lettukaiku Oy | 4/2017–12/2017
Tmi Suvikuura | 4/2017–8/2017, 2/2018–
Pikselipiha Oy | 4/2017–3/2018
Suppavesi Oy | 9/2017–
Kehrävarsi Oy | 9/2017–
Nokipannu Retket Oy | 10/2017–
Marjavaunu Kuljetus Oy | 1/2018–
Helmihapsu Oy | 3/2018–
Laavulastu Oy | 5/2018–
Tmi Kangaskaisla | 9/2018–
Hillohylly Oy | 1/2019–
Kotaranta Pito Oy | 4/2019–
Versotieto Oy | 9/2019–
""",
    "Kuopio": """\
Solukaiku Oy | 4/2017– | ydin
Kallakuutti Oy | 4/2017– | ydin
Ilmarahina Oy | 4/2017– | ydin
Savukuiskaus Oy | 4/2017– | ydin
Tomunurkka Oy | 4/2017– | ydin
Nivelpolku Oy | 4/2017–
Huilutuuli Oy | 4/2017–
Rinnekettu Oy | 4/2017–
Kattokukka Oy | 4/2017–8/2019
Äänenlumo Oy | 4/2017–
Datatiainen Oy | 4/2017–6/2019
Mustikkamieli Oy | 4/2017–
Valoverso Oy | 4/2017–
Rieskakori Oy | 4/2017–
Sanasoutu Oy | 4/2017–
Lasikaisla Oy | 4/2017–
Keuhkolinna Oy | 4/2017–
Vaatelokki Oy | 4/2017–
Polkutaika Oy | 4/2017–
Padankaiku Oy | 4/2017–1/2019
Rakennehaukka Oy | 4/2017–
Purukalu Oy | 4/2017–11/2019
Kuvakuikka Oy | 4/2017–
Pihlajapora Oy | 4/2017–
Kenkäkorento Oy | 4/2017–12/2017
Lastulaiva Oy | 4/2017–8/2018
Askelvahti Oy | 4/2017–10/2017, 5/2018–
Pakkasparta Oy | 9/2017–
Tuoppikukko Oy | 9/2017–
Oppihaitari Oy | 1/2018–
Tärinätutka Oy | 9/2018–
Vesikuje Oy | 9/2019–
Muistimökki Oy | 9/2018–1/2019 | jono
Muistimökki Oy | 2/2019–
Kaarisäde Oy | 10/2018–6/2019 | jono
Kaarisäde Oy | 7/2019–
Pikselipiha Oy | 4/2018–
""",
    "Varkaus": """\
Kattilakaiku Oy | 4/2017– | ydin
Putkikäki Oy | 4/2017– | ydin
Hehkunuotta Oy | 4/2017– | ydin
Löylykaarna Oy | 4/2017– | ydin
Telakoukku Oy | 4/2017– | ydin
Purjelastu Oy | 4/2017–
Sulkuveräjä Oy | 4/2017–8/2019
Ulappaketju Oy | 4/2017–
Relepöllö Oy | 4/2017–
Siipiratas Oy | 4/2017–
Havinamökit Oy | 4/2017–
Kieliruoko Oy | 4/2017–
Vihreäkuori Oy | 4/2017–
Kioskikko Oy | 4/2017–12/2018
Hakehirvi Oy | 4/2017–
Paperikurki Oy | 4/2017–
Voimakampi Oy | 4/2017–
Tyrnitaivas Oy | 4/2017–
Tmi Kuvapeilari | 4/2017–9/2018, 4/2019–
Nostopaju Oy | 4/2017–6/2017
Kuntokuovi Oy | 4/2017–2/2018
Kiiltosorsa Oy | 4/2017–11/2017, 6/2018–
Laineharso Risteilyt Oy | 9/2017–
Vuolukärki Oy | 9/2017–
Säätökuha Oy | 11/2017–
Höyrypäre Oy | 2/2018–
Aurinkohaka Oy | 3/2018–
Järvikorte Oy | 8/2018–
Vanerivakka Oy | 11/2018–
Rouheratas Oy | 1/2019–
Kansikuikka Oy | 3/2019–
Tietotaimen Oy | 9/2019–
""",
}

_MOVED = "Yritys muutti Kuopioon ja siirtyi Kuopion ryhmään."
_REASONS = {
    "Tmi Löylyhetki Kaarna": "Yrittäjä jäi perhevapaalle.",
    "Pikkupuntari Oy": "Yritys myi liiketoimintansa toiselle tilitoimistolle.",
    "Kivikaarna Oy": "Toimituskausi oli kiireinen.",
    "Siltapolku Viestintä Oy": "Yritys sulautui toiseen viestintäalan yritykseen.",
    "Villakippo Oy": "Kehräämö suljettiin laitteiden uusimisen ajaksi.",
    "Kahvila Lettukaiku Oy": "Yritys lopetti toimintansa.",
    "Tmi Suvikuura": "Yrittäjä jäi sairauslomalle.",
    "Pikselipiha Oy": _MOVED,
    "Kimmelkuva Oy": "Yrittäjä siirtyi toisen palvelukseen.",
    "Kenkäkorento Oy": "Yrityksellä ei ollut aikaa kokeiluihin.",
    "Lastulaiva Oy": "Yritys siirtyi toiseen kehittämishankkeeseen.",
    "Askelvahti Oy": "Tuotekehitys vei kaiken ajan.",
    "Padankaiku Oy": "Yritys lopetti toimintansa.",
    "Datatiainen Oy": "Yritys myytiin, eikä uusi omistaja jatkanut ryhmässä.",
    "Kattokukka Oy": "Yritys katsoi saavuttaneensa kasvutavoitteensa.",
    "Tmi Kuvapeilari": "Yrittäjä siirtyi määräaikaiseen työhön.",
    "Kuntokuovi Oy": "Kokoontumisten aika ei sopinut kuntokeskuksen aukioloon.",
    "Kiiltosorsa Oy": "Yrityksellä oli pulaa työntekijöistä.",
    "Kioskikko Oy": "Yrittäjä jäi eläkkeelle.",
    "Sulkuveräjä Oy": "Yritys lopetti toimintansa.",
}
_PLACE_GIVEN = "Ryhmästä vapautui paikka."


def _month(text: str) -> date:
    month, year = text.split("/")
    return date(int(year), int(month), 1)


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _memberships(group: str, row: str) -> list[MembershipFact]:
    name, periods, kind = [*row.split(" | "), ""][:3]
    found = []
    for period in periods.split(", "):
        first, last = period.split("–")
        is_waiting = kind == "jono"
        reason = _PLACE_GIVEN if is_waiting else _REASONS.get(name, "")
        found.append(
            MembershipFact(
                company=name,
                group=group,
                joined_on=_month(first),
                left_on=last_day(_month(last)) if last else None,
                reason=reason if last else "",
                is_core=kind == "ydin",
                is_waiting=is_waiting,
            )
        )
    return found


MEMBERSHIPS = tuple(
    membership
    for group, table in _TABLES.items()
    for row in table.splitlines()
    for membership in _memberships(group, row)
)


def members_on(group: str, day: date) -> tuple[str, ...]:
    """Names of the companies that belonged to the group that day, in the order of the table."""
    return tuple(
        membership.company
        for membership in MEMBERSHIPS
        if membership.group == group and not membership.is_waiting and membership.covers(day)
    )
